// The bench's film rendered once with every step written down, and its composed frames as raw files: what the floor,
// the time by part and the quality are measured on.
import { mkdir, statfs } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { SegmentTask } from '../../../render-container/render-segment.ts'
import { inChild, startChild } from '../children.ts'
import type { Painted } from '../child/paint.ts'
import type { RecordedTask } from '../child/record.ts'
import type { Minute } from '../minute/minute.ts'
import type { RawSegment } from './floor.ts'

export type Film = {
  folder: string
  tasks: RecordedTask[]
  segments: (RawSegment & { task: SegmentTask })[]
  /** All segments together. */
  painted: Painted
}

/** Throws when there is no room for the raw frames: 3.1 MB for each frame of 1080x1920, 5.6 GB a minute. */
export async function makeFilm(minute: Minute, folder: string, say: (line: string) => void): Promise<Film> {
  await mkdir(folder, { recursive: true })
  await makeSureOfRoom(minute, folder)
  say('rendering the film once, writing down every step')
  const { tasks } = await inChild('record', { minute, folder })
  const segments = tasks
    .flatMap(({ kind, input }) => (kind === 'segment' ? [input] : []))
    .toSorted((a, b) => a.firstFrame - b.firstFrame)
    .map((task, index) => ({ index, task, frameCount: task.frameCount, rawPath: join(folder, `raw-${index}.yuv`) }))
  say(`composing ${segments.length} segments again, into raw frames`)
  const waiting = [...segments]
  const lanes = Array.from({ length: availableParallelism() }, async () => {
    const child = startChild()
    const done: Painted[] = []
    for (let next = waiting.shift(); next; next = waiting.shift())
      done.push(await child.run('paint', { task: next.task, rawPath: next.rawPath }))
    await child.end()
    return done
  })
  const painted = (await Promise.all(lanes)).flat().reduce((a, b) => ({
    openMs: a.openMs + b.openMs,
    paintMs: a.paintMs + b.paintMs,
    overlayMs: a.overlayMs + b.overlayMs,
  }))
  return { folder, tasks, segments, painted }
}

async function makeSureOfRoom({ timeline }: Minute, folder: string): Promise<void> {
  const rawBytes = timeline.width * timeline.height * 1.5 * timeline.durationFrames
  const { bavail, bsize } = await statfs(folder)
  const [neededGb, freeGb] = [rawBytes * 1.1, bavail * bsize].map((bytes) => (bytes / 1e9).toFixed(1))
  if (bavail * bsize < rawBytes * 1.1)
    throw new Error(
      `the raw frames take ${neededGb} GB, ${folder} has ${freeGb} GB free; name another folder with --scratch or a shorter film with --seconds`,
    )
}
