// Where the page finds what a choice looks or sounds like. The files lie in web/samples, made by
// scripts/build-samples.ts.
import type { CaptionLookId, MusicMoodId, StyleId } from './catalog.ts'
import { type VoiceId, voices } from './voices.ts'

export const styleSample = (style: StyleId) => `/samples/styles/${style}.webp`
export const captionSample = (look: CaptionLookId) => `/samples/captions/${look}.webp`

/** Of the embedded voice that stands in for it: what a service's own voice sounds like costs money to hear. */
export const voiceSample = (voice: VoiceId) => `/samples/voices/${voices[voice].embedded}.m4a`

/** None of what is no music of its own. */
export function musicSample(mood: MusicMoodId): string | undefined {
  return mood === 'auto' || mood === 'none' ? undefined : `/samples/music/${mood}.m4a`
}
