// A child process that runs one stage at a time, as a Lambda does: when it dies, its stage is tried again and
// nothing else is harmed. It ends by itself when its parent is gone.
import { InputError } from '../core/errors.ts'
import { stages, type StageName } from '../core/stages.ts'
import { openHome } from './home.ts'
import { openStagePorts } from './stage-ports.ts'

export type Call = { stage: StageName; input: unknown }
export type Answer =
  | { type: 'progress'; progress: unknown }
  | { type: 'done'; output: unknown }
  | { type: 'failed'; name: string; message: string }

const home = openHome(process.argv[2]!)
const ports = openStagePorts(home)
const parentGone = new AbortController()

process.on('disconnect', () => {
  parentGone.abort()
  setTimeout(() => process.exit(1), 500).unref()
})
// The terminal sends Ctrl-C to every process of the group; the parent decides what happens.
process.on('SIGINT', () => {})
process.on('message', (call: Call) => void run(call))

async function run({ stage, input }: Call) {
  try {
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
  const full = (error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'the disk is full: ' : ''
  return `${stage}${scene === undefined ? '' : ` of scene ${scene + 1}`}: ${full}${message}`
}

function send(answer: Answer) {
  if (process.connected) process.send!(answer)
}
