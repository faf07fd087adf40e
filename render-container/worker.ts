// The child process: takes one task after the other from its parent, and ends when the parent is gone.
import { flushCompileCache } from 'node:module'
import { Log } from 'node-av/lib'
import { AV_LOG_ERROR } from 'node-av/constants'
import { explain } from './failure.ts'
import { handlers, type TaskKind, type Tasks } from './tasks.ts'

type TaskMessage = { kind: TaskKind; input: unknown }
export type Reply = { framesDone: number } | { output: unknown } | { error: { name: string; message: string } }

const FRAMES_PER_REPORT = 5

Log.setLevel(AV_LOG_ERROR)

process.on('message', (message: TaskMessage) => void perform(message))
// Every task gives the event loop a turn between frames, so this comes through in the middle of one.
process.on('disconnect', () => process.exit(1))
// A child is killed in the end, and what it compiled would be lost with it.
setTimeout(flushCompileCache, 4000).unref()

async function perform({ kind, input }: TaskMessage): Promise<void> {
  let unreported = 0
  const onFrame = () => {
    if (++unreported < FRAMES_PER_REPORT) return
    reply({ framesDone: unreported })
    unreported = 0
  }
  try {
    const output = await handle(kind, input as never, onFrame)
    if (unreported > 0) reply({ framesDone: unreported })
    reply({ output })
  } catch (error) {
    reply({ error: explain(error) })
  }
}

function handle<Kind extends TaskKind>(kind: Kind, input: Tasks[Kind]['input'], onFrame: () => void) {
  return handlers[kind](input, onFrame)
}

function reply(message: Reply): void {
  // A parent that has just gone away takes nothing any more; 'disconnect' ends this process.
  if (process.connected) process.send!(message, undefined, undefined, () => {})
}
