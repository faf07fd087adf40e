// A whoosh: noise through a band that sweeps up and down again, from one side to the other. Always the same samples.
import { randomOf } from '../../core/random.ts'
import { blocksIn, linear, smoothed } from './blocks.ts'
import { EFFECT_LUFS, SAMPLE_RATE } from './chain.ts'
import { createMeter, lufsOf, momentaryPowers } from './loudness.ts'

const SECONDS = 0.55
const RISE_S = 0.32
const DAMPING = 0.9

/** Interleaved stereo, from left to right, its loudest 0.4 s at EFFECT_LUFS; `peakAt` is the sample of its loudest moment. */
export type Whoosh = { samples: Float32Array; peakAt: number }

export function makeWhoosh(): Whoosh {
  const count = Math.round(SECONDS * SAMPLE_RATE)
  const random = randomOf(7)
  const samples = new Float32Array(2 * count)
  let [low, band] = [0, 0]
  for (let at = 0; at < count; at++) {
    const progress = at / count
    // A state-variable filter (Chamberlin); the band's middle goes from 400 Hz to 4 kHz and back to 900 Hz.
    const up = at / SAMPLE_RATE / RISE_S
    const hz = up < 1 ? 400 * 10 ** up : 4000 * (900 / 4000) ** ((at / SAMPLE_RATE - RISE_S) / (SECONDS - RISE_S))
    const tuning = 2 * Math.sin((Math.PI * hz) / SAMPLE_RATE)
    const high = 2 * random() - 1 - low - DAMPING * band
    band += tuning * high
    low += tuning * band
    const level = up < 1 ? up ** 3 : Math.cos((Math.PI / 2) * ((up - 1) / (SECONDS / RISE_S - 1))) ** 2
    const angle = (Math.PI / 2) * (0.15 + 0.7 * progress)
    samples[2 * at] = band * level * Math.cos(angle)
    samples[2 * at + 1] = band * level * Math.sin(angle)
  }
  const powers = new Float32Array(blocksIn(count))
  createMeter(2, powers)(samples)
  const gain = linear(EFFECT_LUFS - lufsOf(Math.max(...momentaryPowers(powers))))
  return { samples: samples.map((sample) => sample * gain), peakAt: loudest(samples) }
}

/** In the middle of the loudest 20 ms. */
function loudest(samples: Float32Array): number {
  const energy = Float32Array.from(
    { length: samples.length / 2 },
    (_, at) => samples[2 * at]! ** 2 + samples[2 * at + 1]! ** 2,
  )
  const around = smoothed(energy, 0.01 * SAMPLE_RATE)
  return around.indexOf(Math.max(...around))
}

/** Louder often would be a rattle. */
const CLOSEST_MS = 1000

/** The times at which a whoosh is heard: those that come too soon after another are left out. */
export function spacedOut(timesMs: number[]): number[] {
  const kept: number[] = []
  for (const atMs of timesMs.toSorted((a, b) => a - b))
    if (atMs - (kept.at(-1) ?? -Infinity) >= CLOSEST_MS) kept.push(atMs)
  return kept
}

/** The same from right to left. */
export const mirrored = (samples: Float32Array) => samples.map((_, at) => samples[at ^ 1]!)
