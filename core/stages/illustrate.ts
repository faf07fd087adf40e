import * as z from 'zod'
import { formats } from '../catalog.ts'
import { InputError } from '../errors.ts'
import { assetKey, uploadPrefix } from '../keys.ts'
import { once, readJson } from '../once.ts'
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

/** Pictures are larger than the frame by the deepest zoom (core/timeline.ts), so a zoom never enlarges pixels. */
const oversize = 1.125

/** One scene's picture: the user's own, or one made for its prompt. */
export async function illustrate(input: z.infer<typeof IllustrateInput>, ports: StagePorts) {
  const { videoId, scene } = input
  const { owner, request } = await videoOf(ports.videos, videoId)
  const script = (await readJson(ports.objects, input.scriptKey)) as Script
  const { scenes } = (await readJson(ports.objects, input.planKey)) as Plan
  const planned = scenes[scene]!
  if (planned.picture) return { pictureKey: ownUpload(planned.picture, owner, scene) }

  const { provider, model, make } = ports.providers.illustrator
  const { width, height } = formats[request.format]
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

function ownUpload(key: string, owner: string, scene: number): string {
  if (key.startsWith(uploadPrefix(owner))) return key
  throw new InputError(`scenes.${scene}.picture: '${key}' is no upload of yours`)
}

function evenUp(px: number): number {
  return 2 * Math.ceil(px / 2)
}
