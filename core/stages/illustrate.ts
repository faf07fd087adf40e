import * as z from 'zod'
import { assetKey } from '../keys.ts'
import { once, readJson } from '../once.ts'
import { frameSize } from '../output.ts'
import type { StagePorts } from '../stage.ts'
import type { Plan } from './plan.ts'
import type { Script } from './write.ts'
import { videoOf } from '../records.ts'

export const IllustrateInput = z.object({
  videoId: z.string(),
  scriptKey: z.string(),
  planKey: z.string(),
  scene: z.int(),
})

/** Pictures are larger than the frame by the deepest zoom (core/timeline/motions.ts), so a zoom never enlarges pixels. */
const oversize = 1.125

/** What one scene shows: the user's own picture or clip, or a picture made for its prompt. */
export async function illustrate(input: z.infer<typeof IllustrateInput>, ports: StagePorts) {
  const { videoId, scene } = input
  const { owner, request } = await videoOf(ports.videos, videoId)
  const { scenes } = (await readJson(ports.objects, input.planKey)) as Plan
  const planned = scenes[scene]!
  const own = planned.clip ?? planned.picture
  if (own !== undefined) return { pictureKey: own }

  const script = (await readJson(ports.objects, input.scriptKey)) as Script
  const { provider, model, make } = ports.providers.illustrator
  const { width, height } = frameSize(request.format, request.resolution)
  const brief = {
    prompt: planned.prompt,
    script: script.text,
    before: scenes.slice(0, scene).map(({ prompt }) => prompt),
    language: script.language,
    style: request.style,
    keywords: request.keywords,
    negativeKeywords: request.negativeKeywords,
    widthPx: evenUp(width * oversize),
    heightPx: evenUp(height * oversize),
    seed: (script.seed + scene) >>> 0,
  }
  const pictureKey = assetKey(owner, 'picture', provider, model, brief)
  await once(ports, { videoId, stage: 'illustrate', scene, provider, key: pictureKey }, 'image/jpeg', async () => {
    const { made, charges } = await make(brief, ports.signal)
    return { made: made.bytes, charges }
  })
  return { pictureKey }
}

function evenUp(px: number): number {
  return 2 * Math.ceil(px / 2)
}
