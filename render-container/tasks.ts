// What the child processes do, one handler each. FFmpeg runs only there: a crash in it costs a child, not the video.
import type { ComposeReport, Finding } from '../core/ports.ts'
import { inspectPicture, type InspectPictureTask } from './inspect/picture.ts'
import { inspectSound, type InspectSoundTask } from './inspect/sound.ts'
import { chooseEncoder } from './encoder.ts'
import { joinSegments, type JoinTask } from './mux.ts'
import { preparePicture, type PictureTask, type PreparedPicture } from './pictures.ts'
import { makePoster, type PosterTask } from './poster.ts'
import { renderSegment, type SegmentTask } from './render-segment.ts'
import { masterSound, type SoundReport, type SoundTask } from './sound/master.ts'

/** Every kind of task: what goes in and what comes back, both plain data. */
export type Tasks = {
  encoder: { input: Record<string, never>; output: Pick<ComposeReport, 'encoder' | 'encoderReason'> }
  picture: { input: PictureTask; output: PreparedPicture }
  segment: { input: SegmentTask; output: void }
  sound: { input: SoundTask; output: SoundReport }
  join: { input: JoinTask; output: void }
  poster: { input: PosterTask; output: void }
  inspectPicture: { input: InspectPictureTask; output: Finding[] }
  inspectSound: { input: InspectSoundTask; output: Finding[] }
}
export type TaskKind = keyof Tasks

/** `onFrame` counts one finished frame, for the progress. */
type Handler<Kind extends TaskKind> = (
  input: Tasks[Kind]['input'],
  onFrame: () => void,
) => Promise<Tasks[Kind]['output']>

export const handlers: { [Kind in TaskKind]: Handler<Kind> } = {
  encoder: chooseEncoder,
  picture: preparePicture,
  segment: renderSegment,
  sound: masterSound,
  join: joinSegments,
  poster: makePoster,
  inspectPicture,
  inspectSound,
}
