import { describe, expect, it } from 'vitest'
import { chooseModels, ladderOf, type Role, type ServiceId } from '../../core/models.ts'

const today = '2026-11-23'
const all: ServiceId[] = ['openai', 'elevenlabs', 'gemini']
const world = (available: ServiceId[], day = today) => ({ available, today: day })

describe('ladderOf', () => {
  const ladder = (role: Role, wishes: Parameters<typeof chooseModels>[0], available = all, day = today) =>
    ladderOf(role, chooseModels(wishes, world(available, day)).choices, world(available, day))

  it.each<[Role, string[]]>([
    ['write', ['gpt-6-luna', 'gemini-3.8-flash']],
    ['plan', ['gpt-6-luna', 'gemini-3.8-flash', 'embedded']],
    ['illustrate', ['gemini-nano-banana-2.1', 'gpt-image-2.5-flare', 'embedded']],
    ['narrate', ['eleven_v4_turbo', 'gemini-3.8-flash-tts', 'gpt-4o-mini-tts', 'embedded']],
    ['align', ['forced-alignment', 'whisper-1', 'embedded']],
    ['score', ['embedded']],
  ])('of %s with all keys', (role, rungs) => expect(ladder(role, undefined)).toEqual(rungs))

  it('names other services only, with a key, and nobody who has retired', () => {
    expect(ladder('illustrate', { illustrate: 'gpt-image-2' })).toEqual([
      'gpt-image-2',
      'gemini-nano-banana-2.1',
      'embedded',
    ])
    expect(ladder('illustrate', undefined, ['gemini'])).toEqual(['gemini-nano-banana-2.1', 'embedded'])
    expect(ladder('narrate', undefined, all, '2027-01-06')).toEqual([
      'eleven_v4_turbo',
      'gemini-3.8-flash-tts',
      'embedded',
    ])
    expect(ladder('score', { score: 'elevenlabs' })).toEqual(['music_v2_5', 'embedded'])
    expect(ladder('plan', { plan: 'openai/llama' })).toEqual(['openai/llama', 'gemini-3.8-flash', 'embedded'])
  })

  it('is embedded alone for who chose that', () => {
    for (const role of ['plan', 'illustrate', 'narrate', 'align', 'score'] as const) {
      expect(ladder(role, { preset: 'embedded' })).toEqual(['embedded'])
      expect(ladder(role, { [role]: 'embedded' })).toEqual(['embedded'])
      expect(ladder(role, undefined, [])).toEqual(['embedded'])
    }
    expect(ladder('write', undefined, [])).toEqual([])
  })
})
