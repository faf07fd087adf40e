import { elevenLabsModels } from './elevenlabs.ts'
import { geminiModels } from './gemini.ts'
import type { Model, ModelId } from './model.ts'
import { openaiModels } from './openai.ts'

/** The day on which the catalogue was last gone through as a whole. */
export const catalogueDate = '2026-11-22'

/** Retired ones too, so that a wish for them can be mapped. */
export const models: Record<ModelId, Model> = { ...openaiModels, ...elevenLabsModels, ...geminiModels }

/**
 * By its id, with or without its service before it ('openai/gpt-6-luna'), in any case ('DALL-E 3'). A dated version
 * ('gpt-6-luna-2026-09-22') is known as the one it is a version of: `id` is in the catalogue, `version` is what was
 * asked for. Undefined when the catalogue does not know it.
 */
export function findModel(name: string): { id: ModelId; version: string; model: Model } | undefined {
  const [, service, bare = ''] = /^(?:(openai|elevenlabs|gemini)\/)?(.*)$/s.exec(name.trim().toLowerCase()) ?? []
  const version = bare.replaceAll(' ', '-')
  for (const id of [version, version.replace(/-\d{4}-\d\d-\d\d$/, '')]) {
    const model = Object.hasOwn(models, id) ? models[id] : undefined
    if (model !== undefined && (service === undefined || service === model.provider)) return { id, version, model }
  }
  return undefined
}

export function isRetired(model: Model, today: string): boolean {
  return model.retiresOn !== undefined && model.retiresOn <= today
}

/** Within `days` from today; what is retired already is not meant. */
export function retiresSoon(model: Model, today: string, days = 60): boolean {
  const until = new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
  return model.retiresOn !== undefined && !isRetired(model, today) && model.retiresOn <= until
}
