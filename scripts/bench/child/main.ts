// A process of the bench's own, for all that must be measured apart or touches FFmpeg: takes one task after the other.
import { handlers, type TaskKind, type Tasks } from './tasks.ts'

export type Request = { kind: TaskKind; input: unknown }
export type Answer = { output: unknown } | { error: string } | { said: string }

process.on('message', (request: Request) => void perform(request))
process.on('disconnect', () => process.exit(1))

async function perform({ kind, input }: Request): Promise<void> {
  try {
    const output = await handle(kind, input as never)
    answer({ output })
  } catch (error) {
    answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
}

function handle<Kind extends TaskKind>(kind: Kind, input: Tasks[Kind]['input']) {
  return handlers[kind](input, (line) => answer({ said: line }))
}

function answer(message: Answer): void {
  if (process.connected) process.send!(message)
}
