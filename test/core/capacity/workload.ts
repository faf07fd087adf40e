import { peakOf, sizeFor, type Workload } from '../../../core/capacity/workload.ts'
import { chooseModels } from '../../../core/models.ts'

const today = '2026-11-23'

/** All services there, as an installation has them. */
export function workload(wishes: Partial<Workload> = {}): Workload {
  const { choices } = chooseModels({}, { available: ['openai', 'elevenlabs', 'gemini'], today })
  const videosPerMonth = wishes.videosPerMonth ?? 10_000
  const peakPerHour = wishes.peakPerHour ?? peakOf(videosPerMonth)
  const usual = { choices, today, seconds: 45, pictures: 7, viewsPerVideo: 20 }
  return { videosPerMonth, peakPerHour, size: sizeFor(peakPerHour), ...usual, ...wishes }
}
