// The two passes through a sound: over means of frames in a wide band, then frame by frame close to the path found.
import { pooled, type Features } from './features.ts'
import type { Loudness } from './loudness.ts'
import { cheapestPath, type Path } from './path.ts'
import type { Turns } from './turns.ts'

type Heard = { features: Features; loudness: Loudness }
type Said = { features: Features; starts: Uint8Array }

/** How many frames the coarse pass takes together. */
export const pool = 5
const leastReachFrames = 1_000
const reachShare = 0.05
const fineReachFrames = 100

/** Around where the words would be if the speech went on evenly. */
export async function coarsePath(heard: Heard, said: Said, turns: Turns): Promise<Path | undefined> {
  const { loudness } = heard
  const [heardPools, saidPools] = [pooled(heard.features, pool), pooled(said.features, pool)]
  const reach = Math.ceil(Math.max(leastReachFrames, said.features.count * reachShare) / pool)
  const middles = new Int32Array(heardPools.count)
  let spoken = 0
  for (let frame = 0; frame < heard.features.count; frame++) {
    if (loudness.isSpeech(frame)) spoken++
    middles[Math.floor(frame / pool)] = Math.round((spoken / loudness.speechFrames) * saidPools.count)
  }
  const starts = new Uint8Array(saidPools.count + 1)
  said.starts.forEach((kind, frame) => {
    const at = frame === said.features.count ? saidPools.count : Math.floor(frame / pool)
    starts[at] = Math.max(starts[at]!, kind)
  })
  return cheapestPath(
    {
      heard: heardPools,
      said: saidPools,
      starts,
      silenceCosts: silenceCostsOf(loudness, pool, heardPools.count),
      band: (frame) => bandAround(middles[frame]!, reach, saidPools.count),
    },
    turns,
  )
}

export function finePath(heard: Heard, said: Said, coarse: Path, turns: Turns): Promise<Path | undefined> {
  const { count } = said.features
  const middle = (frame: number) => {
    const at = coarse.at[Math.floor(frame / pool)]!
    return (at < 0 ? -1 - at : at) * pool
  }
  return cheapestPath(
    {
      heard: heard.features,
      said: said.features,
      starts: said.starts,
      silenceCosts: silenceCostsOf(heard.loudness, 1, heard.features.count),
      band: (frame) => bandAround(middle(frame), fineReachFrames, count),
    },
    turns,
  )
}

/** The same sounds in the order in which nobody says them. */
export function backwards({ count, width, values }: Features): Features {
  const turned = new Float32Array(values.length)
  for (let frame = 0; frame < count; frame++) {
    const from = (count - 1 - frame) * width
    turned.set(values.subarray(from, from + width), frame * width)
  }
  return { count, width, values: turned }
}

const bandAround = (middle: number, reach: number, end: number) => ({
  from: Math.max(0, Math.min(end, middle) - reach),
  to: Math.min(end, middle + reach),
})

// In the unit of distances between frames: what lies on the line between quiet and speech, and each decibel above it.
const doubtCost = 4
const costPerDb = 0.4
const leastCost = 1
const mostCost = 12

function silenceCostsOf({ aboveQuietDb }: Loudness, by: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => {
    const frames = aboveQuietDb.subarray(i * by, (i + 1) * by)
    const cost = (above: number) => Math.max(leastCost, Math.min(mostCost, doubtCost + above * costPerDb))
    return frames.reduce((sum, above) => sum + cost(above), 0) / Math.max(1, frames.length)
  })
}
