// One machine's ClipForge: the workflow document, run with a journal over a few worker processes.
import { availableParallelism } from 'node:os'
import { hashOf } from '../core/hash.ts'
import type { VideoRecord, VideoStore } from '../core/ports.ts'
import { videoOf } from '../core/records.ts'
import { newVideoId } from '../core/submit.ts'
import type { VideoRequest } from '../core/video.ts'
import { beginAttempt, runAttempt } from './attempt.ts'
import { takeLease } from './lease.ts'
import { localOwner, openQuietDatabase, openStores, type Stores } from './stores.ts'
import type { StageEvent } from './tasks.ts'
import { videoWorkflow } from './video-workflow.ts'
import { openWorkers } from './workers.ts'
import { ExecutionFailedError } from './workflow/errors.ts'
import { sqliteJournal } from './workflow/journal.ts'
import { openSqliteVideos } from '../stores/videos/sqlite.ts'

export type Runtime = Stores & {
  /** The video that this request makes: the one it made before (unless `again`), or a new one that is to be run. */
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
  const quiet = openQuietDatabase(stores.home)
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
        const attempt = await beginAttempt(videos, videoId, { again: true })
        if (attempt === undefined) return await videoOf(videos, videoId)
        const maker = { videos: openSqliteVideos(quiet), workers: pool, workflow, journal: sqliteJournal(quiet) }
        await runAttempt(maker, await videoOf(videos, videoId), attempt, { signal, onEvent })
        return await videoOf(videos, videoId)
      } catch (error) {
        throw asThrown(error)
      } finally {
        release()
      }
    },
    close: async () => {
      await pool.close()
      quiet.close()
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
  const video = {
    id: newVideoId(),
    owner: localOwner,
    createdAt: new Date().toISOString(),
    // It waits in no queue: who asks for it here makes it.
    status: 'running' as const,
    origin: 'command line' as const,
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
