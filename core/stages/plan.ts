import * as z from 'zod'
import type { Edition } from '../edition.ts'
import { editedPlan } from '../edition/plan.ts'
import { assetKey } from '../keys.ts'
import { firstToMake } from '../ladder.ts'
import { json, readJson } from '../once.ts'
import { have } from '../orders.ts'
import { frameSize } from '../output.ts'
import type { PlanBrief, Planned, VideoRecord } from '../ports.ts'
import type { SceneRequest } from '../request/scenes.ts'
import type { VideoRequest } from '../video.ts'
import type { StagePorts } from '../stage.ts'
import type { Timeline } from '../timeline.ts'
import { saidIn, type Script } from './write.ts'
import { activeVideoOf } from '../records.ts'

export const PlanInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** Scenes with what the user wishes for them; `picture` and `clip` are keys of the user's own. */
export type Plan = Omit<Planned, 'scenes'> & {
  /** `redo`: how often another picture was asked for with the same prompt. */
  scenes: (Planned['scenes'][number] & Omit<SceneRequest, 'text'> & { redo?: number })[]
}

/**
 * Divides the script into scenes, each with what its picture shows. What the user wishes for single scenes comes
 * afterwards: it changes no plan that was paid for. Of an edition the base's plan is the plan, and nobody is asked.
 */
export async function plan({ videoId, scriptKey }: z.infer<typeof PlanInput>, ports: StagePorts) {
  const video = await activeVideoOf(ports.videos, videoId)
  const script = (await readJson(ports.objects, scriptKey)) as Script
  const whole = video.edition
    ? await planOfEdition(video, video.edition, script, ports)
    : await newPlan(video, script, ports)
  const planKey = assetKey(video.owner, 'plan', whole)
  await ports.objects.put(planKey, json(whole), { contentType: 'application/json', ifAbsent: true })
  return { planKey, scenes: whole.scenes.map((_, scene) => scene) }
}

async function planOfEdition({ request }: VideoRecord, edition: Edition, script: Script, ports: StagePorts) {
  const base = await saidIn(edition.base, ports)
  const madeFor = (await readJson(ports.objects, edition.base.timelineKey)) as Timeline
  const size = frameSize(request.format, request.resolution)
  return editedPlan(base, script, edition, { request, madeFor, size })
}

async function newPlan(video: VideoRecord, script: Script, ports: StagePorts): Promise<Plan> {
  const { request, owner } = video
  const brief = briefOf(request, script)
  const planned = await firstToMake(ports.providers(request.choices).planners, async (planner) => {
    const key = assetKey(owner, 'planned', planner.provider, planner.model, planner.request(brief))
    await have({ kind: 'planned', by: planner, key, brief, video, stage: 'plan' }, ports)
    return (await readJson(ports.objects, key)) as Planned
  })
  const scenes = planned.scenes.map((scene, i) => ({ ...scene, ...ownWishes(request.scenes, i) }))
  const title = request.title ?? planned.publishing.title
  return { ...planned, scenes, publishing: { ...planned.publishing, title } }
}

function briefOf({ scenes, style, keywords, negativeKeywords }: VideoRequest, script: Script): PlanBrief {
  const { words, language, spans } = script
  return { words, language, style, keywords, negativeKeywords, sceneCount: spans?.length ?? countOf(scenes), spans }
}

function countOf(scenes: VideoRequest['scenes']): number | undefined {
  if (scenes === 'auto') return undefined
  return Array.isArray(scenes) ? scenes.length : scenes
}

function ownWishes(scenes: VideoRequest['scenes'], index: number): Omit<SceneRequest, 'text'> {
  if (!Array.isArray(scenes)) return {}
  const { text: _text, ...wishes } = scenes[index] ?? {}
  return Object.fromEntries(Object.entries(wishes).filter(([, wish]) => wish !== undefined))
}
