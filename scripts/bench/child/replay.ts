// A task of a recorded render done again, alone, to see what it takes.
import { handlers } from '../../../render-container/tasks.ts'
import type { RecordedTask } from './record.ts'
import { cpuMs } from './cpu.ts'
import { quiet } from './quiet.ts'

export type ReplayInput = RecordedTask
export type Replayed = { cpuMs: number; wallMs: number }

export async function replay({ kind, input }: ReplayInput): Promise<Replayed> {
  quiet()
  const [cpuBefore, startedAt] = [cpuMs(), performance.now()]
  await handlers[kind](input as never, () => {})
  return { cpuMs: cpuMs() - cpuBefore, wallMs: performance.now() - startedAt }
}
