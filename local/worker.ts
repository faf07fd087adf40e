// A child process that runs one stage at a time, as a Lambda does: when it dies, its stage is tried again and
// nothing else is harmed. It ends by itself when its parent is gone.
import { flushCompileCache } from 'node:module'
import { InputError } from '../core/errors.ts'
import { stages, type StageName } from '../core/stages.ts'
import { openHome } from './home.ts'
import { fullDiskLine, isDiskFull } from './space.ts'
import { openStagePorts } from './stage-ports.ts'

export type Call = { stage: StageName; input: unknown }
export type Answer =
  | { type: 'progress'; progress: unknown }
  | { type: 'done'; output: unknown }
  | { type: 'failed'; name: string; message: string }

// Opened with the first stage, so that what is wrong with the disk is that stage's failure.
let ports: ReturnType<typeof openStagePorts> | undefined
const parentGone = new AbortController()

process.on('disconnect', () => {
  parentGone.abort()
  setTimeout(() => process.exit(1), 500).unref()
})
// The terminal sends Ctrl-C to every process of the group; the parent decides what happens.
process.on('SIGINT', () => {})
process.on('message', (call: Call) => void run(call))
// A worker is killed in the end, and what it compiled would be lost with it.
setTimeout(flushCompileCache, 5000).unref()

async function run({ stage, input }: Call) {
  try {
    ports ??= openStagePorts(openHome(process.argv[2]!))
    const report = (progress: unknown) => send({ type: 'progress', progress })
    send({ type: 'done', output: await stages[stage](input, { ...ports, report, signal: parentGone.signal }) })
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    if (process.env.CLIPFORGE_DEBUG) process.stderr.write(`${stack}\n`)
    send({ type: 'failed', name, message: explained(error, message, { stage, input }) })
  }
}

/** An operator has to see where it went wrong; a user's mistake names its field already. */
function explained(error: unknown, message: string, { stage, input }: Call): string {
  if (error instanceof InputError) return message
  const { scene } = input as { scene?: number }
  const where = `${stage}${scene === undefined ? '' : ` of scene ${scene + 1}`}`
  return `${where}: ${isDiskFull(error) ? fullDiskLine(message) : message}`
}

function send(answer: Answer) {
  // A parent that dies between the two is no error here: 'disconnect' follows.
  if (process.connected) process.send!(answer, undefined, undefined, () => {})
}
