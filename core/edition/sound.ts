// What is kept of a narration when some of its scenes are said anew.
import type { TimedPiece } from '../narration.ts'
import type { Sound, Span, WordTime } from '../ports.ts'
import { silencesOf } from '../word-times.ts'

/**
 * The words of each span with their sound, cut out of the whole in the silences around them. What stands at the very
 * beginning or end keeps its lead-in or tail, so that nothing of it moves.
 */
export function cutOut({ sound, times }: { sound: Sound; times: WordTime[] }, spans: Span[]): TimedPiece[] {
  const silences = silencesOf(sound, shortestSilenceMs)
  const lengthMs = (1000 * sound.samples.length) / sound.sampleRateHz
  return spans.map(({ firstWord, lastWord }) => {
    const isFirst = firstWord === 0
    const isLast = lastWord === times.length - 1
    const fromMs = isFirst ? 0 : cutAfter(times[firstWord - 1]!, times[firstWord]!, silences)
    const toMs = isLast ? lengthMs : cutAfter(times[lastWord]!, times[lastWord + 1]!, silences)
    const [from, to] = [fromMs, toMs].map((ms) => Math.round((ms * sound.sampleRateHz) / 1000))
    const startMs = (1000 * from!) / sound.sampleRateHz
    return {
      sound: { sampleRateHz: sound.sampleRateHz, samples: sound.samples.subarray(from, to) },
      times: times
        .slice(firstWord, lastWord + 1)
        .map((time) => ({ startMs: Math.max(0, time.startMs - startMs), endMs: Math.min(toMs, time.endMs) - startMs })),
      keeps: { start: isFirst, end: isLast },
    }
  })
}

/** What is shorter lies within words. */
const shortestSilenceMs = 60
/** Voices and aligners are off by as much where a word begins or ends. */
const awayMs = 200

/** In the middle of the longest silence about where one word ends and the next begins; without one, between the two. */
function cutAfter(word: WordTime, next: WordTime, silences: WordTime[]): number {
  const about = { startMs: word.endMs - awayMs, endMs: next.startMs + awayMs }
  const near = silences
    .filter((silence) => silence.startMs < about.endMs && silence.endMs > about.startMs)
    // Not the pause before the word or after the next one.
    .filter((silence) => silence.endMs > word.startMs && silence.startMs < next.endMs)
    .toSorted((one, other) => lengthOf(other) - lengthOf(one))
  const { startMs, endMs } = near[0] ?? { startMs: word.endMs, endMs: next.startMs }
  return (startMs + endMs) / 2
}

function lengthOf({ startMs, endMs }: WordTime): number {
  return endMs - startMs
}
