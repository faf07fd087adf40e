import { describe, expect, it } from 'vitest'
import { InputError } from '../../core/errors.ts'
import { chooseModels, type Role, type ServiceId } from '../../core/models.ts'
import { ModelsRequest } from '../../core/request/models.ts'

const today = '2026-11-23'
const all: ServiceId[] = ['openai', 'elevenlabs', 'gemini']
const world = (available: ServiceId[], day = today) => ({ available, today: day })

describe('mistakes', () => {
  const nothing: ServiceId[] = []
  it.each<[Role, string, ServiceId[], string]>([
    [
      'narrate',
      'elevenlabs',
      ['openai'],
      "models.narrate: 'elevenlabs' needs a key of ElevenLabs; set ELEVENLABS_API_KEY, or choose 'auto' or 'embedded'",
    ],
    [
      'illustrate',
      'gemini-nano-banana-2.1',
      nothing,
      "models.illustrate: 'gemini-nano-banana-2.1' needs a key of Gemini; set GOOGLE_API_KEY or GEMINI_API_KEY, or choose 'auto' or 'embedded'",
    ],
    [
      'illustrate',
      'dall-e-3',
      ['gemini'],
      "models.illustrate: 'dall-e-3' needs a key of OpenAI; set OPENAI_API_KEY, or choose 'auto' or 'embedded'",
    ],
    [
      'plan',
      'openai/llama',
      ['gemini'],
      "models.plan: 'openai/llama' needs a key of OpenAI; set OPENAI_API_KEY, or choose 'auto' or 'embedded'",
    ],
    [
      'score',
      'gemini',
      all,
      "models.score: Gemini makes nothing for this (the music); it can be 'elevenlabs', 'embedded', 'auto' (it is 'gemini')",
    ],
    [
      'score',
      'openai/jukebox',
      all,
      "models.score: OpenAI makes nothing for this (the music); it can be 'elevenlabs', 'embedded', 'auto' (it is 'openai/jukebox')",
    ],
    [
      'narrate',
      'gpt-6-luna',
      all,
      "models.narrate: 'gpt-6-luna' cannot do this (the voice): it is for 'write' and 'plan'; the nearest that can is 'gpt-4o-mini-tts'",
    ],
    [
      'align',
      'gpt-transcribe',
      all,
      "models.align: 'gpt-transcribe' cannot do this (when each word is said, where the voice does not tell): it gives no times of words; the nearest that can is 'forced-alignment'",
    ],
    [
      'illustrate',
      'nanobanana',
      all,
      "models.illustrate: 'nanobanana' is no model we know; the nearest is 'gemini-nano-banana-2.1' (one that we do not know is named with its service: openai/…)",
    ],
    [
      'illustrate',
      'anthropic/claude',
      all,
      "models.illustrate: 'anthropic/claude' is no model we know; the nearest is 'openai' (one that we do not know is named with its service: openai/…)",
    ],
    [
      'plan',
      'openai/',
      all,
      "models.plan: 'openai/' is no model we know; the nearest is 'openai' (one that we do not know is named with its service: openai/…)",
    ],
    [
      'align',
      'elevenlabs/other',
      all,
      "models.align: 'elevenlabs/other' is no model we know; the nearest is 'elevenlabs' (one that we do not know is named with its service: elevenlabs/…)",
    ],
  ])('%s %s', (role, wish, available, message) => {
    const choose = () => chooseModels({ [role]: wish }, world(available))
    expect(choose).toThrow(InputError)
    expect(choose).toThrow(message)
  })

  it('a service that has nothing left is one', () => {
    expect(() => chooseModels({ narrate: 'openai' }, world(['openai'], '2027-01-06'))).toThrow(
      "models.narrate: OpenAI has nothing left for this (the voice); choose 'auto' or 'embedded' (it is 'openai')",
    )
  })
})

describe('in a request', () => {
  it('models are a preset, a quality and a wish for each role', () => {
    const models = ModelsRequest.parse({ preset: 'Best', pictureQuality: 'HIGH', narrate: '  openai ' })
    expect(models).toEqual({ preset: 'best', pictureQuality: 'high', narrate: 'openai' })
    expect(ModelsRequest.parse({})).toEqual({})
  })

  it.each([
    [{ preset: 'cheapest' }, "'cheapest' is no preset we have; the nearest is 'best'"],
    [{ pictureQuality: 'ultra' }, "'ultra' is no picture quality we have"],
    [{ pictures: 'openai' }, 'pictures'],
    [{ narrate: 3 }, 'string'],
  ])('%o is a mistake', (models, message) => {
    expect(ModelsRequest.safeParse(models).error?.message).toContain(message)
  })
})
