// What two voices that say the same have in common: the shape of the spectrum (cepstrum) without the voice's own
// colour, and how it changes.
import { bandCount, type Bands } from './spectrum.ts'
import type { Turns } from './turns.ts'

/** `values`: `count` frames of `width` numbers each. */
export type Features = { count: number; width: number; values: Float32Array }

const cepstrumWidth = 13
const deltaReach = 2
// Brings slopes to about the size of the values.
const slopeScale = 4
// Nothing quieter than this below the loudest tells anything.
const floorShare = 1e-5

/**
 * `added`: energy per band that is laid under all of it. `counts` tells which frames are speech: they alone set the mean
 * and the spread that are taken out.
 */
export async function featuresOf(
  bands: Bands,
  added: Float32Array,
  counts: (frame: number) => boolean,
  turns: Turns,
): Promise<Features> {
  const cepstra = normalized(await cepstraOf(bands, added, turns), counts)
  const width = 2 * cepstrumWidth
  const values = new Float32Array(bands.count * width)
  const at = (frame: number, i: number) => cepstra[Math.max(0, Math.min(bands.count - 1, frame)) * cepstrumWidth + i]!
  for (let frame = 0; frame < bands.count; frame++) {
    if (turns.due()) await turns.take()
    for (let i = 0; i < cepstrumWidth; i++) {
      let slope = 0
      for (let reach = 1; reach <= deltaReach; reach++) slope += reach * (at(frame + reach, i) - at(frame - reach, i))
      values[frame * width + i] = at(frame, i)
      values[frame * width + cepstrumWidth + i] = slope / slopeScale
    }
  }
  return { count: bands.count, width, values }
}

/** Means of the cepstra of `by` frames each; over so many, how they change says little. */
export function pooled({ count, width, values }: Features, by: number): Features {
  const pooledCount = Math.ceil(count / by)
  const means = new Float32Array(pooledCount * cepstrumWidth)
  for (let frame = 0; frame < count; frame++) {
    const to = Math.floor(frame / by)
    const share = 1 / (Math.min(count, (to + 1) * by) - to * by)
    for (let i = 0; i < cepstrumWidth; i++) {
      const at = to * cepstrumWidth + i
      means[at] = means[at]! + values[frame * width + i]! * share
    }
  }
  return { count: pooledCount, width: cepstrumWidth, values: means }
}

async function cepstraOf({ count, energies }: Bands, added: Float32Array, turns: Turns): Promise<Float32Array> {
  const cepstra = new Float32Array(count * cepstrumWidth)
  let loudest = 0
  for (const energy of energies) loudest = Math.max(loudest, energy)
  const floor = Math.max(loudest * floorShare, 1e-12)
  const logs = new Float64Array(bandCount)
  for (let frame = 0; frame < count; frame++) {
    if (turns.due()) await turns.take()
    for (let band = 0; band < bandCount; band++)
      logs[band] = Math.log(energies[frame * bandCount + band]! + added[band]! + floor)
    for (let i = 0; i < cepstrumWidth; i++) {
      let sum = 0
      for (let band = 0; band < bandCount; band++) sum += logs[band]! * cosines[i * bandCount + band]!
      cepstra[frame * cepstrumWidth + i] = sum
    }
  }
  return cepstra
}

const cosines = Float64Array.from({ length: cepstrumWidth * bandCount }, (_, at) => {
  const [i, band] = [Math.floor(at / bandCount), at % bandCount]
  return Math.cos((Math.PI * i * (band + 0.5)) / bandCount)
})

/** Mean 0 and spread 1 in each coefficient. */
function normalized(cepstra: Float32Array, counts: (frame: number) => boolean): Float32Array {
  const count = cepstra.length / cepstrumWidth
  for (let i = 0; i < cepstrumWidth; i++) {
    let [sum, squares, frames] = [0, 0, 0]
    for (let frame = 0; frame < count; frame++) {
      if (!counts(frame)) continue
      const value = cepstra[frame * cepstrumWidth + i]!
      sum += value
      squares += value ** 2
      frames++
    }
    const mean = sum / Math.max(1, frames)
    const spread = Math.sqrt(Math.max(1e-9, squares / Math.max(1, frames) - mean ** 2))
    for (let at = i; at < cepstra.length; at += cepstrumWidth) cepstra[at] = (cepstra[at]! - mean) / spread
  }
  return cepstra
}
