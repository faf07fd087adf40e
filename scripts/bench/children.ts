// The bench's own child processes, and what they and all below them cost.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Answer } from './child/main.ts'
import type { TaskKind, Tasks } from './child/tasks.ts'

export type Child = {
  process: ChildProcess
  run: <Kind extends TaskKind>(
    kind: Kind,
    input: Tasks[Kind]['input'],
    onLine?: (line: string) => void,
  ) => Promise<Tasks[Kind]['output']>
  /** Resolves when it is gone. */
  end: () => Promise<void>
}

export function startChild(): Child {
  const child = fork(fileURLToPath(new URL('child/main.ts', import.meta.url)), {
    execArgv: [],
    // As the renderer's own children have it: captions are drawn with the product's fonts alone.
    env: {
      ...process.env,
      FONTCONFIG_FILE: fileURLToPath(new URL('../../render-container/no-system-fonts.conf', import.meta.url)),
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
  })
  let words = ''
  child.stderr!.on('data', (chunk) => (words = (words + chunk).slice(-4000)))
  const gone = new Promise<void>((resolve) => {
    child.on('exit', () => resolve())
    child.on('error', () => resolve())
  })
  return {
    process: child,
    run: (kind, input, onLine) =>
      new Promise((resolve, reject) => {
        const onMessage = (answer: Answer) => {
          if ('said' in answer) return onLine?.(answer.said)
          child.off('message', onMessage)
          if ('error' in answer) reject(new Error(`${kind}: ${answer.error}`))
          else resolve(answer.output as never)
        }
        child.on('message', onMessage)
        void gone.then(() =>
          reject(new Error(`${kind}: the process ended (${child.signalCode ?? child.exitCode}) ${words}`)),
        )
        child.send({ kind, input })
      }),
    end: async () => {
      child.kill()
      await gone
    },
  }
}

/** A task in a child that is started for it and ended after it. */
export async function inChild<Kind extends TaskKind>(
  kind: Kind,
  input: Tasks[Kind]['input'],
  onLine?: (line: string) => void,
): Promise<Tasks[Kind]['output']> {
  const child = startChild()
  try {
    return await child.run(kind, input, onLine)
  } finally {
    await child.end()
  }
}
