import { describe, expect, test } from 'vitest'
import type { WordTime } from '../../../core/ports.ts'
import { estimateWithin, silencesOf, soundingSpanOf } from '../../../core/word-times.ts'
import { wordsOf } from '../../../core/words.ts'
import { speechFor } from '../../loopback/speech.ts'
import { expectSound, texts } from './spoken.ts'

describe('estimates within a sound', () => {
  test('its silences are where sentences end', () => {
    const parts = [
      'Coffee was found by a goat herder, they say. He saw his goats dance all night long, and wondered.',
      'Why did they dance? Nobody knew. So he tried the red berries himself, and danced. The abbot heard of it.',
    ].map((part) => speechFor(part))
    const words = wordsOf(parts.flatMap((part) => part.words.map((word) => word.text)).join(' '), 'en')
    // The narrator stops for two seconds after the first two sentences.
    const [first, second] = parts.map((part) => part.sound.samples)
    const laterMs = first!.length / 24 + 2000
    const samples = new Int16Array(laterMs * 24 + second!.length)
    samples.set(first!)
    samples.set(second!, laterMs * 24)
    const sound = { sampleRateHz: 24_000, samples }
    const span = soundingSpanOf(sound)!
    const right = parts.flatMap((part, index) =>
      part.words.map(({ startMs, endMs }) => ({ startMs: startMs + index * laterMs, endMs: endMs + index * laterMs })),
    )
    const errors = (silences: WordTime[]) => {
      const times = estimateWithin(words, 'en', span, silences)
      expectSound(times, words)
      return (
        times.reduce((sum, { startMs }, index) => sum + Math.abs(startMs - right[index]!.startMs), 0) / times.length
      )
    }
    const silences = silencesOf(sound, 250)
    expect(silences.length).toBeGreaterThan(3)
    expect(errors(silences)).toBeLessThan(errors([]) / 3)
    expect(errors(silences)).toBeLessThan(120)
  })

  test('silences that fit nowhere, or no room at all, do no harm', () => {
    const words = wordsOf(texts.fr!, 'fr')
    const silences = Array.from({ length: 12 }, (_, index) => ({
      startMs: 300 + index * 400,
      endMs: 600 + index * 400,
    }))
    expectSound(estimateWithin(words, 'fr', { startMs: 100, endMs: 5600 }, silences), words)
    expectSound(estimateWithin(words, 'fr', { startMs: 100, endMs: 105 }), words)
    expect(estimateWithin([], 'fr', { startMs: 0, endMs: 100 })).toEqual([])
  })
})
