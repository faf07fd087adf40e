// Light percussion, made sample by sample. A drum is a sine that falls in pitch, filtered noise, or both.
import { randomOf } from '../../../core/random.ts'
import { sampleRate } from './loop.ts'

type DrumShape = {
  /** The sine's pitch at the stroke and when it has settled; how fast it settles. */
  fromHz: number
  toHz: number
  settleMs: number
  /** To 1/e, of the sine and of the noise. */
  toneMs: number
  noiseMs: number
  toneLevel: number
  noiseLevel: number
  attackMs: number
  send: number
}

/** The shaker's noise lies above 5 kHz and the drums below 250 Hz: the voice's octaves stay free. */
const shapes = {
  kick: {
    fromHz: 110,
    toHz: 48,
    settleMs: 35,
    toneMs: 120,
    noiseMs: 4,
    toneLevel: 0.7,
    noiseLevel: 0,
    attackMs: 4,
    send: 0.1,
  },
  tom: {
    fromHz: 125,
    toHz: 72,
    settleMs: 60,
    toneMs: 260,
    noiseMs: 30,
    toneLevel: 0.7,
    noiseLevel: 0.05,
    attackMs: 3,
    send: 0.6,
  },
  shaker: {
    fromHz: 0,
    toHz: 0,
    settleMs: 1,
    toneMs: 1,
    noiseMs: 38,
    toneLevel: 0,
    noiseLevel: 0.12,
    attackMs: 12,
    send: 0.15,
  },
  rim: {
    fromHz: 480,
    toHz: 430,
    settleMs: 10,
    toneMs: 22,
    noiseMs: 8,
    toneLevel: 0.2,
    noiseLevel: 0.06,
    attackMs: 1,
    send: 0.35,
  },
} as const satisfies Record<string, DrumShape>
export type Drum = keyof typeof shapes
export const drums: readonly Drum[] = ['kick', 'tom', 'shaker', 'rim']

/** One stroke at full level, mono, and how much of it goes to the reverb. */
export function strike(drum: Drum): { samples: Float32Array; send: number } {
  const shape = shapes[drum]
  // Six times the time to 1/e is -52 dB; the last tenth fades to nothing.
  const length = Math.ceil(
    (6 * Math.max(shape.toneMs * Number(shape.toneLevel > 0), shape.noiseMs) * sampleRate) / 1000,
  )
  const samples = new Float32Array(length)
  const random = randomOf(length)
  const falloff = (ms: number) => Math.exp(-1000 / (ms * sampleRate))
  const [settling, toneDecay, noiseDecay] = [falloff(shape.settleMs), falloff(shape.toneMs), falloff(shape.noiseMs)]
  const attack = (shape.attackMs * sampleRate) / 1000
  let [phase, bend, tone, noise, before, beforeThat] = [
    0,
    1,
    shape.toneLevel as number,
    shape.noiseLevel as number,
    0,
    0,
  ]
  for (let i = 0; i < length; i++) {
    phase += (2 * Math.PI * (shape.toHz + (shape.fromHz - shape.toHz) * bend)) / sampleRate
    const white = random() * 2 - 1
    // The second difference of white noise rises by 12 dB an octave.
    const hiss = (white - 2 * before + beforeThat) / 2
    beforeThat = before
    before = white
    const edges = Math.min(1, i / attack, (10 * (length - i)) / length)
    samples[i] = edges * (tone * Math.sin(phase) + noise * hiss)
    bend *= settling
    tone *= toneDecay
    noise *= noiseDecay
  }
  return { samples, send: shape.send }
}
