// The floor: the same frames through the same encoder, and nothing else. No composition can be faster.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { EncoderChoice, VideoFormat } from '../../../render-container/encoder.ts'
import { startChild, type Child } from '../children.ts'
import type { Encoded } from '../child/encode.ts'
import { endedChildrenCpuMs } from '../processes.ts'

/** One of the film's segments as raw frames in a file. */
export type RawSegment = { index: number; frameCount: number; rawPath: string }
export type FloorInput = {
  segments: RawSegment[]
  encoder: EncoderChoice
  format: VideoFormat
  /** Encoded segments are left here, as floor-<index>.mp4. */
  folder: string
  /** How many side by side. */
  encoders: number
}
/**
 * `wallMs`: from before the first process starts to the end of the last segment, less the time that was spent on
 * reading raw frames; `withReadingMs` is with it. `encodeCpuMs`: of the encoders alone, `cpuMs` of everything.
 */
export type Floor = {
  encoders: number
  wallMs: number
  withReadingMs: number
  encodeCpuMs: number
  cpuMs: number | undefined
}

export async function encodeOnly({ segments, encoder, format, folder, encoders }: FloorInput): Promise<Floor> {
  const cpuBefore = endedChildrenCpuMs()
  const startedAt = performance.now()
  // The longest first, as the renderer does it.
  const waiting = segments.toSorted((a, b) => b.frameCount - a.frameCount)
  const lanes = await Promise.all(
    Array.from({ length: encoders }, async () => {
      const child = startChild()
      const done: Encoded[] = []
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const { index, frameCount, rawPath } = next
        done.push(await child.run('encode', { encoder, format, frameCount, rawPath, path: encodedPath(folder, index) }))
      }
      return { child, done, endedAt: performance.now() }
    }),
  )
  await Promise.all(lanes.map(({ child }: { child: Child }) => child.end()))
  const sum = (of: (encoded: Encoded) => number, done: Encoded[]) => done.reduce((total, each) => total + of(each), 0)
  const cpuAfter = endedChildrenCpuMs()
  return {
    encoders,
    wallMs: Math.max(...lanes.map(({ done, endedAt }) => endedAt - startedAt - sum(({ readMs }) => readMs, done))),
    withReadingMs: Math.max(...lanes.map(({ endedAt }) => endedAt - startedAt)),
    encodeCpuMs: lanes.reduce((total, { done }) => total + sum(({ encodeCpuMs }) => encodeCpuMs, done), 0),
    cpuMs: cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore,
  }
}

export function encodedPath(folder: string, segment: number): string {
  return join(folder, `floor-${segment}.mp4`)
}

/** 1, 2, 4 … and as many as there are cores. */
export function encoderCounts(): number[] {
  const cores = availableParallelism()
  const counts: number[] = []
  for (let count = 1; count < cores; count *= 2) counts.push(count)
  return [...counts, cores]
}
