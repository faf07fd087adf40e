// What a call costs, in whole micro-dollars: US dollars for a million of something are micro-dollars for one.
import type { Charge } from '../ports.ts'
import { catalogueDate, findModel } from './catalogue.ts'
import type { Model, ModelId, Price, Usage } from './model.ts'

/** Speech at the usual speed, and text: a token is about four characters. */
const charactersPerSecond = 15
const charactersPerToken = 4

/**
 * `model`: its id, or 'openai/its-id'. In the latter form it need not be in the catalogue (self-hosted): it costs 0 then.
 * `today` (YYYY-MM-DD): prices that change on a date; without it those of the catalogue's date hold.
 */
export function chargeOf(model: ModelId, usage: Usage, today: string = catalogueDate): Charge {
  const found = findModel(model)
  const [first = '', ...rest] = model.split('/')
  const provider = found?.model.provider ?? (rest.length > 0 ? first : 'unknown')
  const name = rest.length > 0 && first === provider ? rest.join('/') : model
  const costMicroUsd = found === undefined ? 0 : costOf(found.model, usage, today)
  return { provider, model: name, ...countOf(usage), costMicroUsd }
}

/** What a call that is about to be made is likely to cost. */
export function estimateMicroUsd(model: ModelId, usage: Usage, today?: string): number {
  return chargeOf(model, usage, today).costMicroUsd
}

/** Undefined when no price is known. */
export function priceOn(model: Model, today: string): Price | undefined {
  return model.prices.findLast((price) => price.from === undefined || price.from <= today)
}

function costOf(model: Model, usage: Usage, today: string): number {
  const price = priceOn(model, today)
  if (price === undefined) return 0
  const tokens = tokensOf(model, usage, price)
  return Math.round(
    tokens.input * (price.perMillionInputTokens ?? 0) +
      tokens.output * (price.perMillionOutputTokens ?? 0) +
      tokens.image * (price.perMillionImageTokens ?? 0) +
      tokens.audio * (price.perMillionAudioTokens ?? 0) +
      (usage.characters ?? 0) * (price.perThousandCharacters ?? 0) * 1000 +
      (usage.seconds ?? 0) * ((price.perMinute ?? 0) / 60 + (price.perHour ?? 0) / 3600) * 1_000_000,
  )
}

/** Those that the answer reported, else what is usual for its pictures and its text that is said. */
function tokensOf(model: Model, usage: Usage, price: Price) {
  const { pictureTokens, audioTokensPerSecond = 0 } = model.limits
  const said = price.perMillionAudioTokens === undefined ? 0 : (usage.characters ?? 0)
  const seconds = usage.seconds ?? said / charactersPerSecond
  return {
    input: usage.inputTokens ?? said / charactersPerToken,
    output: usage.outputTokens ?? 0,
    image: usage.imageTokens ?? (usage.images ?? 0) * (pictureTokens?.[usage.quality ?? 'low'] ?? 0),
    audio: usage.audioTokens ?? seconds * audioTokensPerSecond,
  }
}

function countOf(usage: Usage): { unit: string; units: number } {
  const { images, characters, seconds } = usage
  if (images !== undefined) return { unit: 'images', units: images }
  if (characters !== undefined) return { unit: 'characters', units: characters }
  if (seconds !== undefined) return { unit: 'seconds', units: Math.round(seconds) }
  const { inputTokens = 0, outputTokens = 0, imageTokens = 0, audioTokens = 0 } = usage
  return { unit: 'tokens', units: inputTokens + outputTokens + imageTokens + audioTokens }
}
