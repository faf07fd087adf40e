/** All waiting between tries goes through here, so that a test can shorten it and see it. Milliseconds. */
export const clock = {
  timer: (run: () => void, ms: number): NodeJS.Timeout => setTimeout(run, ms),
  /** From 0 up to, not including, 1. */
  random: (): number => Math.random(),
}

/** Throws the signal's reason as soon as it fires. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const { promise, resolve } = Promise.withResolvers<void>()
  const done = () => resolve()
  const timer = clock.timer(done, ms)
  signal.addEventListener('abort', done, { once: true })
  await promise
  signal.removeEventListener('abort', done)
  clearTimeout(timer)
  signal.throwIfAborted()
}
