// A child process that runs stages, as Lambdas do: when it dies, its stages are tried again and nothing else is harmed.
// It ends by itself when its parent is gone.
import { flushCompileCache } from 'node:module'
import { BudgetError, InputError } from '../core/errors.ts'
import { stages, type StageName } from '../core/stages.ts'
import { availableServices } from '../providers/calls/keys.ts'
import { preload } from '../providers/registry.ts'
import { openHome } from './home.ts'
import { fullDiskLine, isDiskFull } from './space.ts'
import { openStagePorts } from './stage-ports.ts'

export type Call = { id: number; stage: StageName; input: unknown }
/**
 * `warm`: get ready for the calls that are to come. `stop`: start nothing new for that call; what is under way at a service is paid for, so it comes to its end.
 */
export type Order = ({ type: 'run' } & Call) | { type: 'stop'; id: number } | { type: 'warm' }
export type Answer = { id: number } & (
  | { type: 'progress'; progress: unknown }
  | { type: 'done'; output: unknown }
  | { type: 'failed'; name: string; message: string }
)

// Opened with the first stage, so that what is wrong with the disk is that stage's failure.
let ports: ReturnType<typeof openStagePorts> | undefined
const running = new Map<number, AbortController>()

process.on('disconnect', () => {
  for (const stop of running.values()) stop.abort()
  setTimeout(() => process.exit(1), 500).unref()
})
// The terminal sends Ctrl-C to every process of the group; the parent decides what happens.
process.on('SIGINT', () => {})
process.on('message', (order: Order) => {
  if (order.type === 'stop') running.get(order.id)?.abort()
  // What cannot be loaded is told by the stage that needs it.
  else if (order.type === 'warm') preload(availableServices()).catch(() => {})
  else void run(order)
})
// A worker is killed in the end, and what it compiled would be lost with it.
setTimeout(flushCompileCache, 5000).unref()

async function run({ id, stage, input }: Call) {
  const stop = new AbortController()
  running.set(id, stop)
  try {
    ports ??= openStagePorts(openHome(process.argv[2]!))
    const report = (progress: unknown) => send({ id, type: 'progress', progress })
    send({ id, type: 'done', output: await stages[stage](input, { ...ports, report, signal: stop.signal }) })
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    if (process.env.CLIPFORGE_DEBUG) process.stderr.write(`${stack}\n`)
    send({ id, type: 'failed', name, message: explained(error, message, { stage, input }) })
  } finally {
    running.delete(id)
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
