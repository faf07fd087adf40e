// Where the time goes: processor time of each part of the composition, each measured alone.
import { startChild } from '../children.ts'
import type { RecordedTask } from '../child/record.ts'
import type { Film } from './film.ts'

/** CPU milliseconds of all its work together. */
export type PartTime = { part: string; cpuMs: number }

const REPLAYED = {
  encoder: 'probing for an encoder',
  media: 'preparing the pictures',
  sound: 'the sound',
  poster: 'the poster',
  join: 'joining',
} as const satisfies Partial<Record<RecordedTask['kind'], string>>

/** `encodeCpuMs` is the floor's: the segments' encoders did the same on the same frames. */
export async function timeByPart({ tasks, painted }: Film, encodeCpuMs: number): Promise<PartTime[]> {
  const times: PartTime[] = [
    { part: 'encoding', cpuMs: encodeCpuMs },
    { part: 'painting (motion, transitions)', cpuMs: painted.paintMs },
    { part: 'captions and overlays', cpuMs: painted.overlayMs },
    { part: 'opening each segment', cpuMs: painted.openMs },
  ]
  // In one process: the first of a kind also loads its code, as in a render.
  const child = startChild()
  for (const [kind, part] of Object.entries(REPLAYED)) {
    let cpuMs = 0
    for (const task of tasks.filter((each) => each.kind === kind)) cpuMs += (await child.run('replay', task)).cpuMs
    times.push({ part, cpuMs })
  }
  await child.end()
  return times
}
