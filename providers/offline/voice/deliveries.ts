// How each catalogue voice speaks when the embedded voices stand in for it: one of three flite speakers, and how
// much slower and higher than that speaker. Pitch moves the whole voice (fundamental and formants), so that voices
// which share a speaker are told apart; within ±8 % it stays a plausible person. By numbers (median pitch of the
// speakers: slt 172 Hz, rms 103 Hz, awb 130 Hz), not by ear.
import { defaultVoice, voices, type EmbeddedVoice, type VoiceId } from '../../../core/voices.ts'
import type { Speaker } from './flite.ts'

/** `durationFactor` 1.1 takes 10 % longer; `pitchFactor` 1.05 is 5 % higher. */
export type Delivery = { speaker: Speaker; durationFactor: number; pitchFactor: number }

const speakers = { clara: 'slt', miles: 'rms', angus: 'awb' } as const satisfies Record<EmbeddedVoice, Speaker>

const manners: Record<VoiceId, [durationFactor: number, pitchFactor: number]> = {
  clara: [1.04, 1],
  miles: [0.96, 1],
  angus: [1.06, 1],
  roger: [0.94, 0.98],
  sarah: [1.08, 0.95],
  laura: [1, 1.06],
  charlie: [0.9, 1.04],
  george: [1.08, 0.97],
  callum: [1.02, 0.94],
  river: [1.1, 0.92],
  liam: [0.92, 1.07],
  alice: [1.02, 0.98],
  matilda: [1, 1.02],
  jessica: [0.98, 1.08],
  eric: [0.98, 0.96],
  chris: [0.93, 1.02],
  brian: [1.02, 0.93],
  daniel: [0.98, 1.02],
  lily: [1.06, 0.97],
  adam: [0.95, 0.95],
  bill: [1.12, 0.95],
}

/** The delivery of a catalogue voice; of the default voice when there is no such voice. */
export function deliveryOf(voice: string): Delivery {
  const id = Object.hasOwn(voices, voice) ? (voice as VoiceId) : defaultVoice
  const [durationFactor, pitchFactor] = manners[id]
  return { speaker: speakers[voices[id].embedded], durationFactor, pitchFactor }
}
