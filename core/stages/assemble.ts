import * as z from 'zod'
import { cuesOf } from '../captions.ts'
import { formats } from '../catalog.ts'
import { assetKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import { frameAt, timedWords, timelineOf } from '../timeline.ts'
import type { Narration } from './narrate.ts'
import type { Plan } from './plan.ts'
import type { StagePorts } from '../stage.ts'
import type { Script } from './write.ts'
import { videoOf } from '../records.ts'

export const AssembleInput = z.object({
  videoId: z.string(),
  scriptKey: z.string(),
  planKey: z.string(),
  narrationKey: z.string(),
  musicKey: z.string().nullable(),
  mood: z.string().nullable(),
  pictureKeys: z.array(z.string()),
})

const fps = 30

/** Puts words, scenes, pictures and sound on one timeline. Makes nothing, so it is the same whenever it runs. */
export async function assemble(input: z.infer<typeof AssembleInput>, { objects, videos }: StagePorts) {
  const { owner, request } = await videoOf(videos, input.videoId)
  const script = (await readJson(objects, input.scriptKey)) as Script
  const { scenes } = (await readJson(objects, input.planKey)) as Plan
  const { times, timesFrom, durationMs, speech } = (await readJson(objects, input.narrationKey)) as Narration
  const { width, height } = formats[request.format]
  const words = timedWords(script.words, times, timesFrom, fps)
  const durationFrames = frameAt(durationMs, fps)
  const timeline = timelineOf({
    title: script.title,
    language: script.language,
    width,
    height,
    fps,
    durationMs,
    seed: script.seed,
    scenes: scenes.map((scene, i) => ({ ...scene, picture: input.pictureKeys[i]! })),
    words,
    cues: cuesOf(words, { width, height, fps, durationFrames }, script.language),
    narration: speech === undefined ? undefined : { key: speech, durationMs },
    music: input.musicKey === null ? undefined : { key: input.musicKey, mood: input.mood! },
    captions: request.captions === 'none' ? undefined : { look: request.captions },
    watermark: request.watermark,
  })
  const timelineKey = assetKey(owner, 'timeline', timeline)
  await objects.put(timelineKey, json(timeline), { contentType: 'application/json', ifAbsent: true })
  return { timelineKey, durationMs: timeline.durationMs, frames: timeline.durationFrames }
}
