import { expect, test } from 'vitest'
import { cutOut } from '../../../core/edition/sound.ts'
import { joinPieces } from '../../../core/narration.ts'
import { speechFor } from '../../loopback/speech.ts'

const first = speechFor('A goat danced all night. The monks slept. Nobody knew why it danced.')
const whole = joinPieces([{ sound: first.sound, times: first.words.map(({ startMs, endMs }) => ({ startMs, endMs })) }])
const fresh = speechFor('Nobody slept at all.')
const newPiece = { sound: fresh.sound, times: fresh.words.map(({ startMs, endMs }) => ({ startMs, endMs })) }

function samplesOf({ sound, times }: typeof whole, word: number): Int16Array {
  const at = (ms: number) => Math.round((ms * sound.sampleRateHz) / 1000)
  return sound.samples.slice(at(times[word]!.startMs), at(times[word]!.endMs))
}

/** Times are whole milliseconds, so a word may begin some samples earlier or later. */
function isIn(sound: Int16Array, word: Int16Array): boolean {
  const inner = Buffer.from(word.buffer, word.byteOffset + 100, word.byteLength - 200)
  return Buffer.from(sound.buffer, sound.byteOffset, sound.byteLength).includes(inner)
}

test('what is kept at the beginning stays to the sample, with its lead-in', () => {
  const [kept] = cutOut(whole, [{ firstWord: 0, lastWord: 4 }])
  const { sound, times } = joinPieces([kept!, newPiece])
  expect(times.slice(0, 5)).toEqual(whole.times.slice(0, 5))
  const upTo = Math.round((whole.times[4]!.endMs * sound.sampleRateHz) / 1000)
  expect(sound.samples.slice(0, upTo)).toEqual(whole.sound.samples.slice(0, upTo))
})

test('words keep their samples wherever they go, and their pauses inside', () => {
  const kept = cutOut(whole, [
    { firstWord: 0, lastWord: 4 },
    { firstWord: 8, lastWord: 12 },
  ])
  const { sound, times, durationMs } = joinPieces([kept[0]!, newPiece, kept[1]!])
  const movedMs = times[9]!.startMs - whole.times[8]!.startMs
  for (const [word, moved] of [8, 9, 10, 11, 12].map((at) => [at, at + 1] as const)) {
    expect(Math.abs(times[moved]!.startMs - whole.times[word]!.startMs - movedMs)).toBeLessThanOrEqual(1)
    expect(isIn(sound.samples, samplesOf(whole, word))).toBe(true)
  }
  // The tail, too, is the base's own.
  expect(durationMs - times.at(-1)!.endMs).toBeCloseTo(whole.durationMs - whole.times.at(-1)!.endMs, -1)
})

test('a border without silence is cut between the words', () => {
  const sampleRateHz = 24_000
  const samples = Int16Array.from({ length: sampleRateHz }, (_, at) => Math.round(8000 * Math.sin(at / 8)))
  const times = [
    { startMs: 0, endMs: 480 },
    { startMs: 520, endMs: 1000 },
  ]
  const [one, two] = cutOut({ sound: { sampleRateHz, samples }, times }, [
    { firstWord: 0, lastWord: 0 },
    { firstWord: 1, lastWord: 1 },
  ])
  expect(one!.sound.samples).toHaveLength(12_000)
  expect(two!.times).toEqual([{ startMs: 20, endMs: 500 }])
})
