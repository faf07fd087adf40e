// Runs tasks in child processes. FFmpeg comes as a native addon that must not run in worker threads and may crash;
// a child that dies costs its task one retry in a new child, and then the task fails by name.
import { fork, type ChildProcess } from 'node:child_process'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { TransientError } from '../core/errors.ts'
import { revive } from './failure.ts'
import type { TaskKind, Tasks } from './tasks.ts'
import type { Reply } from './worker.ts'

export type Pool = {
  /** `doing` names the task in errors. Throws CrashError when the child died twice. */
  run: <Kind extends TaskKind>(
    kind: Kind,
    input: Tasks[Kind]['input'],
    doing: string,
    options?: TaskOptions,
  ) => Promise<Tasks[Kind]['output']>
}
type TaskOptions = {
  /** Of the tasks that wait, the one with the highest (else 0) is next. */
  priority?: number
  /** May be given a negative number: frames that a crash undid. */
  onFrames?: (frames: number) => void
  /** The child is not used again: the memory that the task leaves would come on top of the next one's. */
  endsChild?: boolean
}

/** A task's child died twice: the workflow may well try it again, and the caller without what it died of. */
export class CrashError extends TransientError {}

/** A child without work, and what it takes for each pixel of the frame: measured 395 MB at 1080x1920. */
const CHILD_BYTES = 90e6
const BYTES_PER_PIXEL = 175
const LAST_WORDS_CHARS = 2000
/**
 * Young objects of ours are few and die at once; V8 would let them fill 48 MB. And it would mark the whole heap, 12 MB, for
 * each 9 MB of pictures and packets, 28 times a minute of film: 3 % of all processor time. Now it waits for 46 MB.
 */
const NODE_FLAGS = ['--max-semi-space-size=2', '--heap-growing-percent=400']
/**
 * For glibc: what is freed goes back to the system instead of waiting for the next use. Measured at 1080x1920 with two
 * children: 520 to 534 MB for all three processes (PSS) instead of 675 to 693, in the same time.
 */
const GIVE_MEMORY_BACK = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '2000000',
  MALLOC_MMAP_THRESHOLD_: '1000000',
}

/** One child for each core, as far as the memory goes. */
export function poolSize({ width, height }: { width: number; height: number }): number {
  const childBytes = CHILD_BYTES + BYTES_PER_PIXEL * width * height
  return Math.max(1, Math.min(availableParallelism(), Math.floor(process.availableMemory() / childBytes)))
}

/**
 * Gives `use` a pool of `size` children and kills them when it is done, has thrown, or `signal` is aborted
 * (then at once, and the signal's reason is thrown). No child outlives the call.
 */
export async function withPool<Result>(
  size: number,
  signal: AbortSignal,
  use: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted()
  const children = new Set<Child>()
  const idle: Child[] = []
  const waiting: Job[] = []
  const state = { isOver: false }

  function dispatch(): void {
    while (!state.isOver && waiting.length > 0) {
      const child = idle.pop() ?? (children.size < size ? start() : undefined)
      if (!child) return
      const next = waiting.reduce((best, job, at) => (job.priority > waiting[best]!.priority ? at : best), 0)
      child.take(waiting.splice(next, 1)[0]!)
    }
  }
  function start(): Child {
    const child = startChild({
      onIdle: () => {
        idle.push(child)
        dispatch()
      },
      onDeath: (job, how) => {
        children.delete(child)
        if (idle.includes(child)) idle.splice(idle.indexOf(child), 1)
        if (job && !state.isOver) retry(job, how)
        dispatch()
      },
    })
    children.add(child)
    return child
  }
  function retry(job: Job, how: string): void {
    job.onFrames(-job.framesDone)
    if (job.attempt === 2) job.reject(new CrashError(`${job.doing}: the renderer crashed twice (${how})`))
    else waiting.unshift({ ...job, attempt: 2, framesDone: 0 })
  }
  const run: Pool['run'] = (kind, input, doing, { priority = 0, onFrames = () => {}, endsChild = false } = {}) =>
    new Promise((resolve, reject) => {
      waiting.push({
        kind,
        input,
        doing,
        priority,
        onFrames,
        endsChild,
        attempt: 1,
        framesDone: 0,
        resolve: resolve as Job['resolve'],
        reject,
      })
      dispatch()
    })

  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(signal.reason)
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([use({ run }), aborted.promise])
  } finally {
    state.isOver = true
    signal.removeEventListener('abort', onAbort)
    await Promise.all([...children].map((child) => child.kill()))
  }
}

type Job = {
  kind: TaskKind
  input: unknown
  doing: string
  priority: number
  onFrames: (frames: number) => void
  endsChild: boolean
  attempt: 1 | 2
  framesDone: number
  resolve: (output: unknown) => void
  reject: (error: Error) => void
}
type Child = { take: (job: Job) => void; kill: () => Promise<void> }
type Events = { onIdle: () => void; onDeath: (job: Job | undefined, how: string) => void }

function startChild({ onIdle, onDeath }: Events): Child {
  const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
    // Not the parent's flags: a debugger or a test runner must not come along.
    execArgv: NODE_FLAGS,
    env: {
      // Half of a child's start is stripping types; Node keeps what came out in this folder when it is told of one.
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
      ...process.env,
      ...GIVE_MEMORY_BACK,
      FONTCONFIG_FILE: fileURLToPath(new URL('no-system-fonts.conf', import.meta.url)),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let job: Job | undefined
  let lastWords = ''
  child.stderr!.on('data', (chunk) => (lastWords = (lastWords + chunk).slice(-LAST_WORDS_CHARS)))
  child.on('message', (reply: Reply) => {
    if (!job) return
    if ('framesDone' in reply) {
      job.framesDone += reply.framesDone
      job.onFrames(reply.framesDone)
      return
    }
    const finished = job
    job = undefined
    if ('error' in reply) finished.reject(revive(reply.error, finished.doing))
    else finished.resolve(reply.output)
    if (finished.endsChild) child.kill('SIGKILL')
    else onIdle()
  })
  const died = (async () => {
    const how = await whenGone(child)
    // libass complains each time that the system's fonts are hidden from it; that is meant.
    const line = lastWords
      .trim()
      .split('\n')
      .findLast((words) => !words.includes('fontconfig'))
    onDeath(job, line ? `${how}; its last words: ${line}` : how)
  })()
  return {
    take: (next) => {
      job = next
      child.send({ kind: next.kind, input: next.input }, () => {}) // a failure to send is a death, seen above
    },
    kill: () => {
      child.kill('SIGKILL')
      return died
    },
  }
}

/** How the child ended; also when it could not even start. */
function whenGone(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`))
  })
}
