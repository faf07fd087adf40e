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
  /** Its end, or its beginning, could not be written down: it goes on by itself as soon as that works. Told once. */
  | { type: 'paused'; message: string }
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

/** How long a video is left alone whose failure could not even be written down; on a full disk all of them are. */
const lookAwayMs = 5000

export function openEngine({ maker, db, jobs, onEvent }: Options): Engine {
  const runs = new Map<string, Run>()
  const leftAlone = new Map<string, number>()
  /** Those of which somebody was told that, and that have not come to their end since. */
  const [begun, paused] = [new Set<string>(), new Set<string>()]
  let fullUntil = 0
  let closing = false
  let looking: Promise<void> | undefined
  let lookAgain = false

  const pause = (id: string, error: unknown) => {
    if (isDiskFull(error)) fullUntil = Date.now() + lookAwayMs
    else leftAlone.set(id, Date.now() + lookAwayMs)
    if (!paused.has(id)) onEvent({ at: new Date().toISOString(), videoId: id, type: 'paused', message: lineOf(error) })
    paused.add(id)
  }
  const make = async (id: string, signal: AbortSignal, release: () => void) => {
    const onNews = (event: EngineEvent) => {
      // That it is tried again after a pause is no news.
      if (event.type !== 'started' || !begun.has(id)) onEvent(event)
      begun.add(id)
    }
    const { unwritten } = await makeVideo(maker, id, signal, onNews)
    if (unwritten === undefined) for (const told of [begun, paused]) told.delete(id)
    else pause(id, unwritten)
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
      if (closing || runs.size >= jobs || fullUntil > Date.now()) return
      if (runs.has(id) || (leftAlone.get(id) ?? 0) > Date.now()) continue
      try {
        take(id)
      } catch (error) {
        pause(id, error)
      }
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

/**
 * Never rejects: what goes wrong is written into the video's record. `unwritten`: what went wrong, where that could not
 * be written and nobody has stopped it.
 */
async function makeVideo(
  maker: Options['maker'],
  id: string,
  signal: AbortSignal,
  onEvent: Options['onEvent'],
): Promise<{ unwritten?: unknown }> {
  const startedAt = Date.now()
  const tell = (event: EngineDetail) => onEvent({ at: new Date().toISOString(), videoId: id, ...event })
  const seconds = () => (Date.now() - startedAt) / 1000
  try {
    const before = await videoOf(maker.videos, id)
    const attempt = await beginAttempt(maker.videos, id, { again: false })
    if (attempt === undefined) return {}
    tell({ type: 'started', attempt, resumed: before.status === 'running' })
    await runAttempt(maker, before, attempt, { signal })
    tell({ type: 'done', seconds: seconds() })
    return {}
  } catch (error) {
    const ended = await endBadly(maker.videos, id, error, signal)
    if (ended?.status === 'cancelled') tell({ type: 'cancelled', seconds: seconds() })
    if (ended?.status === 'failed')
      tell({ type: 'failed', seconds: seconds(), message: ended.error?.message ?? String(error) })
    const isUnwritten = ended?.status === 'queued' || ended?.status === 'running'
    return isUnwritten && !signal.aborted ? { unwritten: error } : {}
  }
}

type EngineDetail = EngineEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'at' | 'videoId'>
    : never
  : never

/**
 * The workflow's last stage records why it failed. Where it could not, or where something else went wrong, it is
 * recorded here, if that can be written: else it stays as it was. Gives the record as it is then; undefined for a video
 * that is gone.
 */
async function endBadly(
  videos: SqliteVideos,
  id: string,
  error: unknown,
  signal: AbortSignal,
): Promise<Pick<VideoRecord, 'status' | 'error'> | undefined> {
  const { name } = error instanceof Error ? error : new Error(String(error))
  const message = isDiskFull(error) ? `${lineOf(error)}, then make it again` : lineOf(error)
  try {
    const video = await videos.get(id)
    if (video?.status !== 'running' || signal.aborted) return video
    return await amend(videos, id, ({ status }) =>
      status === 'running' ? { status: 'failed', error: { name, message } } : {},
    )
  } catch {
    return { status: 'running' }
  }
}

function lineOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return isDiskFull(error) ? fullDiskLine(message) : message
}
