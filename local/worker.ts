// A child process that runs stages, as Lambdas do: when it dies, its stages are tried again and nothing else is harmed.
// It ends by itself when its parent is gone, once it has what a service was asked for.
import { closeSync, openSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { devNull } from 'node:os'
import { BudgetError, InputError } from '../core/errors.ts'
import type { StagePorts } from '../core/stage.ts'
import { stages, type StageName } from '../core/stages.ts'
import { availableServices } from '../providers/calls/keys.ts'
import { preload } from '../providers/registry.ts'
import { type CallLeases, callLeases } from './call-leases.ts'
import { openHome } from './home.ts'
import { fullDiskLine, isDiskFull } from './space.ts'
import { openStagePorts } from './stage-ports.ts'

/** `waits`: it mostly waits for a service, and what that service was asked for is paid for. */
export type Call = { id: number; stage: StageName; input: unknown; waits: boolean }
/**
 * `warm`: get ready for the calls that are to come. `stop`: start nothing new for that call; what is under way at a service is paid for, so it comes to its end.
 */
export type Order = ({ type: 'run' } & Call) | { type: 'stop'; id: number } | { type: 'warm' }
export type Answer = { id: number } & (
  | { type: 'progress'; progress: unknown }
  | { type: 'done'; output: unknown }
  | { type: 'failed'; name: string; message: string }
)

/** The longest that a service is waited for when nobody waits for the answer any more. */
const lastCallMs = 300_000

// Opened with the first stage, so that what is wrong with the disk is that stage's failure.
let opened: { ports: Omit<StagePorts, 'report' | 'signal'>; callsOf: CallLeases } | undefined
const running = new Map<number, { stop: AbortController; waits: boolean }>()

process.on('disconnect', () => {
  for (const { stop } of running.values()) stop.abort()
  releaseOutput()
  setTimeout(() => process.exit(1), lastCallMs).unref()
  endWhenNothingWaits()
})
// The terminal sends Ctrl-C to every process of the group, as others do with SIGTERM; the parent decides what happens.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
process.on('message', (order: Order) => {
  if (order.type === 'stop') running.get(order.id)?.stop.abort()
  // What cannot be loaded is told by the stage that needs it.
  else if (order.type === 'warm') preload(availableServices()).catch(() => {})
  else void run(order)
})
// A worker is killed in the end, and what it compiled would be lost with it.
setTimeout(flushCompileCache, 5000).unref()

async function run({ id, stage, input, waits }: Call) {
  const stop = new AbortController()
  running.set(id, { stop, waits })
  let release: (() => void) | undefined
  try {
    opened ??= open()
    const { ports, callsOf } = opened
    if (waits) release = await callsOf((input as { videoId: string }).videoId, stop.signal)
    const report = (progress: unknown) => send({ id, type: 'progress', progress })
    send({ id, type: 'done', output: await stages[stage](input, { ...ports, report, signal: stop.signal }) })
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    if (process.env.CLIPFORGE_DEBUG) process.stderr.write(`${stack}\n`)
    send({ id, type: 'failed', name, message: explained(error, message, { stage, input }) })
  } finally {
    release?.()
    running.delete(id)
    if (!process.connected) endWhenNothingWaits()
  }
}

function open() {
  const { db, ...ports } = openStagePorts(openHome(process.argv[2]!))
  return { ports, callsOf: callLeases(db) }
}

function endWhenNothingWaits() {
  if (![...running.values()].some(({ waits }) => waits)) process.exit(1)
}

/** Whoever reads what this process's parent prints is not kept waiting for the end of it by the child. */
function releaseOutput() {
  for (const descriptor of [1, 2]) {
    try {
      closeSync(descriptor)
      openSync(devNull, 'w')
    } catch {
      // It was closed before.
    }
  }
}

/** An operator has to see where it went wrong; a user's mistake names its field already. */
function explained(error: unknown, message: string, { stage, input }: Pick<Call, 'stage' | 'input'>): string {
  if (error instanceof InputError || error instanceof BudgetError) return message
  const { scene } = input as { scene?: number }
  const where = `${stage}${scene === undefined ? '' : ` of scene ${scene + 1}`}`
  return `${where}: ${isDiskFull(error) ? fullDiskLine(message) : message}`
}

function send(answer: Answer) {
  // A parent that dies between the two is no error here: 'disconnect' follows.
  if (process.connected) process.send!(answer, undefined, undefined, () => {})
}
