// The engine's own thread: writing the journal to a busy disk never keeps a request waiting.
import { parentPort, workerData } from 'node:worker_threads'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openHome } from '../home.ts'
import { sweepLeftOvers } from '../left-overs.ts'
import { dropOwnLeases } from '../lease.ts'
import { openQuietDatabase } from '../stores.ts'
import { videoWorkflow } from '../video-workflow.ts'
import { openWorkers } from '../workers.ts'
import { sqliteJournal } from '../workflow/journal.ts'
import { type EngineEvent, openEngine } from './engine.ts'

export type EngineOptions = { homeDir: string; jobs: number; workers: number }
/** `ask` names the question that an answer belongs to. */
export type EngineOrder =
  | { type: 'look' }
  | { type: 'stop'; ask: number; videoId: string }
  | { type: 'close'; ask: number }
export type EngineAnswer =
  | { type: 'ready' }
  | { type: 'event'; event: EngineEvent }
  | { type: 'answer'; ask: number; running: string[] }

/**
 * Requests are answered first: what makes videos takes the time that is left. With 200 requests a second, the slowest of a
 * hundred took 13 to 15 ms at 15, and 14 to 35 ms at 10, on two cores that both render.
 */
const niceness = 15

const { homeDir, jobs, workers: size } = workerData as EngineOptions
const home = openHome(homeDir)
const db = openQuietDatabase(home)
// A thread that died has left them behind; its processes are gone with it.
dropOwnLeases(db)
const videos = openSqliteVideos(db)
// Before anything is made that could use what goes. What cannot be swept now is swept at another start.
await sweepLeftOvers({ db, videos, objects: openDiskObjects({ dir: home.objects, db }) }, new Date()).catch(() => {})
const engine = openEngine({
  maker: {
    videos,
    workers: openWorkers(home, size, { niceness }),
    workflow: videoWorkflow(),
    journal: sqliteJournal(db),
  },
  db,
  jobs,
  onEvent: (event) => tell({ type: 'event', event }),
})

parentPort!.on('message', (order: EngineOrder) => {
  if (order.type === 'look') engine.look()
  else void obey(order)
})
tell({ type: 'ready' })

async function obey(order: Exclude<EngineOrder, { type: 'look' }>) {
  const running = engine.running()
  if (order.type === 'stop') await engine.stop(order.videoId)
  else await engine.close()
  tell({ type: 'answer', ask: order.ask, running })
}

function tell(answer: EngineAnswer) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort!.postMessage(answer)
}
