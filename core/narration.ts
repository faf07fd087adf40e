// A narration that is said in several pieces, because services take so many characters at a time.
import { partition } from './partition.ts'
import type { Sound, Span, WordTime } from './ports.ts'
import { soundingSpanOf } from './word-times.ts'
import type { Word } from './words.ts'

/**
 * Whole sentences, each piece at most `maxCharacters` of the text; as few pieces and as even as possible. A longer
 * sentence is cut after a clause, or else between words; a word is never cut, however long.
 */
export function piecesOf(words: Word[], maxCharacters: number): Span[] {
  const lengthOf = measureOf(words)
  const units = sentencesOf(words).flatMap((sentence) => cut(words, lengthOf, sentence, maxCharacters))
  return packed(units, lengthOf, maxCharacters)
}

/** How long the text from one item to another is, both included. */
type Lengths = (first: number, last: number) => number

/** As `textOf` writes them. */
function measureOf(words: Word[]): Lengths {
  const ends = [0]
  for (const { text, spaceBefore } of words) ends.push(ends.at(-1)! + text.length + (spaceBefore ? 1 : 0))
  return (first, last) => ends[last + 1]! - ends[first]! - (words[first]!.spaceBefore ? 1 : 0)
}

function sentencesOf(words: Word[]): Span[] {
  const spans: Span[] = []
  for (const [index, { sentence }] of words.entries()) {
    if (index > 0 && words[index - 1]!.sentence === sentence) spans.at(-1)!.lastWord = index
    else spans.push({ firstWord: index, lastWord: index })
  }
  return spans
}

/** A sentence that is too long, after clauses; a clause that is too long, between words. */
function cut(words: Word[], lengthOf: Lengths, sentence: Span, maxCharacters: number): Span[] {
  const { firstWord, lastWord } = sentence
  if (lengthOf(firstWord, lastWord) <= maxCharacters) return [sentence]
  const clauses: Span[] = []
  for (let first = firstWord, last = firstWord; last <= lastWord; last++) {
    if (last < lastWord && !clauseEnd.test(words[last]!.text)) continue
    clauses.push({ firstWord: first, lastWord: last })
    first = last + 1
  }
  if (clauses.length > 1) {
    const units = clauses.flatMap((clause) => cut(words, lengthOf, clause, maxCharacters))
    return packed(units, lengthOf, maxCharacters)
  }
  const single = Array.from({ length: lastWord - firstWord + 1 }, (_, index) => firstWord + index)
  return packed(
    single.map((word) => ({ firstWord: word, lastWord: word })),
    lengthOf,
    maxCharacters,
  )
}

const clauseEnd = /[,;:)、，；：،؛—–…]["'”’»)]*$/u

/** As few pieces as can be, and those as even as can be; units that are next to each other are joined. */
function packed(units: Span[], lengthOf: Lengths, maxCharacters: number): Span[] {
  const lengths: Lengths = (first, last) => lengthOf(units[first]!.firstWord, units[last]!.lastWord)
  const count = fewest(units.length, lengths, maxCharacters)
  return even(units.length, lengths, maxCharacters, count).map(({ first, last }) => ({
    firstWord: units[first]!.firstWord,
    lastWord: units[last]!.lastWord,
  }))
}

/** With each piece as full as can be. */
function fewest(items: number, lengths: Lengths, most: number): number {
  let pieces = 0
  for (let first = 0; first < items; pieces++) {
    let end = first + 1
    while (end < items && lengths(first, end) <= most) end++
    first = end
  }
  return pieces
}

function even(items: number, lengths: Lengths, most: number, count: number) {
  if (count <= 1) return items ? [{ first: 0, last: items - 1 }] : []
  const goal = lengths(0, items - 1) / count
  const costOf = (first: number, last: number) => {
    const length = lengths(first, last)
    if (length > most && last > first) return Infinity
    return ((length - goal) / goal) ** 2
  }
  return partition(items, costOf, { longest: items, count })
}

/**
 * `keeps`: the lead-in or the tail is in the sound already, which stays as it is there. `pauseAfterMs`: where the next
 * piece is no new sentence.
 */
export type TimedPiece = {
  sound: Sound
  times: WordTime[]
  keeps?: { start: boolean; end: boolean }
  pauseAfterMs?: number
}

const leadInMs = 250
const tailMs = 600
/** Audiobook narrators leave 300–500 ms between sentences. */
const pauseMs = 380
/** A piece keeps so much of its own silence, for breath and for what fades away. */
const keptSilenceMs = 120
const fadeMs = 5

/**
 * The pieces one after the other, with a lead-in, a tail and one pause between two; the words' times moved along.
 * Throws when the pieces differ in their sample rate.
 */
export function joinPieces(pieces: TimedPiece[]): { sound: Sound; times: WordTime[]; durationMs: number } {
  const sampleRateHz = pieces[0]?.sound.sampleRateHz
  if (!sampleRateHz) throw new Error('a narration has one piece at least')
  if (pieces.some(({ sound }) => sound.sampleRateHz !== sampleRateHz))
    throw new Error('the pieces of a narration have one sample rate')
  const inSamples = (ms: number) => Math.round((ms * sampleRateHz) / 1000)
  const trimmed = pieces.map(trimmedPiece)
  const parts: { sound: Int16Array; at: number }[] = []
  const times: WordTime[] = []
  let at = trimmed[0]!.keeps?.start ? 0 : inSamples(leadInMs)
  let end = 0
  for (const { sound, times: own, keeps, pauseAfterMs = pauseMs } of trimmed) {
    const startMs = (1000 * at) / sampleRateHz
    parts.push({ sound: faded(sound.samples, inSamples(fadeMs), keeps), at })
    for (const time of own) {
      const earliestMs = times.at(-1)?.endMs ?? 0
      const movedMs = Math.max(earliestMs, Math.round(time.startMs + startMs))
      times.push({ startMs: movedMs, endMs: Math.max(movedMs, Math.round(time.endMs + startMs)) })
    }
    end = at + sound.samples.length
    at = end + inSamples(pauseAfterMs)
  }
  const samples = new Int16Array(end + (trimmed.at(-1)!.keeps?.end ? 0 : inSamples(tailMs)))
  for (const part of parts) samples.set(part.sound, part.at)
  return { sound: { sampleRateHz, samples }, times, durationMs: Math.round((1000 * samples.length) / sampleRateHz) }
}

/** Without the silence before and after that is more than a breath; its words stay inside. */
function trimmedPiece(piece: TimedPiece): TimedPiece {
  const { sound, times, keeps } = piece
  const span = soundingSpanOf(sound)
  if (!span) return piece
  const lengthMs = (1000 * sound.samples.length) / sound.sampleRateHz
  const fromMs = keeps?.start ? 0 : Math.max(0, span.startMs - keptSilenceMs)
  const toMs = keeps?.end ? lengthMs : Math.min(lengthMs, span.endMs + keptSilenceMs)
  const [from, to] = [fromMs, toMs].map((ms) => Math.round((ms * sound.sampleRateHz) / 1000))
  const within = (ms: number) => Math.min(toMs, Math.max(fromMs, ms)) - fromMs
  return {
    ...piece,
    sound: { sampleRateHz: sound.sampleRateHz, samples: sound.samples.subarray(from, to) },
    times: times.map(({ startMs, endMs }) => ({ startMs: within(startMs), endMs: within(endMs) })),
  }
}

/** Rises from and falls to nothing, so that no seam clicks. */
function faded(samples: Int16Array, length: number, keeps: TimedPiece['keeps']): Int16Array {
  const copy = samples.slice()
  const ramp = Math.min(length, Math.floor(copy.length / 2))
  for (let index = 0; index < ramp; index++) {
    const last = copy.length - 1 - index
    if (!keeps?.start) copy[index] = Math.round((copy[index]! * index) / ramp)
    if (!keeps?.end) copy[last] = Math.round((copy[last]! * index) / ramp)
  }
  return copy
}
