import * as z from 'zod'
import { cuesOf } from '../captions.ts'
import { styles } from '../catalog.ts'
import { type Assembled, assembledEvent } from '../edition.ts'
import type { FaceData, OwnFace } from '../fonts/face.ts'
import { assetKey, faceKeyOf } from '../keys.ts'
import { json, readJson } from '../once.ts'
import { frameSize } from '../output.ts'
import { captionOptionsOf } from '../request/captions.ts'
import { cardsOf } from '../request/cards.ts'
import { ownFontOf } from '../request/uploads.ts'
import { type ClipFile, type SceneParts, timedWords, timelineOf } from '../timeline.ts'
import { framesIn } from '../timeline/frames.ts'
import type { VideoRequest } from '../video.ts'
import type { Narration } from './narrate.ts'
import type { Plan } from './plan.ts'
import type { StagePorts } from '../stage.ts'
import type { Script } from './write.ts'
import { activeVideoOf } from '../records.ts'

export const AssembleInput = z.object({
  videoId: z.string(),
  scriptKey: z.string(),
  planKey: z.string(),
  narrationKey: z.string(),
  musicKey: z.string().nullable(),
  mood: z.string().nullable(),
  pictureKeys: z.array(z.string()),
})

/**
 * Puts words, scenes, pictures and sound on one timeline. Makes nothing, so it is the same whenever it runs. What it was
 * put together from stays among the video's events: the next edition begins there.
 */
export async function assemble(input: z.infer<typeof AssembleInput>, { objects, videos, now }: StagePorts) {
  const { owner, request } = await activeVideoOf(videos, input.videoId)
  const script = (await readJson(objects, input.scriptKey)) as Script
  const { scenes, phraseEnds } = (await readJson(objects, input.planKey)) as Plan
  const { times, timesFrom, durationMs, speech } = (await readJson(objects, input.narrationKey)) as Narration
  const { title, language, seed } = script
  const { fps, codec, quality, hls, motion, soundEffects, watermark, logo } = request
  const size = frameSize(request.format, request.resolution)
  const words = timedWords(script.words, times, timesFrom, fps)
  const captions = captionOptionsOf(request, words, await ownFaceOf(request, objects))
  const timeline = timelineOf({
    title,
    language,
    ...size,
    fps,
    durationMs,
    seed,
    scenes: scenes.map((scene, index) => sceneParts(scene, input.pictureKeys[index]!, request)),
    words,
    cues: cuesOf(words, { ...size, fps, durationFrames: framesIn(durationMs, fps) }, language, captions, phraseEnds),
    narration: speech === undefined ? undefined : { key: speech },
    music: input.musicKey === null ? undefined : { key: input.musicKey, mood: input.mood! },
    transition: request.transition === 'auto' ? styles[request.style].transition : request.transition,
    motion,
    soundEffects,
    ...cardsOf(request, title),
    intro: clipFile(request.intro, request),
    outro: clipFile(request.outro, request),
    captions,
    watermark,
    logo: logo === undefined ? undefined : { key: logo },
    progressBar: progressBarOf(request),
    output: { codec, quality, hls },
  })
  const timelineKey = assetKey(owner, 'timeline', timeline)
  await objects.put(timelineKey, json(timeline), { contentType: 'application/json', ifAbsent: true })
  const { videoId, ...keys } = input
  const assembled: Assembled = { ...keys, timelineKey }
  await videos.appendEvent(videoId, { at: now().toISOString(), type: assembledEvent, ...assembled })
  return { timelineKey, durationMs: timeline.durationMs, frames: timeline.durationFrames }
}

/** What was measured when the font was uploaded. */
async function ownFaceOf(request: VideoRequest, objects: StagePorts['objects']): Promise<OwnFace | undefined> {
  const key = ownFontOf(request)
  return key === undefined ? undefined : { ...((await readJson(objects, faceKeyOf(key))) as FaceData), key }
}

function sceneParts(scene: Plan['scenes'][number], key: string, request: VideoRequest): SceneParts {
  const { firstWord, lastWord, prompt, fit, focus } = scene
  const shown = { key, fit, focus }
  if (scene.clip === undefined) {
    const isOwn = scene.picture !== undefined
    return { firstWord, lastWord, prompt, shows: { kind: 'picture', ...shown, isOwn } }
  }
  const { durationMs } = clipFile(key, request)!
  const fromMs = (scene.clipFromSeconds ?? 0) * 1000
  return { firstWord, lastWord, prompt, shows: { kind: 'clip', ...shown, durationMs, fromMs, play: scene.clipPlay } }
}

/** `write` has checked that everything needed is known of each clip. */
function clipFile(key: string | undefined, { media }: VideoRequest): ClipFile | undefined {
  return key === undefined ? undefined : { key, ...media![key]! }
}

/** The colour of the default captions' highlight. */
const barColour = '#ffd23f'

function progressBarOf({ progressBar, captions }: VideoRequest) {
  if (progressBar === false) return undefined
  const accent = typeof captions === 'string' ? undefined : captions.accent
  const { edge = 'bottom', colour = accent ?? barColour } = progressBar === true ? {} : progressBar
  return { edge, colour } as const
}
