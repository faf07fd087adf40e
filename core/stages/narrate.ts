import * as z from 'zod'
import { assetKey } from '../keys.ts'
import { json, once, readJson } from '../once.ts'
import type { TimeSource, WordTime } from '../ports.ts'
import type { StagePorts } from '../stage.ts'
import type { Script } from './write.ts'
import { videoOf } from '../records.ts'

export const NarrateInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** `speech` is the key of the sound; absent when the narration is silent. */
export type Narration = {
  speech?: string
  durationMs: number
  times: WordTime[]
  timesFrom: TimeSource
  notice?: string
}

/** The voice, with a start and an end for every word. */
export async function narrate({ videoId, scriptKey }: z.infer<typeof NarrateInput>, ports: StagePorts) {
  const { owner, request } = await videoOf(ports.videos, videoId)
  const { words, language } = (await readJson(ports.objects, scriptKey)) as Script
  const { provider, model, make } = ports.providers.narrator
  const parts = [provider, model, { words, language, voice: request.voice }]
  const narrationKey = assetKey(owner, 'narration', ...parts)
  await once(ports, { videoId, stage: 'narrate', provider, key: narrationKey }, 'application/json', async () => {
    const { made, charges } = await make({ words, language, voice: request.voice }, ports.signal)
    const { audio, ...narration } = made
    if (!audio) return { made: json(narration), charges }
    const speech = assetKey(owner, 'speech', ...parts)
    await ports.objects.put(speech, audio, { contentType: 'audio/wav' })
    return { made: json({ ...narration, speech }), charges }
  })
  const { durationMs } = (await readJson(ports.objects, narrationKey)) as Narration
  return { narrationKey, durationMs }
}
