// Times for all words when some were found: the others share the time between their neighbours.
import { estimateTimes } from '../estimate.ts'
import type { WordTime } from '../ports.ts'
import type { Word } from '../words.ts'
import type { Found } from './found.ts'
import { gap, type TimedLetters } from './letters.ts'
import { settled } from './settle.ts'

export function filledIn(words: Word[], found: (Found | undefined)[], timed: TimedLetters): WordTime[] {
  const weightsMs = readingTimes(words)
  const times: WordTime[] = found.map((word) => ({ startMs: word?.startMs ?? 0, endMs: word?.endMs ?? 0 }))
  // A long last letter may reach into the next word.
  for (const [index, time] of times.entries()) {
    const next = found[index + 1]
    if (found[index] && next) time.endMs = Math.max(time.startMs, Math.min(time.endMs, next.startMs))
  }
  for (let first = 0; first < words.length; first++) {
    if (found[first]) continue
    let end = first
    while (end < words.length && !found[end]) end++
    const needMs = sum(weightsMs, first, end)
    const room = roomBetween(found[first - 1], found[end], needMs, timed)
    // No room between them: the word before gives of its own.
    const from = room.endMs - room.startMs < needMs * tooLittle && first > 0 ? first - 1 : first
    const startMs = from < first ? times[from]!.startMs : room.startMs
    share(times, weightsMs, from, end, { startMs, endMs: Math.max(startMs, room.endMs) })
    first = end
  }
  return settled(times)
}

/** Of the time that it takes to read them. */
const tooLittle = 0.25
const tooMuch = 2

/** How long each word takes at reading pace, at least a millisecond. */
function readingTimes(words: Word[]): number[] {
  return estimateTimes(words, 'und').times.map(({ startMs, endMs }) => Math.max(1, endMs - startMs))
}

function roomBetween(before: Found | undefined, after: Found | undefined, needMs: number, timed: TimedLetters) {
  const firstMs = before?.endMs ?? Math.max(0, (after?.startMs ?? 0) - needMs)
  const lastMs = Math.max(firstMs, after?.startMs ?? firstMs + needMs)
  // Something else was heard there ('seventy five percent' for '75%'): that is when they are said.
  const [from, to] = [(before?.lastLetter ?? -1) + 1, after?.firstLetter ?? timed.codes.length]
  const heard = timed.codes.slice(from, to).flatMap((code, index) => (code === gap ? [] : [from + index]))
  if (heard.length) {
    const [start, end] = [timed.startsMs[heard[0]!]!, timed.endsMs[heard.at(-1)!]!]
    const startMs = before ? Math.min(lastMs, Math.max(firstMs, start)) : Math.min(lastMs, start)
    return { startMs, endMs: after ? Math.max(startMs, Math.min(lastMs, end)) : Math.max(startMs, end) }
  }
  const spareMs = Math.max(0, lastMs - firstMs - needMs * tooMuch)
  return { startMs: firstMs + spareMs / 2, endMs: lastMs - spareMs / 2 }
}

/** Words from `first` to before `end` in turn, each as much as it weighs. */
function share(times: WordTime[], weightsMs: number[], first: number, end: number, room: WordTime): void {
  const pace = (room.endMs - room.startMs) / sum(weightsMs, first, end)
  let atMs = room.startMs
  for (let index = first; index < end; index++) {
    const endMs = atMs + weightsMs[index]! * pace
    times[index] = { startMs: atMs, endMs }
    atMs = endMs
  }
}

function sum(numbers: number[], first: number, end: number): number {
  let total = 0
  for (let index = first; index < end; index++) total += numbers[index]!
  return total
}
