// The process that waits for services takes longest to get ready: their libraries are large. So the command line starts
// it before it loads the rest of itself, and workers.ts takes it over.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { availableServices } from '../providers/calls/keys.ts'
import type { Order } from './worker.ts'

let early: { child: ChildProcess; homeDir: string } | undefined

export function startEarly(homeDir: string): void {
  if (!hasServices()) return
  const child = startWorker(homeDir)
  child.send({ type: 'warm' } satisfies Order, () => {})
  // Until somebody uses it nobody waits for it; it ends with this process.
  child.unref()
  child.channel?.unref()
  early = { child, homeDir }
}

/** The one that was started for this folder, unless it has died since. */
export function takeEarly(homeDir: string): ChildProcess | undefined {
  if (early?.homeDir !== homeDir || early.child.exitCode !== null || !early.child.connected) return undefined
  const { child } = early
  early = undefined
  child.ref()
  child.channel?.ref()
  return child
}

export function startWorker(homeDir: string): ChildProcess {
  return fork(fileURLToPath(new URL('worker.ts', import.meta.url)), [homeDir], { execArgv: [] })
}

function hasServices(): boolean {
  try {
    return availableServices().length > 0
  } catch {
    // What is wrong with a key or an address is told when it is looked at for the video.
    return false
  }
}
