import * as z from 'zod'
import { isDrawnAnew } from '../edition/plan.ts'
import { ServiceError } from '../errors.ts'
import { assetKey } from '../keys.ts'
import { firstToMake, isPassedOn, wasReplaced } from '../ladder.ts'
import { readJson } from '../once.ts'
import { have } from '../orders.ts'
import { frameSize } from '../output.ts'
import type { Illustrator, PictureBrief, VideoRecord } from '../ports.ts'
import { activeVideoOf } from '../records.ts'
import { softenByRule } from '../soften.ts'
import type { StagePorts } from '../stage.ts'
import { softening } from '../story.ts'
import { textOf } from '../words.ts'
import type { Plan } from './plan.ts'
import type { Script } from './write.ts'

export const IllustrateInput = z.object({
  videoId: z.string(),
  scriptKey: z.string(),
  planKey: z.string(),
  scene: z.int(),
})

/** Pictures are larger than the frame by the deepest zoom (core/timeline/motions.ts), so a zoom never enlarges pixels. */
const oversize = 1.125

/** What one scene shows: the user's own picture or clip, the base's picture, or one made for its prompt. */
export async function illustrate(input: z.infer<typeof IllustrateInput>, ports: StagePorts) {
  const { scene } = input
  const video = await activeVideoOf(ports.videos, input.videoId)
  const plan = (await readJson(ports.objects, input.planKey)) as Plan
  const planned = plan.scenes[scene]!
  const own = planned.clip ?? planned.picture
  if (own !== undefined) return { pictureKey: own }
  const { edition } = video
  if (edition && !isDrawnAnew(edition.scenes[scene] ?? {})) return { pictureKey: edition.base.pictureKeys[scene]! }

  const script = (await readJson(ports.objects, input.scriptKey)) as Script
  const task = { video, scene, redo: planned.redo ?? 0, ports }
  return { pictureKey: await drawnBySomebody(task, briefOf(task, plan, script)) }
}

function briefOf({ video, scene, redo }: Task, { scenes, look }: Plan, script: Script): PictureBrief {
  const { request } = video
  const { firstWord, lastWord, prompt } = scenes[scene]!
  const { width, height } = frameSize(request.format, request.resolution)
  return {
    prompt,
    text: textOf(script.words, firstWord, lastWord),
    look,
    script: script.text,
    before: scenes.slice(0, scene).map((other) => other.prompt),
    language: script.language,
    style: request.style,
    keywords: request.keywords,
    negativeKeywords: request.negativeKeywords,
    widthPx: evenUp(width * oversize),
    heightPx: evenUp(height * oversize),
    seed: (script.seed + scene + Math.imul(redo, redoStep)) >>> 0,
  }
}

/** A prime: no scene of the same video meets another one's seed. */
const redoStep = 7919

/** `redo`: how often another picture was asked for with the same prompt. */
type Task = { video: VideoRecord; scene: number; redo: number; ports: StagePorts }

/**
 * The ladder: whoever is chosen; once more with a softened prompt, when that one refuses; whoever stands in, with the
 * softened prompt; at the end somebody embedded. Gives the picture's key.
 */
async function drawnBySomebody(task: Task, brief: PictureBrief): Promise<string> {
  const { illustrators, standIns } = task.ports.providers(task.video.request.choices)
  let asked = brief
  const ask = async (illustrator: Illustrator) => {
    try {
      return await drawnBy(task, illustrator, asked)
    } catch (error) {
      if (!isRefusal(error) || asked !== brief) throw error
      asked = { ...brief, prompt: await softened(task, brief, error.message) }
      return await drawnBy(task, illustrator, asked)
    }
  }
  try {
    return await firstToMake(illustrators, ask)
  } catch (error) {
    if (!isPassedOn(error)) throw error
    return drawnBy(task, isRefusal(error) ? standIns.refused : standIns.outOfOrder, brief)
  }
}

function isRefusal(error: unknown): error is ServiceError {
  return error instanceof ServiceError && error.name === 'RefusedError'
}

async function drawnBy(task: Task, illustrator: Illustrator, brief: PictureBrief): Promise<string> {
  const { video, scene, redo, ports } = task
  const { provider, model } = illustrator
  // Services take no seed: another picture for the same request is told apart by its number, and bought once.
  const again = redo === 0 ? [] : [{ redo }]
  const key = assetKey(video.owner, 'picture', provider, model, illustrator.request(brief), ...again)
  const calls = (await ports.videos.calls(video.id)).filter((call) => call.scene === scene)
  if (wasReplaced(calls, key))
    throw new ServiceError('BrokenAnswerError', `${provider} was out of order in this video`, { charges: [] })
  await have({ kind: 'picture', by: illustrator, key, brief, video, stage: 'illustrate', scene }, ports)
  return key
}

/** By a service that writes, else by rule: a refused picture never fails for want of another prompt. */
async function softened(
  { video, scene, ports }: Task,
  { prompt, text }: PictureBrief,
  reason: string,
): Promise<string> {
  const { softeners } = ports.providers(video.request.choices)
  const brief = { prompt, text, reason }
  const byService = softeners.map((by) => async () => {
    const key = assetKey(video.owner, 'softened', by.provider, by.model, by.request(brief))
    await have({ kind: 'softened', by, key, brief, video, stage: 'illustrate', scene, about: softening }, ports)
    return (await readJson(ports.objects, key)) as string
  })
  return firstToMake([...byService, () => Promise.resolve(softenByRule(brief))], (rung) => rung())
}

function evenUp(px: number): number {
  return 2 * Math.ceil(px / 2)
}
