// Music to speak over.
import type { Mood } from '../../core/mood.ts'
import { chargeOf } from '../../core/models.ts'
import type { MusicBrief, Musician } from '../../core/ports.ts'
import { decodeMusic } from '../media/music.ts'
import { ask } from './client.ts'
import { order } from './order.ts'

export function elevenLabsMusician(model: string): Musician {
  return {
    provider: 'elevenlabs',
    model,
    // Without the seed: the vendor takes none with a prompt.
    request: (brief) => requestOf(model, brief),
    make: (brief, making) => {
      const request = requestOf(model, brief)
      const charge = chargeOf(model, { seconds: request.musicLengthMs / 1000 })
      return order(
        {
          model,
          what: 'the music',
          estimateMicroUsd: charge.costMicroUsd,
          deadlineMs: 120_000 + request.musicLengthMs,
          ask: (signal) => ask('compose', request, signal),
          read: decodeMusic,
          charge: () => charge,
        },
        making,
      )
    },
  }
}

const shortestMs = 3000
const longestMs = 600_000

function requestOf(model: string, { mood, durationMs }: MusicBrief) {
  return {
    // The SDK's type names the models that it knew when it was made.
    modelId: model as 'music_v2_5',
    prompt: `${sounds[mood as Mood] ?? sounds.warm} ${underSpeech}`,
    musicLengthMs: Math.ceil(Math.min(Math.max(durationMs, shortestMs), longestMs)),
    forceInstrumental: true,
  }
}

const underSpeech =
  'Instrumental background music under a narrator: no vocals, no choir, no spoken words, nothing in the foreground. ' +
  'Steady tempo and even loudness from the first bar to the last, without an intro, a break or an ending, ' +
  'so that it can be looped without a seam.'

const sounds: Record<Mood, string> = {
  warm: 'Gentle, warm storytelling in a major key: soft felt piano, finger-picked acoustic guitar, light strings, about 84 BPM.',
  calm: 'Slow, airy and peaceful: ambient pads, sparse piano notes, soft bells, much space, about 60 BPM.',
  uplifting:
    'Bright, hopeful and moving forward: clean guitar arpeggios, warm piano chords, light percussion, about 112 BPM.',
  mysterious:
    'Mysterious, sparse and questioning in a minor key: low drones, muted plucks, soft celesta, about 72 BPM.',
  epic: 'Wide, low and cinematic: deep drums, sustained low strings, restrained brass, about 90 BPM.',
  playful: 'Light, playful and bouncing: pizzicato strings, marimba, ukulele, soft hand claps, about 118 BPM.',
}
