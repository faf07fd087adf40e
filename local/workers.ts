import { type ChildProcess, fork } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { TransientError } from '../core/errors.ts'
import type { Progress } from '../core/stage.ts'
import type { StageName } from '../core/stages.ts'
import { type Home, scratchOf } from './home.ts'
import type { Answer, Call } from './worker.ts'

export type Workers = {
  /** Runs a stage in the next free worker. An abort kills the worker at once; a worker that dies is a TransientError. */
  run: (
    stage: StageName,
    input: unknown,
    call: { signal: AbortSignal; report: (progress: Progress) => void },
  ) => Promise<unknown>
  close: () => void
}

type Job = {
  call: Call
  signal: AbortSignal
  report: (progress: Progress) => void
  settle: PromiseWithResolvers<unknown>
}

/** At most `size` child processes, begun when they are first needed and used again after. */
export function openWorkers(home: Home, size: number): Workers {
  const queue: Job[] = []
  const idle: ChildProcess[] = []
  const all = new Set<ChildProcess>()

  const next = () => {
    while (queue.length > 0 && (idle.length > 0 || all.size < size)) give(queue.shift()!, idle.pop() ?? start())
  }
  const start = () => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [home.dir], { execArgv: [] })
    all.add(child)
    child.once('exit', () => {
      all.delete(child)
      const place = idle.indexOf(child)
      if (place !== -1) idle.splice(place, 1)
      rmSync(scratchOf(home.scratch, child.pid!), { recursive: true, force: true })
      next()
    })
    return child
  }
  const give = ({ call, signal, report, settle }: Job, child: ChildProcess) => {
    const kill = () => void child.kill('SIGKILL')
    const onExit = (code: number | null, killed: NodeJS.Signals | null) => {
      signal.removeEventListener('abort', kill)
      settle.reject(
        signal.aborted
          ? signal.reason
          : new TransientError(`the ${call.stage} process died (${killed ?? `exit code ${code}`})`),
      )
    }
    const onMessage = (answer: Answer) => {
      if (answer.type === 'progress') return report(answer.progress as Progress)
      signal.removeEventListener('abort', kill)
      child.off('exit', onExit).off('message', onMessage)
      idle.push(child)
      if (answer.type === 'done') settle.resolve(answer.output)
      else settle.reject(Object.assign(new Error(answer.message), { name: answer.name }))
      next()
    }
    if (signal.aborted) {
      idle.push(child)
      return settle.reject(signal.reason)
    }
    child.on('message', onMessage).once('exit', onExit)
    signal.addEventListener('abort', kill, { once: true })
    // One that has just died is told of by its exit.
    child.send(call, () => {})
  }

  const close = () => {
    process.off('exit', close)
    queue.length = 0
    for (const child of all) {
      child.kill('SIGKILL')
      rmSync(scratchOf(home.scratch, child.pid!), { recursive: true, force: true })
    }
  }
  // However this process ends by itself, it leaves none behind.
  process.on('exit', close)

  return {
    run: (stage, input, { signal, report }) => {
      const settle = Promise.withResolvers<unknown>()
      queue.push({ call: { stage, input }, signal, report, settle })
      next()
      return settle.promise
    },
    close,
  }
}
