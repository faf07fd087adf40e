// Where a sound sounds, by its energy.
import type { Sound, WordTime } from '../ports.ts'

const frameMs = 10
/** Below the loud parts of speech by so much (−30 dB), and below this (−55 dBFS), nothing is said. */
const quietShare = 0.032
const quietest = 32_768 * 10 ** (-55 / 20)
/** A shorter sound is a click. */
const shortestMs = 30
/** Shorter silences are inside of words: before a 'p' or a 't'. */
const shortestSilenceMs = 60

/** From the first to the last sound; undefined when there is none. */
export function soundingSpanOf(sound: Sound): WordTime | undefined {
  const spans = soundingSpansOf(sound)
  const [first, last] = [spans[0], spans.at(-1)]
  return first && last ? { startMs: first.startMs, endMs: last.endMs } : undefined
}

/** The silences between the first and the last sound, of at least `leastMs`. */
export function silencesOf(sound: Sound, leastMs: number): WordTime[] {
  const spans = soundingSpansOf(sound)
  return spans
    .slice(1)
    .map(({ startMs }, index) => ({ startMs: spans[index]!.endMs, endMs: startMs }))
    .filter(({ startMs, endMs }) => endMs - startMs >= leastMs)
}

/** True to 10 ms. */
export function soundingSpansOf(sound: Sound): WordTime[] {
  const levels = levelsOf(sound)
  const loud = levels.toSorted()[Math.floor(levels.length * 0.95)] ?? 0
  const threshold = Math.max(quietest, loud * quietShare)
  const spans: WordTime[] = []
  for (const [index, level] of levels.entries()) {
    if (level < threshold) continue
    const [startMs, endMs] = [index * frameMs, (index + 1) * frameMs]
    const last = spans.at(-1)
    if (last && startMs - last.endMs < shortestSilenceMs) last.endMs = endMs
    else spans.push({ startMs, endMs })
  }
  return spans.filter(({ startMs, endMs }) => endMs - startMs >= shortestMs)
}

/** The level (RMS) of each 10 ms, without a constant offset. */
function levelsOf({ samples, sampleRateHz }: Sound): Float64Array {
  const step = Math.max(1, Math.round((sampleRateHz * frameMs) / 1000))
  const levels = new Float64Array(Math.ceil(samples.length / step))
  for (let index = 0; index < levels.length; index++) {
    const [from, to] = [index * step, Math.min(samples.length, (index + 1) * step)]
    let [sum, squares] = [0, 0]
    for (let at = from; at < to; at++) {
      const sample = samples[at]!
      sum += sample
      squares += sample * sample
    }
    const mean = sum / (to - from)
    levels[index] = Math.sqrt(Math.max(0, squares / (to - from) - mean * mean))
  }
  return levels
}
