// What the child processes do, one handler each. FFmpeg runs only there: a crash in it costs a child, not the video.
// Each kind's code is loaded with its first task: a child that encodes need not know how to inspect.
import type { Finding } from '../core/ports.ts'
import type { CaptionsTask, DrawnCaptions } from './inspect/captions.ts'
import type { InspectPictureTask, Seen } from './inspect/picture.ts'
import type { InspectSoundTask } from './inspect/sound.ts'
import type { Group, GroupsTask } from './inspect/stretches.ts'
import type { EncoderChoice } from './encoder.ts'
import type { WantedEncoder } from './encoder-choice.ts'
import type { HlsTask } from './hls.ts'
import type { JoinTask } from './mux.ts'
import type { ClipFacts } from './media/clip-facts.ts'
import type { FontFacts } from './media/font-facts.ts'
import type { MediaTask, PreparedMedia } from './media/prepared.ts'
import type { PosterTask } from './poster.ts'
import type { PreviewTask } from './preview/preview-files.ts'
import type { RenditionTask } from './rendition.ts'
import type { SegmentTask } from './render-segment.ts'
import type { SoundFacts } from './sound/probe.ts'
import type { SoundReport, SoundTask } from './sound/master.ts'

/** Every kind of task: what goes in and what comes back, both plain data. */
export type Tasks = {
  encoder: { input: WantedEncoder; output: ChosenEncoder }
  media: { input: MediaTask; output: { prepared: PreparedMedia; notices: string[] } }
  probeClip: { input: { path: string }; output: ClipFacts }
  probePicture: { input: { path: string }; output: { widthPx: number; heightPx: number } }
  readFont: { input: { path: string }; output: FontFacts }
  segment: { input: SegmentTask; output: void }
  sound: { input: SoundTask; output: SoundReport }
  probeSound: { input: { path: string }; output: SoundFacts }
  join: { input: JoinTask; output: void }
  rendition: { input: RenditionTask; output: void }
  packageHls: { input: HlsTask; output: string[] }
  poster: { input: PosterTask; output: void }
  preview: { input: PreviewTask; output: void }
  inspectCaptions: { input: CaptionsTask; output: DrawnCaptions }
  findGroups: { input: GroupsTask; output: Group[] }
  inspectPicture: { input: InspectPictureTask; output: Seen }
  inspectSound: { input: InspectSoundTask; output: Finding[] }
}
export type TaskKind = keyof Tasks
/** `settings`: all that changes the bytes of what it encodes, for naming it. */
export type ChosenEncoder = EncoderChoice & { settings: unknown }

/** `onFrame` counts one finished frame, for the progress. */
type Handler<Kind extends TaskKind> = (
  input: Tasks[Kind]['input'],
  onFrame: () => void,
) => Promise<Tasks[Kind]['output']>

export const handlers: { [Kind in TaskKind]: Handler<Kind> } = {
  encoder: async (wanted) => {
    const [{ settingsOf }, { chooseEncoder }] = [await import('./encoder.ts'), await import('./encoder-choice.ts')]
    const choice = await chooseEncoder(wanted)
    return { ...choice, settings: settingsOf(choice) }
  },
  media: async (task) => (await import('./media/prepared.ts')).prepareMedia(task),
  probeClip: async (task) => (await import('./media/clip-facts.ts')).readClipFacts(task),
  probePicture: async ({ path }) => (await import('./media/probe.ts')).probePicture(path),
  readFont: async ({ path }) => (await import('./media/font-facts.ts')).readFontFacts(path),
  segment: async (task, onFrame) => (await import('./render-segment.ts')).renderSegment(task, onFrame),
  sound: async (task) => (await import('./sound/master.ts')).masterSound(task),
  probeSound: async (task) => (await import('./sound/probe.ts')).hearSound(task),
  join: async (task) => (await import('./mux.ts')).joinSegments(task),
  rendition: async (task) => (await import('./rendition.ts')).makeRendition(task),
  packageHls: async (task) => (await import('./hls.ts')).packageHls(task),
  poster: async (task) => (await import('./poster.ts')).makePoster(task),
  preview: async (task) => (await import('./preview/preview-files.ts')).makePreviewFiles(task),
  inspectCaptions: async (task) => (await import('./inspect/captions.ts')).inspectCaptions(task),
  findGroups: async (task) => (await import('./inspect/stretches.ts')).findGroups(task),
  inspectPicture: async (task) => (await import('./inspect/picture.ts')).inspectPicture(task),
  inspectSound: async (task) => (await import('./inspect/sound.ts')).inspectSound(task),
}
