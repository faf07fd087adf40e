// The Batch service: jobs are the container's own entry point, run as processes. A machine may be missing, or be taken
// away; then the job is tried again as its job definition says.
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Job = {
  JobName: string
  JobQueue: string
  JobDefinition: string
  ContainerOverrides?: { Command?: string[]; Environment?: { Name: string; Value: string }[] }
}
export type Ended = {
  JobId: string
  Status: 'SUCCEEDED' | 'FAILED'
  StatusReason: string
  Container: { ExitCode?: number }
}
export type JobService = {
  /** Runs the job to its end. `signal`: TerminateJob. */
  run: (job: Job, signal?: AbortSignal) => Promise<Ended>
  jobs: (Job & { ended?: Ended; attempts: number })[]
  /** No machine comes for jobs of these queues: they are cancelled, as a queue's time limit does. */
  withhold: (...queues: string[]) => void
  /** The machine of the next render is taken away as soon as that is true. */
  reclaim: (when: () => boolean) => void
  /** Jobs wait for their machine until the function is called that it gives. */
  hold: () => () => void
  running: () => number
}

const attemptsAllowed = 3
const entry = fileURLToPath(new URL('../../render-container/main.ts', import.meta.url))

export function openJobs(options: { environment: Record<string, string>; logFile: string }): JobService {
  const log = createWriteStream(options.logFile, { flags: 'a' }).setMaxListeners(0)
  const withheld = new Set<string>()
  const reclaims: (() => boolean)[] = []
  const jobs: JobService['jobs'] = []
  let running = 0
  let machines: Promise<void> = Promise.resolve()

  const attempt = async (job: Job, signal?: AbortSignal): Promise<{ code: number | null; reclaimed: boolean }> => {
    const { Command = [], Environment = [] } = job.ContainerOverrides ?? {}
    const overrides = Object.fromEntries(Environment.map(({ Name, Value }) => [Name, Value]))
    const { PATH = '', HOME = '', NODE_OPTIONS = '' } = process.env
    const env = { PATH, HOME, NODE_OPTIONS, ...options.environment, ...overrides }
    const child = spawn(process.execPath, [entry, ...Command], { env })
    let reclaimed = false
    const when = Command[0] === 'compose' ? reclaims.shift() : undefined
    const watch = setInterval(() => {
      if (!when?.() || reclaimed) return
      reclaimed = true
      child.kill('SIGTERM')
    }, 20)
    child.stdout.pipe(log, { end: false })
    child.stderr.pipe(log, { end: false })
    const stop = () => child.kill('SIGTERM')
    signal?.addEventListener('abort', stop)
    running++
    const { promise, resolve } = Promise.withResolvers<number | null>()
    child.once('exit', (code) => resolve(code))
    const code = await promise
    clearInterval(watch)
    running--
    signal?.removeEventListener('abort', stop)
    return { code, reclaimed }
  }

  return {
    jobs,
    withhold: (...queues) => {
      withheld.clear()
      for (const queue of queues) withheld.add(queue)
    },
    hold: () => {
      const held = Promise.withResolvers<void>()
      machines = held.promise
      return held.resolve
    },
    reclaim: (when) => void reclaims.push(when),
    running: () => running,
    async run(job, signal) {
      const JobId = randomUUID()
      const record: JobService['jobs'][number] = { ...job, attempts: 0 }
      jobs.push(record)
      const end = (Status: Ended['Status'], StatusReason: string, ExitCode?: number) => {
        record.ended = { JobId, Status, StatusReason, Container: ExitCode === undefined ? {} : { ExitCode } }
        return record.ended
      }
      if (withheld.has(job.JobQueue)) return end('FAILED', 'Canceled by JobStateTimeLimit: no capacity')
      await machines
      for (;;) {
        record.attempts++
        const { code, reclaimed } = await attempt(job, signal)
        if (code === 0) return end('SUCCEEDED', 'Essential container in task exited', 0)
        const again = record.attempts < attemptsAllowed && !signal?.aborted && (reclaimed || code === 75)
        const reason = reclaimed ? 'Host EC2 (instance i-0123) terminated.' : 'Essential container in task exited'
        if (!again) return end('FAILED', signal?.aborted ? 'Terminated by request' : reason, code ?? 137)
      }
    },
  }
}
