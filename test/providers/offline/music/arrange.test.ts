import { describe, expect, test } from 'vitest'
import { arrange } from '../../../../providers/offline/music/arrange.ts'
import { moodMusic } from '../../../../providers/offline/music/moods.ts'

const moods = Object.entries(moodMusic)
const seeds = Array.from({ length: 12 }, (_, seed) => seed)
const toneOf = (midi: number) => ((midi % 12) + 12) % 12

describe.each(moods)('the notes of %s music', (_, mood) => {
  test('all belong to one key of the mood, in a range that instruments have', () => {
    for (const seed of seeds) {
      const { notes } = arrange(mood, 64, seed)
      const keys = mood.tonics.map((tonic) => new Set(mood.scale.map((step) => toneOf(tonic + step))))
      expect(keys.some((key) => notes.every(({ midi }) => key.has(toneOf(midi))))).toBe(true)
      for (const { midi } of notes) {
        expect(midi).toBeGreaterThanOrEqual(28)
        expect(midi).toBeLessThanOrEqual(88)
      }
    }
  })

  test('begin within the loop, however long it is', () => {
    for (const beats of [1, 3, 4, 6, 16, 64, 100]) {
      const { notes, hits } = arrange(mood, beats, 5)
      expect(notes.length).toBeGreaterThan(0)
      for (const { atBeat } of [...notes, ...hits]) expect(atBeat >= 0 && atBeat < beats).toBe(true)
    }
  })

  test('change the chord, and change from phrase to phrase', () => {
    const { notes } = arrange(mood, 64, 2)
    const inBars = (first: number, last: number) =>
      notes
        .filter(({ atBeat }) => atBeat >= first * 4 && atBeat < last * 4)
        .map(({ timbre, midi }) => `${timbre} ${midi}`)
    expect(new Set(inBars(0, 2))).not.toEqual(new Set(inBars(2, 4)))
    expect(inBars(0, 4)).not.toEqual(inBars(8, 12))
  })

  test('are other notes for other seeds', () => {
    const pieces = new Set(seeds.map((seed) => JSON.stringify(arrange(mood, 32, seed).notes.map(({ midi }) => midi))))
    expect(pieces.size).toBeGreaterThan(seeds.length * 0.7)
  })
})

describe('moods', () => {
  test('differ from each other in tempo, instruments and room', () => {
    const differ = (measure: (mood: (typeof moods)[0][1]) => unknown) =>
      expect(new Set(moods.map(([, mood]) => JSON.stringify(measure(mood)))).size).toBe(moods.length)
    differ(({ beatsPerMinute }) => beatsPerMinute)
    differ(({ pad, bass, arpeggio, melody }) => [pad.timbre, bass.timbre, arpeggio.timbre, melody.timbre])
    differ(({ reverb }) => reverb)
  })

  test('differ in how much happens: calm has the fewest notes a second, playful and uplifting the most', () => {
    const density = ([, mood]: (typeof moods)[0]) => {
      const { notes, hits } = arrange(mood, 64, 1)
      return ((notes.length + hits.length) / 64) * (mood.beatsPerMinute / 60)
    }
    const order = moods.toSorted((a, b) => density(a) - density(b)).map(([name]) => name)
    expect(order.slice(0, 2).toSorted()).toEqual(['calm', 'mysterious'])
    expect(order.slice(-3)).toEqual(expect.arrayContaining(['playful', 'uplifting']))
  })

  test('play patterns whose marks mean something', () => {
    for (const [, { bass, arpeggio, melody, drums }] of moods) {
      for (const pattern of bass.patterns) expect(pattern).toMatch(/^[.012]+$/)
      for (const pattern of arpeggio.patterns) expect(pattern).toMatch(/^[.0-3]+$/)
      for (const rhythm of melody.rhythms) expect(rhythm).toMatch(/^[.x]{16}$/)
      for (const pattern of Object.values(drums.patterns)) expect(pattern).toMatch(/^[.xo]+$/)
    }
  })
})
