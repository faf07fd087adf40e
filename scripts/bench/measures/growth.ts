// How time and memory grow with the length and with the number of scenes.
import type { Media } from '../minute/minute.ts'
import { minuteOf } from '../minute/minute.ts'
import { memoryOfWhole } from './whole.ts'

export type Grown = {
  seconds: number
  scenes: number
  wallMs: number
  pssMb: number | undefined
  largestRssMb: number | undefined
}

/** By length with scenes of about 8.6 s, then by scenes in one minute. */
export const GROWTH = [
  { seconds: 30, scenes: 4 },
  { seconds: 60, scenes: 7 },
  { seconds: 180, scenes: 21 },
  { seconds: 600, scenes: 70 },
  { seconds: 60, scenes: 3 },
  { seconds: 60, scenes: 15 },
  { seconds: 60, scenes: 40 },
]

export async function measureGrowth(
  media: Media,
  { seconds, scenes }: { seconds: number; scenes: number },
  scratch: string,
): Promise<Grown> {
  const minute = await minuteOf(media, { seconds, scenes, quality: 'standard' })
  const { composed, peak } = await memoryOfWhole(minute, scratch)
  return { seconds, scenes, wallMs: composed.wallMs, pssMb: peak?.pssMb, largestRssMb: peak?.largestRssMb }
}
