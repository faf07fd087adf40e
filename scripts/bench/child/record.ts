// A render in which every task given to the renderer's children is written down, to be done again in parts.
import { join } from 'node:path'
import type { Pool } from '../../../render-container/pool.ts'
import { poolSize, withPool } from '../../../render-container/pool.ts'
import { render } from '../../../render-container/render.ts'
import { planSegments } from '../../../render-container/segments.ts'
import type { TaskKind, Tasks } from '../../../render-container/tasks.ts'
import type { Minute } from '../minute/minute.ts'
import { compositionOf } from './composition.ts'

export type RecordInput = { minute: Minute; folder: string }
export type RecordedTask = { [Kind in TaskKind]: { kind: Kind; input: Tasks[Kind]['input'] } }[TaskKind]
/** What the tasks read and write stays below `folder`. */
export type Recorded = { tasks: RecordedTask[]; videoPath: string }

export async function record({ minute, folder }: RecordInput): Promise<Recorded> {
  const composition = await compositionOf(minute, folder)
  const tasks: RecordedTask[] = []
  await withPool(poolSize(minute.timeline), new AbortController().signal, (pool) => {
    const run: Pool['run'] = (kind, input, ...more) => {
      tasks.push({ kind, input } as RecordedTask)
      return pool.run(kind, input, ...more)
    }
    return render(composition, planSegments(minute.timeline), { run }, () => {})
  })
  return { tasks, videoPath: join(composition.scratchDir, 'video.mp4') }
}
