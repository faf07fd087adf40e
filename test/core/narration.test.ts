import { expect, test } from 'vitest'
import { joinPieces, piecesOf } from '../../core/narration.ts'
import type { Sound } from '../../core/ports.ts'
import { textOf, wordsOf } from '../../core/words.ts'
import { speechFor, tonesIn } from '../loopback/speech.ts'

const story =
  'Coffee was found by a goat herder. He saw his goats dance. They would not sleep! Why did they dance all night? ' +
  'He tried the red berries himself, and soon he danced as well, until the abbot came by and asked what it was all about. ' +
  'So he told him. The abbot threw them into the fire. They smelled wonderful.'

test.each([40, 60, 100, 150, 300, 5000])('pieces of at most %i characters hold every word once', (most) => {
  const words = wordsOf(story, 'en')
  const pieces = piecesOf(words, most)
  expect(pieces.flatMap(({ firstWord, lastWord }) => words.slice(firstWord, lastWord + 1))).toEqual(words)
  for (const { firstWord, lastWord } of pieces)
    expect(textOf(words, firstWord, lastWord).length).toBeLessThanOrEqual(most)
})

test('pieces are whole sentences, as few and as even as possible', () => {
  const words = wordsOf(story, 'en')
  const pieces = piecesOf(words, 200)
  expect(pieces).toHaveLength(2)
  for (const { lastWord } of pieces) expect(words[lastWord]!.text).toMatch(/[.!?]$/)
  const [first, second] = pieces.map(({ firstWord, lastWord }) => textOf(words, firstWord, lastWord).length)
  expect(Math.abs(first! - second!)).toBeLessThan(90)
})

test('a sentence that is too long is cut after a clause', () => {
  const words = wordsOf('He walked along the river, over the old stone bridge, and home again through the wood.', 'en')
  const texts = piecesOf(words, 50).map(({ firstWord, lastWord }) => textOf(words, firstWord, lastWord))
  expect(texts).toEqual([
    'He walked along the river,',
    'over the old stone bridge,',
    'and home again through the wood.',
  ])
})

test('a word is never cut', () => {
  const words = wordsOf(`Say ${'a'.repeat(80)} now.`, 'en')
  expect(piecesOf(words, 20)).toHaveLength(3)
  expect(piecesOf([], 20)).toEqual([])
})

test('Chinese is cut between sentences and clauses', () => {
  const words = wordsOf(
    '咖啡是一个牧羊人发现的。他看见他的山羊跳舞，整夜不睡，他很好奇。修道院长把它们扔进火里。',
    'zh',
  )
  for (const { firstWord, lastWord } of piecesOf(words, 24)) {
    expect(textOf(words, firstWord, lastWord).length).toBeLessThanOrEqual(24)
    expect(words[lastWord]!.text).toMatch(/[。，]$/)
  }
})

test('a script of 15,000 characters is divided', () => {
  const words = wordsOf('A short one. '.repeat(1100), 'en')
  expect(piecesOf(words, 4000)).toHaveLength(4)
})

test('joined pieces: every word is where its tone sounds, with pauses of one length', () => {
  const spoken = ['Coffee was found by a goat herder.', 'He saw his goats dance.'].map((text) => speechFor(text))
  const pieces = spoken.map(({ sound, words }, index) => ({
    // The first piece brings a second of silence at both ends.
    sound: index === 0 ? padded(sound, 1000) : sound,
    times: words.map(({ startMs, endMs }) => ({
      startMs: startMs + (index === 0 ? 1000 : 0),
      endMs: endMs + (index === 0 ? 1000 : 0),
    })),
  }))
  const { sound, times, durationMs } = joinPieces(pieces)
  const tones = tonesIn(sound)
  expect(tones).toHaveLength(12)
  expect(times).toHaveLength(12)
  for (const [index, { startMs, endMs }] of times.entries()) {
    expect(Math.abs(tones[index]!.startMs - startMs)).toBeLessThan(6)
    expect(Math.abs(tones[index]!.endMs - endMs)).toBeLessThan(6)
  }
  expect(durationMs).toBe(Math.round(sound.samples.length / 24))
  // The lead-in and at most 120 ms of the first piece's own silence.
  expect(times[0]!.startMs).toBeGreaterThanOrEqual(250)
  expect(times[0]!.startMs).toBeLessThanOrEqual(250 + 130)
  const pauseMs = times[7]!.startMs - times[6]!.endMs
  expect(pauseMs).toBeGreaterThanOrEqual(380 + 80)
  expect(pauseMs).toBeLessThanOrEqual(380 + 260)
  expect(durationMs - times.at(-1)!.endMs).toBeGreaterThanOrEqual(600)
  expect(sound.samples.subarray(0, 5999).every((sample) => sample === 0)).toBe(true)
})

test('seams do not click, whatever the pieces begin with', () => {
  const samples = new Int16Array(24_000).fill(9000).map((level, index) => (index % 50 < 25 ? level : -level))
  const sound = { sampleRateHz: 24_000, samples }
  const joined = joinPieces([{ sound, times: [{ startMs: 0, endMs: 1000 }] }])
  const at = 0.25 * 24_000
  expect(Math.abs(joined.sound.samples[at]! - joined.sound.samples[at - 1]!)).toBeLessThan(200)
})

test('pieces of different rates are refused', () => {
  const { sound } = speechFor('One.')
  const pieces = [
    { sound, times: [] },
    { sound: { ...sound, sampleRateHz: 44_100 }, times: [] },
  ]
  expect(() => joinPieces(pieces)).toThrow('sample rate')
  expect(() => joinPieces([])).toThrow('one piece')
})

function padded({ sampleRateHz, samples }: Sound, ms: number): Sound {
  const silence = (sampleRateHz * ms) / 1000
  const longer = new Int16Array(samples.length + 2 * silence)
  longer.set(samples, silence)
  return { sampleRateHz, samples: longer }
}
