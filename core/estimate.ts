// How long things take to be read: word times for a video without a voice, at about the pace of a narrator (as long as
// it takes to read each word comfortably, so that there is time to look at the pictures too), cards, and all of a video.
import { baseLanguageOf } from './language.ts'
import type { WordTime } from './ports.ts'
import { cardsOf } from './request/cards.ts'
import type { VideoRequest } from './video.ts'
import type { Word } from './words.ts'

const leadInMs = 300
const tailMs = 700
const sentencePauseMs = 450
const clausePauseMs = 200
const letterMs = 80
// Shorter flashes past: a video frame is 33 ms, and a glance rests on a word for 200–250 ms (Rayner 1998).
const shortestWordMs = 160

/**
 * Milliseconds for one written sign, by its script. Alphabets: adults read aloud at 68 ms a character, spaces
 * included, in the same 14 languages (IReST: Trauzettel-Klosinski & Dietz 2012, doi 10.1167/iovs.11-8284), which is
 * 80 ms a letter, and about 150 English words a minute with the pauses. Scripts that write fewer signs for as much
 * speech get more time for each: one Han sign is a syllable, of which people speak four to five a second; Arabic and
 * Hebrew leave out the short vowels. Subtitlers' caps go the same way (Netflix: English 20 signs a second, Korean 12,
 * Chinese 9, Japanese 4).
 */
const signs: { script: RegExp; ms: number }[] = [
  { script: /\p{Script=Han}/u, ms: 230 },
  { script: /[\p{Script=Hiragana}\p{Script=Katakana}ー]/u, ms: 130 },
  { script: /\p{Script=Hangul}/u, ms: 170 },
  { script: /[\p{Script=Arabic}\p{Script=Hebrew}]/u, ms: 100 },
  { script: /[\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Gujarati}]/u, ms: 110 },
  { script: /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u, ms: 95 },
  // A digit is read as a word: 'seventy' for the 7 of 75.
  { script: /\p{N}/u, ms: 220 },
  { script: /\p{L}/u, ms: letterMs },
  { script: /[%€$£¥&@+=]|\p{Extended_Pictographic}/u, ms: 300 },
]
// Languages whose letters run faster or slower than the alphabets' mean: long compounds and double letters are read
// at more letters a second, short words with tone marks at fewer.
const letterPace: Record<string, number> = { fi: 0.88, de: 0.92, nl: 0.94, hu: 0.92, vi: 1.25 }

/**
 * Times at reading pace, in whole milliseconds from the start of the video: one span per word, in order, never
 * overlapping, with a pause at commas and between sentences. `language` is a BCP-47 code.
 */
export function estimateTimes(words: Word[], language: string): { times: WordTime[]; durationMs: number } {
  const pace = letterPace[baseLanguageOf(language)] ?? 1
  const times: WordTime[] = []
  let atMs = leadInMs
  for (const [i, word] of words.entries()) {
    const endMs = atMs + readingMs(word.text, pace)
    times.push({ startMs: Math.round(atMs), endMs: Math.round(endMs) })
    atMs = endMs + pauseAfterMs(word, words[i + 1])
  }
  return { times, durationMs: Math.round(atMs + tailMs) }
}

/** How long a card stays at the least: to come, to be read and to go. */
const shortestCardMs = { titleCard: 2200, endCard: 2500 }
/** 238 words a minute are read silently, 183 aloud (Brysbaert 2019, doi 10.1016/j.jml.2019.104047). */
const silently = 183 / 238

/** How long a card with this text is on screen. */
export function cardMs(card: keyof typeof shortestCardMs, text: string, language: string): number {
  const aloudMs = readingMs(text, letterPace[baseLanguageOf(language)] ?? 1)
  return Math.round(Math.max(shortestCardMs[card], 800 + aloudMs * silently))
}

type Written = { title: string; words: Word[]; language: string }

/** About how long the whole video is going to be, cards, intro and outro included. */
export function estimateLengthMs(request: VideoRequest, { title, words, language }: Written): number {
  const { titleCard, endCard } = cardsOf(request, title)
  const { intro, outro, media } = request
  const parts = [
    estimateTimes(words, language).durationMs,
    titleCard === undefined ? 0 : cardMs('titleCard', titleCard, language),
    endCard === undefined ? 0 : cardMs('endCard', endCard, language),
    ...[intro, outro].map((key) => media?.[key ?? '']?.durationMs ?? 0),
  ]
  return parts.reduce((sum, ms) => sum + ms)
}

/** A lone dash takes no time of its own; the pause beside it does. */
function readingMs(text: string, pace: number): number {
  let ms = 0
  for (const sign of text.normalize('NFC')) {
    const kind = signs.find(({ script }) => script.test(sign))
    ms += kind ? kind.ms * (kind.ms === letterMs ? pace : 1) : 0
  }
  return ms && Math.max(shortestWordMs, ms)
}

function pauseAfterMs(word: Word, next: Word | undefined): number {
  if (!next) return 0
  if (next.sentence !== word.sentence) return sentencePauseMs
  return /[,;:)、，；：—–]["'”’»)]*$/u.test(word.text) ? clausePauseMs : 0
}
