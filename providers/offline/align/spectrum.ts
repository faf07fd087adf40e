// What a sound is made of over time: its energy in bands that lie as the ear hears them (mel).
import { rateHz } from './resample.ts'
import type { Turns } from './turns.ts'

/** `energies`: `count` frames of `bandCount` each, one frame after the other. Frame i is centred on sample i × hop. */
export type Bands = { count: number; energies: Float32Array }

export const bandCount = 32
const windowSamples = 400
const size = 512
const lowestHz = 100
const highestHz = 7_600
const preEmphasis = 0.97

/** `hop` in samples, perhaps fractional. */
export async function bandsOf(samples: Float32Array, hop: number, turns: Turns): Promise<Bands> {
  const count = Math.floor(samples.length / hop) + 1
  const energies = new Float32Array(count * bandCount)
  const real = new Float64Array(size)
  const imaginary = new Float64Array(size)
  // Two frames at a time: one as the real part, the next as the imaginary one.
  for (let frame = 0; frame < count; frame += 2) {
    if (turns.due()) await turns.take()
    window(samples, Math.round(frame * hop), real)
    window(samples, Math.round((frame + 1) * hop), imaginary)
    transform(real, imaginary)
    for (let band = 0; band < bandCount; band++) {
      const { first, weights } = filters[band]!
      let [energy, nextEnergy] = [0, 0]
      for (let i = 0; i < weights.length; i++) {
        const [up, down] = [first + i, size - first - i]
        const [re, mirroredRe] = [real[up]!, real[down]!]
        const [im, mirroredIm] = [imaginary[up]!, imaginary[down]!]
        energy += (weights[i]! * ((re + mirroredRe) ** 2 + (im - mirroredIm) ** 2)) / 4
        nextEnergy += (weights[i]! * ((im + mirroredIm) ** 2 + (re - mirroredRe) ** 2)) / 4
      }
      energies[frame * bandCount + band] = energy
      if (frame + 1 < count) energies[(frame + 1) * bandCount + band] = nextEnergy
    }
  }
  return { count, energies }
}

function window(samples: Float32Array, centre: number, into: Float64Array): void {
  const from = centre - windowSamples / 2
  into.fill(0, windowSamples)
  for (let i = 0; i < windowSamples; i++)
    into[i] = ((samples[from + i] ?? 0) - preEmphasis * (samples[from + i - 1] ?? 0)) * hamming[i]!
}

const hamming = Float64Array.from(
  { length: windowSamples },
  (_, i) => 0.54 - 0.46 * Math.cos((2 * Math.PI * i) / (windowSamples - 1)),
)

const mel = (hz: number) => 2_595 * Math.log10(1 + hz / 700)
const hertz = (mels: number) => 700 * (10 ** (mels / 2_595) - 1)

/** Triangles that overlap by half. */
const filters = Array.from({ length: bandCount }, (_, band) => {
  const edge = (i: number) => {
    const mels = mel(lowestHz) + ((mel(highestHz) - mel(lowestHz)) * i) / (bandCount + 1)
    return (hertz(mels) * size) / rateHz
  }
  const [low, middle, high] = [edge(band), edge(band + 1), edge(band + 2)]
  const first = Math.ceil(low)
  const weights = Array.from({ length: Math.floor(high) - first + 1 }, (_weight, i) => {
    const bin = first + i
    return bin < middle ? (bin - low) / (middle - low) : (high - bin) / (high - middle)
  })
  return { first, weights }
})

const cosines = Float64Array.from({ length: size / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / size))
const sines = Float64Array.from({ length: size / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / size))
const reversed = Uint16Array.from({ length: size }, (_, i) => {
  let mirrored = 0
  for (let bit = 1; bit < size; bit <<= 1) mirrored = (mirrored << 1) | (i & bit ? 1 : 0)
  return mirrored
})

/** The fast Fourier transform of `size` numbers, in place. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const j = reversed[i]!
    if (i >= j) continue
    const [re, im] = [real[i]!, imaginary[i]!]
    real[i] = real[j]!
    imaginary[i] = imaginary[j]!
    real[j] = re
    imaginary[j] = im
  }
  for (let half = 1; half < size; half <<= 1) {
    const stride = size / (2 * half)
    for (let start = 0; start < size; start += 2 * half) {
      for (let k = 0; k < half; k++) {
        const [cosine, sine] = [cosines[k * stride]!, sines[k * stride]!]
        const [upper, lower] = [start + k, start + k + half]
        const re = real[lower]! * cosine - imaginary[lower]! * sine
        const im = real[lower]! * sine + imaginary[lower]! * cosine
        real[lower] = real[upper]! - re
        imaginary[lower] = imaginary[upper]! - im
        real[upper] = real[upper]! + re
        imaginary[upper] = imaginary[upper]! + im
      }
    }
  }
}

/** What a speaker of a shorter (`warp` above 1) or longer throat would have: all formants moved up by that factor. */
export function warped({ count, energies }: Bands, warp: number): Bands {
  if (warp === 1) return { count, energies }
  const sources = Float64Array.from({ length: bandCount }, (_, band) => {
    const mels = mel(lowestHz) + ((mel(highestHz) - mel(lowestHz)) * (band + 1)) / (bandCount + 1)
    const source = mel(hertz(mels) / warp)
    const at = ((source - mel(lowestHz)) * (bandCount + 1)) / (mel(highestHz) - mel(lowestHz)) - 1
    return Math.max(0, Math.min(bandCount - 1, at))
  })
  const moved = new Float32Array(energies.length)
  for (let frame = 0; frame < energies.length; frame += bandCount)
    for (let band = 0; band < bandCount; band++) {
      const low = Math.floor(sources[band]!)
      const share = sources[band]! - low
      const [below, above] = [energies[frame + low]!, energies[frame + Math.min(bandCount - 1, low + 1)]!]
      moved[frame + band] = Math.exp((1 - share) * Math.log(below + 1e-12) + share * Math.log(above + 1e-12))
    }
  return { count, energies: moved }
}
