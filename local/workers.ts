import type { ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'
import { setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { TransientError } from '../core/errors.ts'
import type { Progress } from '../core/stage.ts'
import type { StageName } from '../core/stages.ts'
import { startWorker, takeEarly } from './early-worker.ts'
import { type Home, scratchOf } from './home.ts'
import type { Answer, Order } from './worker.ts'

/**
 * `waits`: the stage mostly waits for a service, so it shares one process with all the others that do (and with them
 * that service's limits). The rest compute, one at a time in each process.
 */
export type StageCall = { stage: StageName; input: unknown; waits: boolean }
export type Workers = {
  /**
   * Runs a stage as soon as a worker is free. An abort ends it at once for the caller: a worker that computes is
   * killed, one that waits begins no further call. A worker that dies is a TransientError.
   */
  run: (call: StageCall, options: { signal: AbortSignal; report: (progress: Progress) => void }) => Promise<unknown>
  /** Calls to services that an abort has left under way get a moment to bring what they were paid for. */
  close: () => Promise<void>
}

type Job = StageCall & {
  id: number
  signal: AbortSignal
  report: (progress: Progress) => void
  settle: PromiseWithResolvers<unknown>
}
type Worker = { child: ChildProcess; jobs: Map<number, Job> }

const lastMomentMs = 10_000

/**
 * At most `size` processes that compute and one that waits, begun when they are first needed and used again after.
 * `niceness`: how far they step back behind whatever else runs here, from 0 to 19; what they start does, too.
 */
export function openWorkers(home: Home, size: number, { niceness = 0 } = {}): Workers {
  const queue: Job[] = []
  const computing = new Set<Worker>()
  let waiting: Worker | undefined
  let lastId = 0

  const start = (child = startWorker(home.dir)): Worker => {
    const worker: Worker = { child, jobs: new Map() }
    if (niceness > 0) stepBack(child, niceness)
    child.on('message', (answer: Answer) => take(worker, answer))
    child.once('exit', (code, killed) => bury(worker, killed ?? `exit code ${code}`))
    return worker
  }
  const bury = (worker: Worker, how: string) => {
    computing.delete(worker)
    if (waiting === worker) waiting = undefined
    rmSync(scratchOf(home.scratch, worker.child.pid!), { recursive: true, force: true })
    for (const { stage, settle } of worker.jobs.values())
      settle.reject(new TransientError(`the ${stage} process died (${how})`))
    worker.jobs.clear()
    next()
  }
  const take = (worker: Worker, answer: Answer) => {
    const job = worker.jobs.get(answer.id)
    if (!job) return
    if (answer.type === 'progress') return job.report(answer.progress as Progress)
    worker.jobs.delete(answer.id)
    if (answer.type === 'done') job.settle.resolve(answer.output)
    else job.settle.reject(Object.assign(new Error(answer.message), { name: answer.name }))
    next()
  }
  const give = (worker: Worker, job: Job) => {
    const { id, stage, input, signal, settle } = job
    worker.jobs.set(id, job)
    const onAbort = () => {
      settle.reject(signal.reason)
      if (job.waits) worker.child.send({ type: 'stop', id } satisfies Order, () => {})
      else worker.child.kill('SIGKILL')
    }
    signal.addEventListener('abort', onAbort, { once: true })
    settle.promise.catch(() => {}).finally(() => signal.removeEventListener('abort', onAbort))
    // One that has just died is told of by its exit.
    worker.child.send({ type: 'run', id, stage, input, waits: job.waits } satisfies Order, () => {})
  }
  const next = () => {
    for (
      let idle = idleOf(computing, size, () => start());
      queue.length > 0 && idle;
      idle = idleOf(computing, size, () => start())
    ) {
      const job = queue.shift()!
      if (job.signal.aborted) job.settle.reject(job.signal.reason)
      else give(idle, job)
    }
  }
  const killAll = () => {
    for (const { child, jobs } of [...computing, ...(waiting ? [waiting] : [])]) {
      // What a service has been asked for is paid for: the process brings it home and ends by itself.
      if ([...jobs.values()].some(({ waits }) => waits)) letGo(child)
      else {
        child.kill('SIGKILL')
        rmSync(scratchOf(home.scratch, child.pid!), { recursive: true, force: true })
      }
    }
  }
  // However this process ends by itself, it leaves none behind.
  process.on('exit', killAll)

  return {
    run: (call, options) => {
      options.signal.throwIfAborted()
      const job: Job = { id: ++lastId, ...call, ...options, settle: Promise.withResolvers<unknown>() }
      if (call.waits) give((waiting ??= start(takeEarly(home.dir))), job)
      else {
        queue.push(job)
        next()
      }
      return job.settle.promise
    },
    close: async () => {
      queue.length = 0
      const aborted = () => [...(waiting?.jobs.values() ?? [])].filter(({ signal }) => signal.aborted)
      for (const until = Date.now() + lastMomentMs; aborted().length > 0 && Date.now() < until;) await setTimeout(20)
      process.off('exit', killAll)
      killAll()
    },
  }
}

/** Before it has threads of its own: those that it starts from now on step back with it. */
function stepBack({ pid }: ChildProcess, niceness: number) {
  try {
    setPriority(pid!, niceness)
  } catch {
    // It is gone already, or may not: then it is as urgent as everything else.
  }
}

function letGo(child: ChildProcess) {
  if (child.connected) child.disconnect()
  child.unref()
}

function idleOf(workers: Set<Worker>, size: number, start: () => Worker): Worker | undefined {
  const idle = [...workers].find(({ jobs }) => jobs.size === 0)
  if (idle || workers.size >= size) return idle
  const fresh = start()
  workers.add(fresh)
  return fresh
}
