// A process that has the SDK's thread, tells what happens, and has to end by itself.
import { Worker } from 'node:worker_threads'
import { ask, preload, ready } from '../../../providers/elevenlabs/client.ts'
import { sortError } from '../../../providers/elevenlabs/failures.ts'

const doing: Record<string, () => unknown> = {
  load: async () => {
    let latestMs = 0
    let lastMs = performance.now()
    const timer = setInterval(() => {
      const nowMs = performance.now()
      latestMs = Math.max(latestMs, nowMs - lastMs)
      lastMs = nowMs
    }, 10)
    await ready()
    clearInterval(timer)
    return { latestMs }
  },
  ask: models,
  preload: () => preload(),
  survive: async () => {
    const threads = seen()
    await ready()
    const asked = models()
    setTimeout(() => void threads[0]!.terminate(), 200)
    return { ...(await failure(asked)), ...(await models()) }
  },
  fail: () => {
    process.env.NODE_OPTIONS += ' --import=data:text/javascript,throw(Error("no"))'
    return failure(ready())
  },
}

const told = await doing[process.argv[2]!]!()
if (told) process.send!(told)

async function models() {
  const reply = await ask('models', {}, new AbortController().signal)
  return { models: 'answer' in reply ? reply.answer : [] }
}

async function failure(asked: Promise<unknown>) {
  const error = await asked.then(
    () => undefined,
    (it: unknown) => sortError(it),
  )
  return { failed: error && { name: error.name, message: error.message, charges: error.charges ?? null } }
}

/** The threads that are started from now on. */
function seen(): Worker[] {
  const threads: Worker[] = []
  process.on('worker', (thread: Worker) => threads.push(thread))
  return threads
}
