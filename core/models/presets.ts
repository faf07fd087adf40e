// Who is meant when nobody is named: the first of a list whose service has a key and which is not retired.
import type { ModelId, PictureQuality, Role, ServiceId } from './model.ts'

/** For people. `services`: those that can do it here, so that a model the catalogue does not know can be asked of them. */
export const roles: Record<Role, { name: string; description: string; services: readonly ServiceId[] }> = {
  write: { name: 'Write', description: 'the script, from a topic', services: ['openai', 'gemini'] },
  plan: { name: 'Plan', description: 'the scenes, and what each picture shows', services: ['openai', 'gemini'] },
  illustrate: { name: 'Illustrate', description: 'the pictures', services: ['openai', 'gemini'] },
  narrate: { name: 'Narrate', description: 'the voice', services: ['elevenlabs', 'openai', 'gemini'] },
  align: {
    name: 'Align',
    description: 'when each word is said, where the voice does not tell',
    services: ['elevenlabs', 'openai'],
  },
  score: { name: 'Score', description: 'the music', services: ['elevenlabs'] },
}

export type Preset = {
  name: string
  description: string
  pictureQuality: PictureQuality
  candidates: Record<Role, readonly ModelId[]>
}

// Word times: the voice's own go before any of these. A model that is about to retire stands behind one that is not.
const align = ['forced-alignment', 'whisper-1']
const text = ['gpt-6-luna', 'gemini-3.8-flash']

/** For a video of 7 pictures and 900 characters, with whatever keys: standard stays under $0.30, thrifty under $0.10. */
export const presets = {
  standard: {
    name: 'Standard',
    description: 'good pictures and a good voice for less than $0.30 with seven pictures; the music is embedded',
    pictureQuality: 'low',
    candidates: {
      write: text,
      plan: text,
      illustrate: ['gemini-nano-banana-2.1', 'gpt-image-2.5-flare'],
      narrate: ['eleven_v4_turbo', 'gemini-3.8-flash-tts', 'gpt-4o-mini-tts'],
      align,
      score: [],
    },
  },
  thrifty: {
    name: 'Thrifty',
    description:
      'the cheapest that the services have, for less than $0.10 with seven pictures; what is dear is embedded',
    pictureQuality: 'low',
    candidates: {
      write: text,
      plan: text,
      illustrate: ['gpt-image-2.5-flare'],
      narrate: ['gemini-3.8-flash-lite-tts', 'eleven_v4_turbo', 'gpt-4o-mini-tts'],
      align,
      score: [],
    },
  },
  best: {
    name: 'Best',
    description: 'the best text, pictures and voice that the services have, at $1 to $2 with seven pictures',
    pictureQuality: 'high',
    candidates: {
      write: ['gpt-6-sol', 'gemini-3.8-flash'],
      plan: ['gpt-6-sol', 'gemini-3.8-flash'],
      illustrate: ['gemini-3-pro-image', 'gpt-image-2.6-sunburst'],
      narrate: ['eleven_v4', 'gemini-3.8-flash-tts', 'gpt-4o-mini-tts'],
      align,
      score: [],
    },
  },
  embedded: {
    name: 'Embedded',
    description: 'no service at all, whatever keys are there: free, and nothing leaves this machine',
    pictureQuality: 'low',
    candidates: { write: [], plan: [], illustrate: [], narrate: [], align: [], score: [] },
  },
} as const satisfies Record<string, Preset>
export type PresetId = keyof typeof presets
export const defaultPreset: PresetId = 'standard'

/** What a service's name means where no preset of its own accord asks it. */
export const onWish: Partial<Record<Role, readonly ModelId[]>> = { score: ['music_v2_5'] }
