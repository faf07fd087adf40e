// Files that were sent and never looked into: nobody knows of them, and they go after a day.
import { sweepIncoming } from '../../core/uploads/sweep.ts'
import type { ObjectStore } from '../../core/ports.ts'

const sweepEveryMs = 60 * 60 * 1000

/** Now and every hour. Gives what ends it. */
export function startSweeping(objects: ObjectStore, onError: (error: unknown) => void): () => void {
  const sweep = () => void sweepIncoming(objects, new Date()).catch(onError)
  sweep()
  const timer = setInterval(sweep, sweepEveryMs)
  return () => clearInterval(timer)
}
