// Which words share a picture. A scene is whole sentences where it can be, for about as long as a picture holds the eye.
import { breakAfter, type Break } from './breaks.ts'
import { languageOf } from './language.ts'
import { partition, type Span } from './partition.ts'
import { textOf, type Word } from './words.ts'

/**
 * The scenes of a script: spans of words, both ends included, that cover every word once and in order. `wanted` scenes
 * when a number is given (or one a word, if there are fewer words); else as many as the script's length asks for.
 */
export function scenesOf(words: Word[], wanted: number | undefined): { firstWord: number; lastWord: number }[] {
  if (words.length === 0) return []
  const count = wanted === undefined ? undefined : Math.max(1, Math.min(wanted, words.length))
  const language = languageOf(textOf(words, 0, words.length - 1))
  const secondsAt = runningSeconds(words)
  const totalSeconds = secondsAt.at(-1) ?? 0
  const idealSeconds = count ? totalSeconds / count : idealSceneSeconds(totalSeconds)
  const breaks = words.map((_, index) => breakAfter(words, index, language))
  const breakCosts = Float64Array.from(breaks, (kind) => costOfBreak[kind])

  const sentences = sentencesOf(breaks)
  const all = { first: 0, last: words.length - 1 }

  const secondsOf = (first: number, last: number) => (secondsAt[last + 1] ?? 0) - (secondsAt[first] ?? 0)
  const costOf = (first: number, last: number) => {
    const [opened, closed] = [sentences[first] ?? all, sentences[last] ?? all]
    const head = opened.first === first ? Infinity : secondsOf(first, Math.min(opened.last, last))
    const tail = closed.last === last ? Infinity : secondsOf(Math.max(closed.first, first), last)
    const fragments = head < SHORTEST_PART_SECONDS || tail < SHORTEST_PART_SECONDS ? COST_OF_FRAGMENT : 0
    return costOfLength(secondsOf(first, last), idealSeconds) + (breakCosts[last] ?? 0) + fragments
  }
  // No good scene is three times the ideal, but a number forced on uneven sentences may bring one.
  const longest = Math.ceil((words.length * idealSeconds * 3) / totalSeconds) + 8
  return partition(words.length, costOf, { longest, count }).map(({ first, last }) => ({
    firstWord: first,
    lastWord: last,
  }))
}

/** For each word the sentence that it is in. */
function sentencesOf(breaks: Break[]): Span[] {
  const sentences: Span[] = []
  for (const [last, kind] of breaks.entries()) {
    if (kind !== 'sentence') continue
    const sentence = { first: sentences.length, last }
    while (sentences.length <= last) sentences.push(sentence)
  }
  return sentences
}

/** Seconds, with the pause after a sentence: 2.6 words or 4.5 Chinese or Japanese characters each second. */
function runningSeconds(words: Word[]): Float64Array {
  const secondsAt = new Float64Array(words.length + 1)
  for (const [index, { text, sentence }] of words.entries()) {
    const pause = words[index + 1]?.sentence === sentence ? 0 : SENTENCE_PAUSE_SECONDS
    secondsAt[index + 1] = (secondsAt[index] ?? 0) + secondsToSay(text) + pause
  }
  return secondsAt
}

const SENTENCE_PAUSE_SECONDS = 0.35
const SECONDS_PER_WORD = 1 / 2.6
// Where words are not set apart, or are long, the characters are counted.
const secondsPerCharacter: [RegExp, number][] = [
  [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu, 1 / 4.5],
  [/\p{Script=Hangul}/gu, 1 / 5],
  [/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu, 1 / 12],
]

function secondsToSay(text: string): number {
  const counted = secondsPerCharacter.reduce((sum, [kind, each]) => sum + (text.match(kind)?.length ?? 0) * each, 0)
  return counted || SECONDS_PER_WORD
}

/** A short script still changes its picture twice, but no faster than every 3.5 s. */
function idealSceneSeconds(totalSeconds: number): number {
  return Math.min(6, Math.max(3.5, totalSeconds / 3))
}

/** Beyond this a picture gets long, and beyond DULL_SECONDS it bores; below FLEETING_SECONDS it is not taken in. */
const LONG_SECONDS = 9
const DULL_SECONDS = 12
const FLEETING_SECONDS = 2.5
/** Part of a sentence that is shorter than this says too little for a picture ('By the fifteenth century,'). */
const SHORTEST_PART_SECONDS = 3
const COST_OF_FRAGMENT = 2.5

function costOfLength(seconds: number, idealSeconds: number): number {
  // Too long is worse than too short: a picture that stays makes the video look slow.
  const weight = seconds > idealSeconds ? 3 : 1.5
  return (
    weight * Math.log(seconds / idealSeconds) ** 2 +
    Math.max(0, seconds - LONG_SECONDS) * 0.5 +
    Math.max(0, seconds - DULL_SECONDS) +
    Math.max(0, FLEETING_SECONDS - seconds)
  )
}

/** In the unit of costOfLength, where twice the ideal length costs 1.4: a comma is worth it only in a long sentence. */
const costOfBreak = {
  sentence: 0,
  clause: 1,
  comma: 1.7,
  conjunction: 3,
  preposition: 4,
  genitive: 5,
  plain: 6,
  tight: 8,
  bound: 12,
} satisfies Record<Break, number>
