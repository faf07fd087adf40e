// One machine's ClipForge: the workflow document, run with a journal over a few worker processes.
import { randomBytes } from 'node:crypto'
import { availableParallelism } from 'node:os'
import { hashOf } from '../core/hash.ts'
import type { VideoRecord, VideoStore } from '../core/ports.ts'
import { amend, videoOf } from '../core/records.ts'
import type { VideoRequest } from '../core/video.ts'
import { videoWorkflow } from './video-workflow.ts'
import { takeLease } from './lease.ts'
import { localOwner, openStores, type Stores } from './stores.ts'
import { type StageEvent, stageTasks } from './tasks.ts'
import { openWorkers } from './workers.ts'
import { ExecutionFailedError } from './workflow/errors.ts'
import { sqliteJournal } from './workflow/journal.ts'
import type { Workflow } from './workflow/load.ts'
import { runWorkflow } from './workflow/run.ts'

export type Runtime = Stores & {
  /** The video that this request makes: the one it made before (unless `again`), or a new one that waits to be run. */
  create: (request: VideoRequest, options?: CreateOptions) => Promise<VideoRecord>
  /** Whether it is this request that made that video. */
  isOf: (videoId: string, request: VideoRequest) => Promise<boolean>
  /** Makes the video, going on from wherever an earlier run was stopped. Throws what made it fail. */
  run: (videoId: string, onEvent: (event: StageEvent) => void, signal: AbortSignal) => Promise<VideoRecord>
  close: () => Promise<void>
}

/** `notices`: what the user ought to know from the beginning. `again`: make it anew although it was made before. */
type CreateOptions = { notices?: string[]; again?: boolean }

/** Part of what makes two requests the same, so that a better ClipForge makes a new video of an old request. */
const productVersion = 2

export function openRuntime({ dir, workers = availableParallelism() }: { dir: string; workers?: number }): Runtime {
  const stores = openStores(dir)
  const { db, videos } = stores
  const pool = openWorkers(stores.home, workers)
  const workflow = videoWorkflow()
  return {
    ...stores,
    create: (request, options) => create(videos, request, options),
    isOf: async (videoId, request) => {
      const video = await videos.get(videoId)
      return video !== undefined && identityOf(video.request) === identityOf(request)
    },
    run: async (videoId, onEvent, signal) => {
      const release = takeLease(db, videoId)
      try {
        const executionId = await beginAttempt(videos, videoId, workflow)
        if (executionId === undefined) return await videoOf(videos, videoId)
        const { tasks, onWorkflowEvent } = stageTasks(pool, (await videoOf(videos, videoId)).request, onEvent)
        await runWorkflow(
          workflow,
          { videoId },
          { executionId, tasks, journal: sqliteJournal(db), signal, onEvent: onWorkflowEvent },
        )
        return await videoOf(videos, videoId)
      } catch (error) {
        throw asThrown(error)
      } finally {
        release()
      }
    },
    close: async () => {
      await pool.close()
      db.close()
    },
  }
}

/** What made the workflow fail, under the name that the stage gave it. */
function asThrown(error: unknown): unknown {
  if (!(error instanceof ExecutionFailedError)) return error
  return Object.assign(new Error(error.causeText, { cause: error }), { name: error.error })
}

async function create(
  videos: VideoStore,
  request: VideoRequest,
  { notices = [], again = false }: CreateOptions = {},
): Promise<VideoRecord> {
  const id = `vid_${randomBytes(16).toString('base64url')}`
  const video = {
    id,
    owner: localOwner,
    createdAt: new Date().toISOString(),
    status: 'queued' as const,
    request,
    notices: [
      ...notices,
      ...(request.webhookUrl ? ['webhookUrl: the command line calls no webhook; the server does'] : []),
    ],
  }
  return videos.create(video, again ? undefined : identityOf(request))
}

/** What makes two requests one. */
function identityOf(request: VideoRequest): string {
  return hashOf(productVersion, request)
}

/**
 * Names the execution to run: the one that was stopped, or a new one after a failure (the assets of the failed one
 * are all there still). Gives undefined when the video is done.
 */
async function beginAttempt(videos: VideoStore, videoId: string, workflow: Workflow): Promise<string | undefined> {
  const { status } = await videoOf(videos, videoId)
  if (status === 'done') return undefined
  if (status !== 'running') {
    await videos.appendEvent(videoId, { at: new Date().toISOString(), type: 'attempt' })
    await amend(videos, videoId, () => ({ status: 'running', error: undefined }))
  }
  const attempts = (await videos.events(videoId)).filter(({ type }) => type === 'attempt').length
  // A changed document cannot go on with another one's journal; the assets are there all the same.
  return `${videoId}.${attempts}.${workflow.sha256.slice(0, 12)}`
}
