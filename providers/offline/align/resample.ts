// Any sample rate to the 16 kHz of the embedded voice, which is what sounds are compared at.
import type { Sound } from '../../../core/ports.ts'
import type { Turns } from './turns.ts'

export const rateHz = 16_000
const tapsPerSide = 12
const samplesPerCheck = 8_192

/** The sound at 16 kHz, in −1…1: a Hann-windowed sinc, of which each fractional position is worked out once. */
export async function at16kHz({ samples, sampleRateHz }: Sound, turns: Turns): Promise<Float32Array> {
  const divisor = greatestCommonDivisor(rateHz, sampleRateHz)
  const [up, down] = [rateHz / divisor, sampleRateHz / divisor]
  const cutoff = Math.min(1, up / down)
  const reach = up === down ? 0 : Math.ceil(tapsPerSide / cutoff)
  const filters: (Float32Array | undefined)[] = []
  const resampled = new Float32Array(Math.floor((samples.length * up) / down))
  for (let i = 0; i < resampled.length; i++) {
    if (i % samplesPerCheck === 0 && turns.due()) await turns.take()
    const phase = (i * down) % up
    const filter = (filters[phase] ??= filterAt(phase / up, cutoff, reach))
    const first = (i * down - phase) / up - reach
    let sum = 0
    for (let tap = 0; tap < filter.length; tap++) sum += (samples[first + tap] ?? 0) * filter[tap]!
    resampled[i] = sum / 32_768
  }
  return resampled
}

/** Weights of the samples from `reach` before to `reach` + 1 after the one that lies `fraction` before the position. */
function filterAt(fraction: number, cutoff: number, reach: number): Float32Array {
  if (reach === 0) return Float32Array.of(1)
  const weights = Float32Array.from({ length: 2 * reach + 2 }, (_, tap) => {
    const x = tap - reach - fraction
    if (Math.abs(x) > reach) return 0
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x * cutoff) / (Math.PI * x * cutoff)
    return (0.5 + 0.5 * Math.cos((Math.PI * x) / reach)) * sinc
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
