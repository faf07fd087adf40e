// How near the encoded film is to its composed frames, at each quality.
import { readFile, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import type { QualityId } from '../../../core/output.ts'
import { qualities } from '../../../core/output.ts'
import { inChild, startChild } from '../children.ts'
import type { Film } from './film.ts'
import { encodedPath, encodeOnly } from './floor.ts'

/** `ssim`: the mean over all frames; `lowestSsim`: of the worst frame. `floorMs`: to encode alone. */
export type Quality = {
  quality: QualityId
  encoder: string
  ssim: number
  lowestSsim: number
  megabytes: number
  floorMs: number
}

export async function measureQuality(film: Film, quality: QualityId, encoders: number): Promise<Quality> {
  const { format } = film.segments[0]!.task
  const encoder = await inChild('chooseEncoder', { codec: 'h264', quality, format })
  const { wallMs } = await encodeOnly({ segments: film.segments, encoder, format, folder: film.folder, encoders })
  const values = await ssimOf(film)
  const sizes = await Promise.all(film.segments.map(({ index }) => stat(encodedPath(film.folder, index))))
  return {
    quality,
    encoder: encoder.name,
    ssim: values.reduce((sum, value) => sum + value, 0) / values.length,
    lowestSsim: Math.min(...values),
    megabytes: sizes.reduce((sum, { size }) => sum + size, 0) / 1e6,
    floorMs: wallMs,
  }
}

export const allQualities = Object.keys(qualities) as QualityId[]

async function ssimOf({ folder, segments }: Film): Promise<number[]> {
  const waiting = [...segments]
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    const child = startChild()
    const values: number[] = []
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { index, rawPath, frameCount, task } = next
      const found = await child.run('ssim', { path: encodedPath(folder, index), rawPath, format: task.format })
      if (found.length !== frameCount)
        throw new Error(`segment ${index}: ${found.length} frames compared, not ${frameCount}`)
      values.push(...found)
    }
    await child.end()
    return values
  })
  return (await Promise.all(lanes)).flat()
}

/** How many of the floor's segments are byte for byte those of the composition: proof that both did the same. */
export async function identicalSegments({ folder, segments }: Film): Promise<number> {
  const same = await Promise.all(
    segments.map(async ({ index, task }) =>
      (await readFile(task.path)).equals(await readFile(encodedPath(folder, index))),
    ),
  )
  return same.filter(Boolean).length
}
