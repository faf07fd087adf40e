// Whether words' times belong to a sound. Services' times may run away from the sound they come with, start again after
// a minute, or be another take's.
import type { Sound, WordTime } from '../ports.ts'
import { soundingSpansOf } from './sounding.ts'

/** Past the end of the file; players round too. */
const pastEndMs = 150
/** Between the first or last word and the first or last sound. */
const awayFromSoundMs = 700
/** Nobody says a word in less; of so many words, so many may be. */
const squeezedMs = 15
const squeezedShare = 0.2
/** So many words in a row take so long at the least: an auctioneer says ten in two seconds. */
const rush = { words: 12, leastMs: 700 }

/** True when the times can be right. What cannot be told (a sound without pauses) passes. */
export function agreesWith(times: WordTime[], sound: Sound): boolean {
  const spans = soundingSpansOf(sound)
  const [first, last] = [times[0], times.at(-1)]
  const [firstSound, lastSound] = [spans[0], spans.at(-1)]
  if (!first || !last || !firstSound || !lastSound) return false
  const durationMs = (1000 * sound.samples.length) / sound.sampleRateHz
  return (
    isInOrder(times) &&
    last.endMs <= durationMs + pastEndMs &&
    last.endMs >= lastSound.endMs - awayFromSoundMs &&
    last.startMs <= lastSound.endMs + pastEndMs &&
    Math.abs(first.startMs - firstSound.startMs) <= awayFromSoundMs &&
    !isSqueezed(times) &&
    pausesFall(times, spans)
  )
}

function isInOrder(times: WordTime[]): boolean {
  return times.every(
    ({ startMs, endMs }, index) => startMs >= 0 && endMs >= startMs && startMs >= (times[index - 1]?.endMs ?? 0),
  )
}

function isSqueezed(times: WordTime[]): boolean {
  const squeezed = times.filter(({ startMs, endMs }) => endMs - startMs < squeezedMs).length
  if (squeezed > Math.max(1, times.length * squeezedShare)) return true
  return times.some((time, index) => {
    const later = times[index + rush.words]
    return later !== undefined && later.startMs - time.startMs < rush.leastMs
  })
}

/** Between words so long apart there is a pause; what is shorter may be the service's way to divide. */
const pauseMs = 150
/** What is looked at together: long enough for some pauses, short enough that a drift in the middle shows. */
const stretch = { ms: 15_000, leastPauseMs: 900 }
/** How much more of the pauses must be silent than of the stretch as a whole, of what could be. */
const leastGain = 0.2

/**
 * Whether pauses between words fall into silence. Times of something else fall there no more than by chance, that is as
 * often as the sound is silent at all.
 */
function pausesFall(times: WordTime[], spans: WordTime[]): boolean {
  const soundedUpTo = soundingClock(spans)
  const sounded = ({ startMs, endMs }: WordTime) => soundedUpTo(endMs) - soundedUpTo(startMs)
  for (let first = 0; first < times.length;) {
    const startMs = times[first]!.startMs
    let end = first + 1
    while (end < times.length && times[end]!.endMs - startMs < stretch.ms) end++
    // What would be left over is looked at with the rest.
    if (times.at(-1)!.endMs - times[end - 1]!.endMs < stretch.ms / 2) end = times.length
    const pauses = pausesOf(times.slice(first, end))
    const pausedMs = lengthOf(pauses)
    if (pausedMs >= stretch.leastPauseMs && pauses.length >= 3) {
      const whole = { startMs, endMs: times[end - 1]!.endMs }
      const silentShare = 1 - sounded(whole) / (whole.endMs - startMs)
      const silentPauses = 1 - pauses.reduce((sum, pause) => sum + sounded(pause), 0) / pausedMs
      if (silentShare > 0.04 && silentPauses < silentShare + leastGain * (1 - silentShare)) return false
    }
    first = end
  }
  return true
}

function pausesOf(times: WordTime[]): WordTime[] {
  return times
    .slice(1)
    .map(({ startMs }, index) => ({ startMs: times[index]!.endMs, endMs: startMs }))
    .filter(({ startMs, endMs }) => endMs - startMs >= pauseMs)
}

const lengthOf = (spans: WordTime[]) => spans.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)

/** How many milliseconds have sounded up to a time. */
function soundingClock(spans: WordTime[]): (ms: number) => number {
  const before: number[] = []
  let sum = 0
  for (const { startMs, endMs } of spans) {
    before.push(sum)
    sum += endMs - startMs
  }
  return (ms) => {
    const index = spans.findLastIndex(({ startMs }) => startMs <= ms)
    const span = spans[index]
    return span ? before[index]! + Math.min(ms, span.endMs) - span.startMs : 0
  }
}
