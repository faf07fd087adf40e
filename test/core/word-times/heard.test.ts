import { describe, expect, test } from 'vitest'
import type { HeardWord } from '../../../core/ports.ts'
import { timesFromHeard } from '../../../core/word-times.ts'
import { wordsOf } from '../../../core/words.ts'
import { speechFor } from '../../loopback/speech.ts'
import { expectSound, texts } from './spoken.ts'

describe('words as they are heard', () => {
  const heardAs = (...entries: [string, number, number][]): HeardWord[] =>
    entries.map(([text, startMs, endMs]) => ({ text, startMs, endMs }))

  test('a number that is heard in words takes their time', () => {
    const words = wordsOf('About 75% of them agree.', 'en')
    const heard = heardAs(
      ['About', 0, 300],
      ['seventy', 350, 700],
      ['five', 700, 900],
      ['percent', 900, 1300],
      ['of', 1350, 1450],
      ['them', 1450, 1700],
      ['agree', 1700, 2200],
    )
    const times = timesFromHeard(words, heard)!
    expect(times[1]).toEqual({ startMs: 350, endMs: 1300 })
    expect(times[2]).toEqual({ startMs: 1350, endMs: 1450 })
  })

  test('one heard word for two, two for one', () => {
    const words = wordsOf('In New York the goatherd danced.', 'en')
    const heard = heardAs(
      ['in', 0, 100],
      ['NewYork', 100, 800],
      ['the', 800, 900],
      ['goat', 900, 1200],
      ['herd', 1200, 1500],
      ['danced', 1600, 2000],
    )
    const times = timesFromHeard(words, heard)!
    expect(times[1]!.startMs).toBe(100)
    expect(times[2]!.endMs).toBe(800)
    expect(times[1]!.endMs).toBe(times[2]!.startMs)
    expect(times[4]).toEqual({ startMs: 900, endMs: 1500 })
  })

  test('words that nobody heard get time of their own', () => {
    const words = wordsOf('They were going to dance all night.', 'en')
    const heard = heardAs(
      ['They', 0, 200],
      ['were', 200, 400],
      ['gonna', 400, 800],
      ['dance', 800, 1200],
      ['all', 1200, 1400],
      ['night', 1400, 1800],
    )
    const times = timesFromHeard(words, heard)!
    for (const { startMs, endMs } of times) expect(endMs - startMs).toBeGreaterThanOrEqual(50)
    expect(times[2]!.startMs).toBe(400)
    expect(times[3]!.endMs).toBeLessThanOrEqual(800)
  })

  test('first and last words that are missing lie outside, at reading pace', () => {
    const words = wordsOf('Well then, the goats danced all night long, my friend.', 'en')
    const heard = heardAs(
      ['the', 1000, 1100],
      ['goats', 1100, 1500],
      ['danced', 1500, 1900],
      ['all', 1900, 2100],
      ['night', 2100, 2400],
      ['long', 2400, 2800],
    )
    const times = timesFromHeard(words, heard)!
    expect(times[0]!.startMs).toBeGreaterThan(0)
    expect(times[1]!.endMs).toBeLessThanOrEqual(1000)
    expect(times.at(-1)!.startMs).toBeGreaterThanOrEqual(2800)
    expect(times.at(-1)!.endMs).toBeLessThan(4500)
  })

  test.each([
    'The quick brown fox jumps over the lazy dog while nobody looks, and then it sleeps in the sun until evening comes.',
    'Subscribe to our channel and hit the bell so that you never miss a video from us again, thanks for watching this.',
  ])('another English text is not taken for it: %s', (other) => {
    const words = wordsOf(
      'Coffee was found by a goat herder, they say. He saw his goats dance all night long and wondered why they did it.',
      'en',
    )
    expect(timesFromHeard(words, speechFor(other).words)).toBeUndefined()
  })

  test('times that run backwards do not disturb the others', () => {
    const { words: heard } = speechFor(texts.en!)
    const words = wordsOf(texts.en!, 'en')
    const right = timesFromHeard(words, heard)!
    const broken = heard.map((word, index) => (index === 1 ? { ...word, startMs: 50_000, endMs: 50_200 } : word))
    const times = timesFromHeard(words, broken)!
    expect(times.at(-1)).toEqual(right.at(-1))
    expect(times[1]!.endMs).toBeLessThan(2000)
    expect(
      timesFromHeard(
        words,
        heard.map((word) => ({ ...word, startMs: Number.NaN })),
      ),
    ).toBeUndefined()
    expect(timesFromHeard(words, [])).toBeUndefined()
  })

  test('a script of 2,500 words, every ninth of them unheard', () => {
    const text = 'He saw his goats dance all night long and wondered why. '.repeat(230)
    const words = wordsOf(text, 'en')
    const heard = speechFor(text).words.filter((_, index) => index % 9 !== 4)
    const times = timesFromHeard(words, heard)
    expect(times).toHaveLength(words.length)
    expectSound(times, words)
  })
})
