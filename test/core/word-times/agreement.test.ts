import { describe, expect, test } from 'vitest'
import type { Sound, WordTime } from '../../../core/ports.ts'
import { randomOf } from '../../../core/random.ts'
import { agreesWith, soundingSpanOf, timesFromCharacters, timesFromHeard } from '../../../core/word-times.ts'
import { wordsOf } from '../../../core/words.ts'
import { speechFor } from '../../loopback/speech.ts'
import { texts } from './spoken.ts'

describe('agreement with the sound', () => {
  const text = `${texts.en} He saw his goats dance all night long, and wondered. Why did they? `.repeat(6)
  const words = wordsOf(text, 'en')
  const { sound, characterTimes, words: heard } = speechFor(text)
  const times = timesFromCharacters(words, characterTimes)!
  const changed = (change: (ms: number) => number) =>
    times.map(({ startMs, endMs }) => ({ startMs: Math.round(change(startMs)), endMs: Math.round(change(endMs)) }))
  const lastMs = times.at(-1)!.endMs

  test('the true times agree, heard or from characters', () => {
    expect(lastMs).toBeGreaterThan(60_000)
    expect(agreesWith(times, sound)).toBe(true)
    expect(agreesWith(timesFromHeard(words, heard)!, sound)).toBe(true)
  })

  test.each([60, 120])('times that are %i ms early or late, or loose by as much, agree', (looseMs) => {
    expect(
      agreesWith(
        changed((ms) => ms + looseMs),
        sound,
      ),
    ).toBe(true)
    expect(
      agreesWith(
        changed((ms) => Math.max(0, ms - looseMs)),
        sound,
      ),
    ).toBe(true)
    const random = randomOf(3)
    for (let round = 0; round < 10; round++) {
      const loose: WordTime[] = []
      for (const { startMs, endMs } of times) {
        const from = Math.max(loose.at(-1)?.endMs ?? 0, Math.round(startMs + (random() - 0.5) * looseMs))
        loose.push({ startMs: from, endMs: Math.max(from, Math.round(endMs + (random() - 0.5) * looseMs)) })
      }
      expect(agreesWith(loose, sound)).toBe(true)
    }
  })

  test('words that reach until the next one begins agree', () => {
    const joined = times.map((time, index) => ({ ...time, endMs: times[index + 1]?.startMs ?? time.endMs }))
    expect(agreesWith(joined, sound)).toBe(true)
  })

  test.each([1.1, 1.05, 0.9, 0.95])('times that drift by a factor of %f do not', (factor) => {
    expect(
      agreesWith(
        changed((ms) => ms * factor),
        sound,
      ),
    ).toBe(false)
  })

  test('nor do times that run away in the middle and come back', () => {
    const wave = changed((ms) => ms + 1800 * Math.sin((Math.PI * ms) / lastMs))
    expect(agreesWith(wave, sound)).toBe(false)
  })

  test('nor times of another text of the same length', () => {
    const other = speechFor(
      `${texts.de} Wer hätte das gedacht? Niemand, wirklich niemand im ganzen Dorf. `.repeat(8),
    ).sound
    const length = Math.min(other.samples.length, sound.samples.length)
    const cutTimes = times.filter(({ endMs }) => endMs < length / 24 - 100)
    const cut = { sampleRateHz: 24_000, samples: other.samples.slice(0, length) }
    expect(agreesWith(cutTimes, cut)).toBe(false)
  })

  test('nor times that begin again, run backwards, stand still, are too few or past the end', () => {
    const half = times.length >> 1
    expect(
      agreesWith(
        times.map((time, index) => (index < half ? time : times[index - half]!)),
        sound,
      ),
    ).toBe(false)
    expect(agreesWith(times.toReversed(), sound)).toBe(false)
    expect(
      agreesWith(
        times.map((time, index) =>
          index < half ? time : { startMs: times[half]!.startMs, endMs: times[half]!.startMs },
        ),
        sound,
      ),
    ).toBe(false)
    expect(agreesWith(times.slice(0, -4), sound)).toBe(false)
    expect(agreesWith(times.slice(6), sound)).toBe(false)
    expect(agreesWith([], sound)).toBe(false)
    expect(agreesWith(times, cutOff(sound, 0.9))).toBe(false)
    expect(agreesWith(times, { ...sound, samples: new Int16Array(sound.samples.length) })).toBe(false)
    const squeezed = changed((ms) => (ms < lastMs / 2 ? ms : lastMs / 2 + (ms - lastMs / 2) / 50))
    expect(agreesWith(squeezed, cutOff(sound, 0.52))).toBe(false)
  })

  test('hum, noise and an offset below the speech change nothing', () => {
    const random = randomOf(5)
    const samples = sound.samples.map((sample) => sample + 150 + (random() - 0.5) * 120)
    expect(agreesWith(times, { ...sound, samples })).toBe(true)
    const span = soundingSpanOf({ ...sound, samples })!
    expect(Math.abs(span.startMs - times[0]!.startMs)).toBeLessThan(30)
    expect(Math.abs(span.endMs - lastMs)).toBeLessThan(30)
  })
})

function cutOff({ sampleRateHz, samples }: Sound, share: number): Sound {
  return { sampleRateHz, samples: samples.slice(0, Math.floor(samples.length * share)) }
}
