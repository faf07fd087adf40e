import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export const program = fileURLToPath(new URL('../../../bin/clipforge.ts', import.meta.url))

export type Printed = { type: string; stage?: string; scene?: number; [detail: string]: unknown }
export type Ended = { code: number | null; signal: string | null; events: Printed[]; stdout: string; stderr: string }

/** Runs the command line as a person would, in `home`, with `input` on standard input. */
export async function clipforge(
  args: string[],
  {
    home,
    input = '',
    onEvent,
  }: { home: string; input?: string; onEvent?: (event: Printed, child: ChildProcess) => void },
): Promise<Ended> {
  const env = { ...process.env, CLIPFORGE_HOME: home, INIT_CWD: home, NO_COLOR: '1' }
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.on('error', () => {}).end(input)
  const lines: string[] = []
  const events: Printed[] = []
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    if (!line.startsWith('{')) return
    const event = JSON.parse(line) as Printed
    events.push(event)
    onEvent?.(event, child)
  })
  const [stderr, [code, signal]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ])
  return { code, signal, events, stdout: lines.join('\n'), stderr }
}
