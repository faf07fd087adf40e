import { describe, expect, it } from 'vitest'
import { chooseModels, type PresetId, type ServiceId } from '../../core/models.ts'
import { quoteForRequest, quoteOf } from '../../core/quote.ts'
import { parseRequest } from '../../core/video.ts'

const today = '2026-11-23'
const all: ServiceId[] = ['openai', 'elevenlabs', 'gemini']
const combinations: ServiceId[][] = [
  [],
  ['openai'],
  ['elevenlabs'],
  ['gemini'],
  ['openai', 'elevenlabs'],
  ['openai', 'gemini'],
  ['elevenlabs', 'gemini'],
  all,
]
// A price doubles on the second of these, and OpenAI's voices and ears retire on the others.
const days = [today, '2027-01-01', '2027-01-06', '2027-02-26']

/** About a minute of video. */
const minute = { characters: 900, words: 150, seconds: 60, scenes: 7, pictures: 7, hasMusic: true, isTopic: false }
const choose = (preset: PresetId, available: ServiceId[], day = today) =>
  chooseModels({ preset }, { available, today: day }).choices
const total = (preset: PresetId, available: ServiceId[], day: string, isTopic = false) =>
  quoteOf({ ...minute, isTopic }, choose(preset, available, day), day).totalMicroUsd

describe('seven pictures and 900 characters', () => {
  it.each(combinations.flatMap((available) => days.map((day) => ({ available, day }))))(
    'with keys of $available on $day',
    ({ available, day }) => {
      for (const isTopic of [false, true]) {
        expect(total('standard', available, day, isTopic)).toBeLessThan(300_000)
        expect(total('thrifty', available, day, isTopic)).toBeLessThan(100_000)
        expect(total('embedded', available, day, isTopic)).toBe(0)
      }
      expect(total('thrifty', available, day)).toBeLessThanOrEqual(total('standard', available, day))
      expect(total('standard', available, day)).toBeLessThanOrEqual(total('best', available, day))
    },
  )

  it('cost what the arithmetic says', () => {
    const { lines, totalMicroUsd, totalUsd, atMostMicroUsd } = quoteOf(minute, choose('standard', all), today)
    expect(lines.map(({ role, model, unit, units, costMicroUsd }) => [role, model, unit, units, costMicroUsd])).toEqual(
      [
        ['plan', 'gpt-6-luna', 'tokens', 3370, 1165],
        ['illustrate', 'gemini-nano-banana-2.1', 'images', 7, 239_400],
        ['narrate', 'eleven_v4_turbo', 'characters', 900, 18_000],
        ['score', 'embedded', 'seconds', 66, 0],
      ],
    )
    expect(totalMicroUsd).toBe(258_565)
    expect(totalUsd).toBe(0.258565)
    // Twice all of it, seven softened prompts at 350 and an aligner for a minute.
    expect(atMostMicroUsd).toBe(2 * 258_565 + 7 * 350 + 3667)
  })

  it('count an aligner where the voice tells no times, and music where a service plays', () => {
    const { choices } = chooseModels({ narrate: 'gemini', score: 'elevenlabs' }, { available: all, today })
    const { lines } = quoteOf(minute, choices, today)
    expect(lines.map(({ role, costMicroUsd }) => [role, costMicroUsd])).toEqual([
      ['plan', 1165],
      ['illustrate', 239_400],
      ['narrate', 13_613],
      ['align', 3667],
      ['score', 330_000],
    ])
  })

  it('say what is guessed', () => {
    const guesses = quoteOf(minute, choose('standard', ['openai']), today).lines.filter(({ isEstimate }) => isEstimate)
    expect(guesses.map(({ role, why }) => [role, why])).toEqual([
      ['illustrate', 'its tokens per picture are not published: estimated'],
      ['narrate', 'the service reports no tokens: counted by length, about $0.015 a minute'],
    ])
    const { choices } = chooseModels({ plan: 'openai/llama' }, { available: all, today })
    const [plan] = quoteOf(minute, choices, today).lines
    expect(plan).toMatchObject({ provider: 'openai', model: 'llama', costMicroUsd: 0, isEstimate: true })
  })
})

describe('quoteForRequest', () => {
  const quoted = (request: object) => quoteForRequest(parseRequest(request), choose('standard', all), today)
  const unitsOf = (request: object, role: string) => quoted(request).lines.find((line) => line.role === role)?.units
  const script = 'The goat ate the garden. It ate the roses first. Then it ate the fence, slowly, and slept until noon.'

  it('counts the script’s characters and its scenes', () => {
    expect(unitsOf({ script }, 'narrate')).toBe(script.length)
    expect(unitsOf({ script, scenes: 3 }, 'illustrate')).toBe(3)
    expect(unitsOf({ script }, 'write')).toBeUndefined()
  })

  it('counts none of the user’s own pictures and clips', () => {
    const scenes = [
      { text: 'One here.', picture: 'a.png' },
      { text: 'Two there.', clip: 'b.mp4' },
      { text: 'Three everywhere.' },
    ]
    expect(unitsOf({ scenes }, 'illustrate')).toBe(1)
    expect(quoted({ scenes: scenes.slice(0, 2) }).lines.map(({ role }) => role)).toEqual(['plan', 'narrate', 'score'])
  })

  it('counts no music where there is none to make', () => {
    expect(unitsOf({ script, music: 'none' }, 'score')).toBeUndefined()
    expect(unitsOf({ script, musicFile: 'own.mp3' }, 'score')).toBeUndefined()
  })

  it('counts a typical script for a topic', () => {
    const { lines } = quoted({ topic: 'goats' })
    expect(lines.map(({ role }) => role)).toEqual(['write', 'plan', 'illustrate', 'narrate', 'score'])
    expect(unitsOf({ topic: 'goats' }, 'narrate')).toBe(792)
    expect(unitsOf({ topic: 'goats', scenes: 4 }, 'illustrate')).toBe(4)
    expect(unitsOf({ topic: 'goats', scenes: 4 }, 'narrate')).toBe(352)
    expect(lines[0]).toMatchObject({ isEstimate: true, why: 'the script is not written yet: a typical one is counted' })
  })
})
