// Makes the accepted videos, oldest first, a few at once. The queue is the table of videos itself, so that nothing that
// was accepted is ever lost; a lease keeps every other process away from a video that is being made.
import type { DatabaseSync } from 'node:sqlite'
import { ConflictError } from '../../core/errors.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { amend, videoOf } from '../../core/records.ts'
import type { SqliteVideos } from '../../stores/videos/sqlite.ts'
import { beginAttempt, type Maker, runAttempt } from '../attempt.ts'
import { takeLease } from '../lease.ts'
import { fullDiskLine, isDiskFull } from '../space.ts'
import { nextVideos } from './next-videos.ts'

/** What a person who watches the server is told. `seconds`: of this run. */
export type EngineEvent = { at: string; videoId: string } & (
  | { type: 'started'; attempt: number; resumed: boolean }
  | { type: 'done' | 'cancelled'; seconds: number }
  | { type: 'failed'; seconds: number; message: string }
)

export type Engine = {
  /** There may be something new in the queue. */
  look: () => void
  /** Ends the making of a video and resolves once nothing of it runs any more in this process. */
  stop: (videoId: string) => Promise<void>
  /** The videos that are being made here. */
  running: () => string[]
  /** Takes nothing more and stops what runs, to be gone on with at the next start. */
  close: () => Promise<void>
}

type Options = {
  maker: Omit<Maker, 'videos'> & { videos: SqliteVideos }
  db: DatabaseSync
  /** How many videos at once. */
  jobs: number
  onEvent: (event: EngineEvent) => void
}
type Run = { stop: AbortController; over: Promise<void> }

/** How often it is looked for what other processes accepted, cancelled or left behind. */
const lookEveryMs = 1000

/** How long a video is left alone whose failure could not even be written down, on a full disk say. */
const lookAwayMs = 5000

export function openEngine({ maker, db, jobs, onEvent }: Options): Engine {
  const runs = new Map<string, Run>()
  const leftAlone = new Map<string, number>()
  let closing = false
  let looking: Promise<void> | undefined
  let lookAgain = false

  const make = async (id: string, signal: AbortSignal, release: () => void) => {
    const isOver = await makeVideo(maker, id, signal, onEvent)
    if (!isOver) leftAlone.set(id, Date.now() + lookAwayMs)
    release()
    runs.delete(id)
    look()
  }
  const take = (id: string) => {
    const release = leaseOf(db, id)
    if (!release) return
    leftAlone.delete(id)
    const stop = new AbortController()
    runs.set(id, { stop, over: make(id, stop.signal, release) })
  }
  const fill = async () => {
    await stopCancelled(maker.videos, runs)
    for await (const id of nextVideos(maker.videos)) {
      if (closing || runs.size >= jobs) return
      if (!runs.has(id) && (leftAlone.get(id) ?? 0) <= Date.now()) take(id)
    }
  }
  /** One look at a time; what happens meanwhile is looked at right after. */
  const look = () => {
    if (closing) return
    lookAgain = true
    looking ??= (async () => {
      for (; lookAgain; await fill().catch(() => {})) lookAgain = false
      looking = undefined
    })()
  }
  const timer = setInterval(look, lookEveryMs)
  look()

  return {
    look,
    stop: async (videoId) => {
      const run = runs.get(videoId)
      run?.stop.abort(new Error('cancelled'))
      await run?.over
    },
    running: () => [...runs.keys()],
    close: async () => {
      closing = true
      clearInterval(timer)
      await looking
      for (const { stop } of runs.values()) stop.abort(new Error('the server ends'))
      const all = Promise.all([...runs.values()].map(({ over }) => over))
      await maker.workers.close()
      await all
    },
  }
}

/** Undefined while another process makes it. */
function leaseOf(db: DatabaseSync, videoId: string): (() => void) | undefined {
  try {
    return takeLease(db, videoId)
  } catch (error) {
    if (error instanceof ConflictError) return undefined
    throw error
  }
}

/** Other processes cancel and delete in the table alone. */
async function stopCancelled(videos: SqliteVideos, runs: Map<string, Run>): Promise<void> {
  for (const [id, { stop }] of runs) {
    const video = await videos.get(id)
    if (!video || video.status === 'cancelled') stop.abort(new Error('cancelled'))
  }
}

/** Never rejects: what goes wrong is written into the video's record. Gives whether that says now how it ended. */
async function makeVideo(
  maker: Options['maker'],
  id: string,
  signal: AbortSignal,
  onEvent: Options['onEvent'],
): Promise<boolean> {
  const startedAt = Date.now()
  const tell = (event: EngineDetail) => onEvent({ at: new Date().toISOString(), videoId: id, ...event })
  const seconds = () => (Date.now() - startedAt) / 1000
  try {
    const before = await videoOf(maker.videos, id)
    const attempt = await beginAttempt(maker.videos, id, { again: false })
    if (attempt === undefined) return true
    tell({ type: 'started', attempt, resumed: before.status === 'running' })
    await runAttempt(maker, before, attempt, { signal })
    tell({ type: 'done', seconds: seconds() })
    return true
  } catch (error) {
    const ended = await endBadly(maker.videos, id, error, signal)
    if (ended?.status === 'cancelled') tell({ type: 'cancelled', seconds: seconds() })
    if (ended?.status === 'failed')
      tell({ type: 'failed', seconds: seconds(), message: ended.error?.message ?? String(error) })
    return signal.aborted || (ended !== undefined && ended.status !== 'queued')
  }
}

type EngineDetail = EngineEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'at' | 'videoId'>
    : never
  : never

/**
 * The workflow's last stage records why it failed. Where it could not, or where something else went wrong, it is
 * recorded here. Gives the record as it is then; undefined for a video that is gone, or that is only paused.
 */
async function endBadly(
  videos: SqliteVideos,
  id: string,
  error: unknown,
  signal: AbortSignal,
): Promise<VideoRecord | undefined> {
  try {
    const video = await videos.get(id)
    if (video?.status !== 'running' || signal.aborted) return video?.status === 'running' ? undefined : video
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    const told = isDiskFull(error) ? `${fullDiskLine(message)}, then make it again` : message
    return await amend(videos, id, ({ status }) =>
      status === 'running' ? { status: 'failed', error: { name, message: told } } : {},
    )
  } catch {
    // Not even that could be written: it stays 'running', and the next look takes it up again.
    return undefined
  }
}
