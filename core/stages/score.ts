import * as z from 'zod'
import { estimateTimes } from '../estimate.ts'
import { assetKey } from '../keys.ts'
import { firstToMake } from '../ladder.ts'
import { moodOf } from '../mood.ts'
import { readJson } from '../once.ts'
import { have } from '../orders.ts'
import type { StagePorts } from '../stage.ts'
import type { Script } from './write.ts'
import { activeVideoOf } from '../records.ts'

export const ScoreInput = z.object({ videoId: z.string(), scriptKey: z.string() })

/** The bed loops without a seam, so a long video repeats it; shorter ones get as much as they are likely to need. */
const bedMs = { shortest: 20_000, longest: 90_000 }

/** The music bed: the base's, the user's own, or one for the mood; null when the user wants none. Runs beside the narration, so the length is an estimate. */
export async function score({ videoId, scriptKey }: z.infer<typeof ScoreInput>, ports: StagePorts) {
  const video = await activeVideoOf(ports.videos, videoId)
  const { owner, request, edition } = video
  if (edition && !edition.otherMusic) return { musicKey: edition.base.musicKey, mood: edition.base.mood }
  if (request.musicFile !== undefined) return { musicKey: request.musicFile, mood: 'own' }
  if (request.music === 'none') return { musicKey: null, mood: null }
  const { words, text, language, seed } = (await readJson(ports.objects, scriptKey)) as Script
  const mood = request.music === 'auto' ? moodOf(text, language) : request.music
  const estimateMs = estimateTimes(words, language).durationMs * 1.1
  const durationMs = Math.round(Math.min(bedMs.longest, Math.max(bedMs.shortest, estimateMs)))
  const brief = { mood, durationMs, seed }
  const musicKey = await firstToMake(ports.providers(request.choices).musicians, async (musician) => {
    const key = assetKey(owner, 'music', musician.provider, musician.model, musician.request(brief))
    await have({ kind: 'music', by: musician, key, brief, video, stage: 'score' }, ports)
    return key
  })
  return { musicKey, mood }
}
