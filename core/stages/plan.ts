import * as z from 'zod'
import { assetKey } from '../keys.ts'
import { json, once, readJson } from '../once.ts'
import type { PlannedScene } from '../ports.ts'
import type { SceneRequest } from '../request/scenes.ts'
import type { VideoRequest } from '../video.ts'
import { textOf } from '../words.ts'
import type { StagePorts } from '../stage.ts'
import type { Script } from './write.ts'
import { videoOf } from '../records.ts'

export const PlanInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** A scene with what the user wishes for it; `picture` and `clip` are keys of the user's own. */
export type Plan = { scenes: (PlannedScene & Omit<SceneRequest, 'text'>)[] }

/** Divides the script into scenes, each with what its picture shows. */
export async function plan({ videoId, scriptKey }: z.infer<typeof PlanInput>, ports: StagePorts) {
  const { owner, request } = await videoOf(ports.videos, videoId)
  const script = (await readJson(ports.objects, scriptKey)) as Script
  const { provider, model, make } = ports.providers.planner
  const { style, keywords, negativeKeywords, scenes } = request
  const planKey = assetKey(owner, 'plan', provider, model, { scriptKey, style, keywords, negativeKeywords, scenes })
  await once(ports, { videoId, stage: 'plan', provider, key: planKey }, 'application/json', async () => {
    const { words, language, spans } = script
    const brief = { words, language, style, keywords, negativeKeywords, sceneCount: spans?.length ?? countOf(scenes) }
    const { made, charges } = await make(brief, ports.signal)
    const planned = spans
      ? spans.map((span) => ({ ...span, prompt: textOf(words, span.firstWord, span.lastWord) }))
      : made
    return { made: json({ scenes: planned.map((scene, i) => ({ ...scene, ...ownWishes(scenes, i) })) }), charges }
  })
  const { scenes: planned } = (await readJson(ports.objects, planKey)) as Plan
  return { planKey, scenes: planned.map((_, scene) => scene) }
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
