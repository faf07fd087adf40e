import { describe, expect, test } from 'vitest'
import type { CharacterTimes } from '../../../core/ports.ts'
import { randomOf } from '../../../core/random.ts'
import { estimateWithin, timesFromCharacters, timesFromHeard } from '../../../core/word-times.ts'
import { textOf, wordsOf } from '../../../core/words.ts'
import { expectSound, misheard, otherwise, steady, texts, truth } from './spoken.ts'

describe.each(Object.entries(texts))('%s', (language, text) => {
  const words = wordsOf(text, language)
  const said = textOf(words, 0, words.length - 1)

  test('from its own characters: exactly', () => {
    const times = timesFromCharacters(words, steady(said))
    expectSound(times, words)
    const wanted = truth(words)
    for (const [index, time] of times.entries()) {
      expect(Math.abs(time.startMs - wanted[index]!.startMs), words[index]!.text).toBeLessThanOrEqual(0)
      // A vowel sign after the last letter is not a letter of its own.
      expect(Math.abs(time.endMs - wanted[index]!.endMs), words[index]!.text).toBeLessThanOrEqual(0)
    }
  })

  test('from characters that the service has written otherwise', () => {
    const random = randomOf(7)
    for (let round = 0; round < 20; round++) {
      const times = timesFromCharacters(words, otherwise(steady(said), random))
      expectSound(times, words)
      const wanted = truth(words)
      const off = times.map(({ startMs }, index) => Math.abs(startMs - wanted[index]!.startMs))
      expect(Math.max(...off)).toBeLessThanOrEqual(250)
    }
  })

  test('from grapheme clusters, UTF-16 units and decomposed letters', () => {
    const plain = timesFromCharacters(words, steady(said))!
    const { characters, startsMs, endsMs } = steady(said)
    const clusters: CharacterTimes = { characters: [], startsMs: [], endsMs: [] }
    let at = 0
    for (const { segment } of new Intl.Segmenter(language).segment(said)) {
      const count = [...segment].length
      clusters.characters.push(segment)
      clusters.startsMs.push(startsMs[at]!)
      clusters.endsMs.push(endsMs[at + count - 1]!)
      at += count
    }
    const fromClusters = timesFromCharacters(words, clusters)
    expectSound(fromClusters, words)
    for (const [index, { startMs }] of fromClusters.entries()) expect(startMs).toBe(plain[index]!.startMs)
    const units = characters.map((character) => character.normalize('NFD'))
    const decomposed = timesFromCharacters(words, { characters: units, startsMs, endsMs })
    expectSound(decomposed, words)
    for (const [index, { startMs }] of decomposed.entries()) expect(startMs).toBe(plain[index]!.startMs)
  })

  test('another text does not fit', () => {
    const other = Object.entries(texts).find(([name]) => name !== language && name !== 'en')![1]
    expect(timesFromCharacters(words, steady(other))).toBeUndefined()
    expect(timesFromCharacters(words, steady(said.slice(0, said.length / 2)))).toBeUndefined()
    expect(timesFromCharacters(words, { characters: [], startsMs: [], endsMs: [] })).toBeUndefined()
  })

  test('from heard words, with some missing, merged, split and misheard', () => {
    const random = randomOf(11)
    const wanted = truth(words)
    for (let round = 0; round < 20; round++) {
      const times = timesFromHeard(words, misheard(words, wanted, random))
      expectSound(times, words)
      const off = times
        .map(({ startMs }, index) => Math.abs(startMs - wanted[index]!.startMs))
        .toSorted((a, b) => a - b)
      expect(off[Math.floor(off.length / 2)]).toBeLessThanOrEqual(60)
      expect(off[Math.floor(off.length * 0.9)]).toBeLessThanOrEqual(600)
    }
  })

  test('an estimate stays within its span', () => {
    const times = estimateWithin(words, language, { startMs: 400, endMs: 6400 })
    expectSound(times, words)
    expect(times[0]!.startMs).toBe(400)
    expect(times.at(-1)!.endMs).toBe(6400)
  })
})
