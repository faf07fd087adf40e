// What a child of the bench does. Each kind's code is loaded with its first task, so that none weighs on another.
import type { WantedEncoder } from '../../../render-container/encoder-choice.ts'
import type { EncoderChoice } from '../../../render-container/encoder.ts'
import type { Composed, ComposeInput } from './compose.ts'
import type { Encoded, EncodeInput } from './encode.ts'
import type { Painted, PaintInput } from './paint.ts'
import type { Recorded, RecordInput } from './record.ts'
import type { Replayed, ReplayInput } from './replay.ts'
import type { Soaked, SoakInput } from './soak.ts'
import type { SsimInput } from './ssim.ts'

export type Tasks = {
  compose: { input: ComposeInput; output: Composed }
  record: { input: RecordInput; output: Recorded }
  chooseEncoder: { input: WantedEncoder; output: EncoderChoice }
  paint: { input: PaintInput; output: Painted }
  encode: { input: EncodeInput; output: Encoded }
  replay: { input: ReplayInput; output: Replayed }
  ssim: { input: SsimInput; output: number[] }
  soak: { input: SoakInput; output: Soaked }
  ffmpegVersion: { input: Record<string, never>; output: string }
}
export type TaskKind = keyof Tasks

type Handler<Kind extends TaskKind> = (
  input: Tasks[Kind]['input'],
  say: (line: string) => void,
) => Promise<Tasks[Kind]['output']>

export const handlers: { [Kind in TaskKind]: Handler<Kind> } = {
  compose: async (input) => (await import('./compose.ts')).composeOnce(input),
  record: async (input) => (await import('./record.ts')).record(input),
  chooseEncoder: async (input) => (await import('../../../render-container/encoder-choice.ts')).chooseEncoder(input),
  paint: async (input) => (await import('./paint.ts')).paint(input),
  encode: async (input) => (await import('./encode.ts')).encode(input),
  replay: async (input) => (await import('./replay.ts')).replay(input),
  ssim: async (input) => (await import('./ssim.ts')).ssim(input),
  soak: async (input, say) => (await import('./soak.ts')).soak(input, say),
  ffmpegVersion: async () => (await import('node-av/lib')).getFFmpegInfo().version,
}
