// One attempt to make a video: the workflow with its journal, its stages in worker processes, and what happens written
// down among the video's events. The command line and the server make videos by this and nothing else.
import { ConflictError, NotFoundError } from '../core/errors.ts'
import type { VideoRecord, VideoStore } from '../core/ports.ts'
import { videoOf } from '../core/records.ts'
import { attemptOf } from '../core/submit.ts'
import { type StageEvent, stageTasks } from './tasks.ts'
import type { Workers } from './workers.ts'
import type { Journal } from './workflow/journal.ts'
import type { Workflow } from './workflow/load.ts'
import { runWorkflow } from './workflow/run.ts'

export type Maker = { videos: VideoStore; workers: Workers; workflow: Workflow; journal: Journal }

/**
 * Marks the video as running and gives the number of the attempt: the one that waits or was stopped, or, where `again`
 * is asked for, the next one after a failure. Undefined when there is nothing to run.
 */
export async function beginAttempt(
  videos: VideoStore,
  videoId: string,
  { again }: { again: boolean },
): Promise<number | undefined> {
  const video = await videoOf(videos, videoId)
  const isOver = video.status === 'failed' || video.status === 'cancelled'
  if (video.status === 'done' || (isOver && !again)) return undefined
  const latest = attemptOf(await videos.events(videoId))
  const attempt = isOver ? latest + 1 : Math.max(1, latest)
  if (attempt > latest) await videos.appendEvent(videoId, { at: new Date().toISOString(), type: 'attempt', attempt })
  if (video.status === 'running') return attempt
  try {
    // Whoever takes it from the queue goes on with it after a stop, whoever had asked for it first.
    await videos.update(videoId, video.version, {
      status: 'running',
      error: undefined,
      ...(video.status === 'queued' && { origin: undefined }),
    })
    return attempt
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    return beginAttempt(videos, videoId, { again })
  }
}

/**
 * Runs that attempt to its end, going on from wherever an earlier run of it was stopped. Throws what the workflow
 * throws (local/workflow/run.ts).
 */
export async function runAttempt(
  { videos, workers, workflow, journal }: Maker,
  { id, request }: Pick<VideoRecord, 'id' | 'request'>,
  attempt: number,
  { signal, onEvent = () => {} }: { signal: AbortSignal; onEvent?: (event: StageEvent) => void },
): Promise<void> {
  const record = recorder(videos, id)
  const { tasks, onWorkflowEvent } = stageTasks(workers, request, (event) => {
    record(event)
    onEvent(event)
  })
  // A changed document cannot go on with another one's journal; the assets are there all the same.
  const executionId = `${id}.${attempt}.${workflow.sha256.slice(0, 12)}`
  await runWorkflow(workflow, { videoId: id }, { executionId, tasks, journal, signal, onEvent: onWorkflowEvent })
}

/** Ids of videos have no dot. */
export function videoOfExecution(executionId: string): string {
  return executionId.split('.')[0]!
}

/** Who watches a video looks about once a second. */
const progressEveryMs = 1000

/** Keeps stage events among the video's own. What cannot be written down stops nothing. */
function recorder(videos: VideoStore, videoId: string): (event: StageEvent) => void {
  const lastMs = new Map<string, number>()
  return (event) => {
    if (event.type === 'progress') {
      const key = `${event.stage} ${event.scene ?? ''}`
      if (Date.now() - (lastMs.get(key) ?? 0) < progressEveryMs) return
      lastMs.set(key, Date.now())
    }
    videos.appendEvent(videoId, event).catch((error: unknown) => {
      // Deleted meanwhile; whatever else is wrong with the disk is the next stage's failure.
      if (!(error instanceof NotFoundError) && process.env.CLIPFORGE_DEBUG) process.stderr.write(`${String(error)}\n`)
    })
  }
}
