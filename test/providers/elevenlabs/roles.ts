// Something that each role makes, and what it costs.
import { expect } from 'vitest'
import type { Charge, Making } from '../../../core/ports.ts'
import { wordsOf } from '../../../core/words.ts'
import { elevenLabsAligner } from '../../../providers/elevenlabs/align.ts'
import { elevenLabsMusician } from '../../../providers/elevenlabs/score.ts'
import { elevenLabsSpeaker } from '../../../providers/elevenlabs/speak.ts'
import { speechFor } from '../../loopback/speech.ts'

const text = 'Three cats sat on the wall, watching the milk. Nobody came, so they waited for the night to end.'
const { sound } = speechFor(text)

export const roles: Record<string, { make: (ports: Making) => Promise<unknown>; charge: Charge }> = {
  speaker: {
    make: (ports) =>
      elevenLabsSpeaker('eleven_v4').make({ text, before: '', after: '', language: 'en', voice: 'sarah' }, ports),
    charge: { provider: 'elevenlabs', model: 'eleven_v4', unit: 'characters', units: 96, costMicroUsd: 7680 },
  },
  aligner: {
    make: (ports) => elevenLabsAligner().make({ sound, words: wordsOf(text, 'en'), language: 'en' }, ports),
    charge: expect.objectContaining({ model: 'forced-alignment', unit: 'seconds' }) as Charge,
  },
  musician: {
    make: (ports) => elevenLabsMusician('music_v2_5').make({ mood: 'calm', durationMs: 3000, seed: 1 }, ports),
    charge: { provider: 'elevenlabs', model: 'music_v2_5', unit: 'seconds', units: 3, costMicroUsd: 15_000 },
  },
}
