import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { EngineEvent } from './engine.ts'
import type { EngineAnswer, EngineOptions, EngineOrder } from './thread.ts'

export type EngineThread = {
  look: () => void
  /** Resolves once nothing of the video runs any more in this process. */
  stop: (videoId: string) => Promise<void>
  /** Gives the videos that were being made; they are gone on with at the next start. */
  close: () => Promise<string[]>
}

/** While one video waits for a service another one can be rendered, also on one core. */
export function usualJobs(): number {
  return Math.max(2, availableParallelism())
}

/** How long after it broke the engine is begun anew. */
const restartMs = 1000

/** The engine in a thread of its own, begun anew should it break. Rejects when it cannot begin. */
export async function startEngine(
  options: Omit<EngineOptions, 'workers'>,
  { onEvent, onError }: { onEvent: (event: EngineEvent) => void; onError: (error: unknown) => void },
): Promise<EngineThread> {
  const asked = new Map<number, (running: string[]) => void>()
  let lastAsk = 0
  let closing = false
  let thread: Worker

  const begin = () =>
    new Promise<void>((resolve, reject) => {
      const workerData: EngineOptions = { ...options, workers: availableParallelism() }
      thread = new Worker(new URL('thread.ts', import.meta.url), { workerData })
      thread.on('message', (answer: EngineAnswer) => {
        if (answer.type === 'ready') resolve()
        else if (answer.type === 'event') onEvent(answer.event)
        else settle(answer.ask, answer.running)
      })
      thread.on('error', (error) => {
        reject(error)
        onError(error)
      })
      thread.on('exit', () => {
        // What runs in no thread has stopped.
        for (const ask of asked.keys()) settle(ask, [])
        if (!closing) setTimeout(() => void begin().catch(() => {}), restartMs)
      })
    })
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const send = (order: EngineOrder) => thread.postMessage(order)
  const settle = (ask: number, running: string[]) => {
    asked.get(ask)?.(running)
    asked.delete(ask)
  }
  const ask = (order: { type: 'stop'; videoId: string } | { type: 'close' }) =>
    new Promise<string[]>((resolve) => {
      asked.set(++lastAsk, resolve)
      send({ ...order, ask: lastAsk })
    })

  await begin()
  return {
    look: () => send({ type: 'look' }),
    stop: async (videoId) => void (await ask({ type: 'stop', videoId })),
    close: async () => {
      closing = true
      const running = await ask({ type: 'close' })
      await thread.terminate()
      return running
    },
  }
}
