// What a video is going to cost before anything is bought: from the catalogue's prices and what is usual.
import { chargeOf, type Choices, findModel, priceOn, type Role, serviceOf, type Usage } from './models.ts'
import { estimateTimes } from './estimate.ts'
import { scenesOf } from './scenes.ts'
import { scriptOf } from './stages/write.ts'
import type { VideoRequest } from './video.ts'

/** What has to be made. `pictures`: those to buy, without the user's own pictures and clips. */
export type QuoteFacts = {
  isTopic: boolean
  characters: number
  words: number
  seconds: number
  scenes: number
  pictures: number
  hasMusic: boolean
}

export type QuoteLine = {
  role: Role
  provider: string
  model: string
  unit: string
  units: number
  costMicroUsd: number
  /** Whether more than the number of tokens in a text is guessed; `why` says what. */
  isEstimate: boolean
  why?: string
}
/** `atMostMicroUsd`: when every call has to be made twice and every picture's prompt has to be softened. */
export type Quote = {
  currency: 'USD'
  totalMicroUsd: number
  totalUsd: number
  atMostMicroUsd: number
  atMostUsd: number
  lines: QuoteLine[]
}

/** For a request that has been parsed; a topic counts as a typical script. Throws InputError for a script's mistakes. */
export function quoteForRequest(request: VideoRequest, choices: Choices, today: string): Quote {
  return quoteOf(factsOf(request), choices, today)
}

/** `today`: YYYY-MM-DD; some prices change on a date. */
export function quoteOf(facts: QuoteFacts, choices: Choices, today: string): Quote {
  const lines = Object.entries(usagesOf(facts, choices)).map(([role, usage]) =>
    lineOf(role as Role, choices[role as Role], usage, facts, today),
  )
  const totalMicroUsd = sum(lines.map(({ costMicroUsd }) => costMicroUsd))
  const atMostMicroUsd = 2 * totalMicroUsd + sum(reserves(facts, choices, today))
  return {
    currency: 'USD',
    totalMicroUsd,
    totalUsd: totalMicroUsd / 1_000_000,
    atMostMicroUsd,
    atMostUsd: atMostMicroUsd / 1_000_000,
    lines,
  }
}

// Tokens of one call, with some hundreds to think: generous, and still small beside pictures.
const draftTokens = { inputTokens: 800, outputTokens: 1000 }
const softenTokens = { inputTokens: 500, outputTokens: 600 }
const picturePromptTokens = 400

/** Of the roles that the video needs. One plan is made even where the user gives all prompts: for its tags and phrases. */
function usagesOf(facts: QuoteFacts, choices: Choices): Partial<Record<Role, Usage>> {
  const { isTopic, characters, words, seconds, scenes, pictures, hasMusic } = facts
  // The script goes in and comes back, divided; each scene gets a prompt.
  const planTokens = { inputTokens: 1000 + 2 * words, outputTokens: 1000 + 110 * scenes + 2 * words }
  const images = { images: pictures, inputTokens: pictures * picturePromptTokens, quality: choices.pictureQuality }
  return {
    ...(isTopic && { write: draftTokens }),
    plan: planTokens,
    ...(pictures > 0 && { illustrate: images }),
    narrate: { characters, seconds },
    ...(needsAligner(choices) && { align: { seconds } }),
    ...(hasMusic && { score: { seconds: Math.min(90, Math.max(20, seconds * 1.1)) } }),
  }
}

/** ElevenLabs says with the sound when each character is said, and the embedded voice each word. */
function needsAligner({ narrate }: Choices): boolean {
  return narrate !== 'embedded' && serviceOf(narrate) !== 'elevenlabs'
}

function lineOf(role: Role, choice: string, usage: Usage, facts: QuoteFacts, today: string): QuoteLine {
  const { provider, model, unit, units, costMicroUsd } = chargeOf(choice, usage, today)
  if (choice === 'embedded') {
    const counted = role === 'plan' ? { unit: 'scenes', units: facts.scenes } : { unit, units }
    return { role, provider: choice, model: choice, ...counted, costMicroUsd: 0, isEstimate: false }
  }
  const known = findModel(choice)?.model
  const isUnpriced = known === undefined || priceOn(known, today) === undefined
  const why = isUnpriced
    ? 'its price is not known: counted as 0'
    : (known.estimate ?? (facts.isTopic ? ofTopic : undefined))
  return { role, provider, model, unit, units, costMicroUsd, isEstimate: why !== undefined, ...(why && { why }) }
}
const ofTopic = 'the script is not written yet: a typical one is counted'

/** Besides each call once more: softened prompts, and an aligner for a voice whose own times turn out to be off. */
function reserves(facts: QuoteFacts, choices: Choices, today: string): number[] {
  const { pictures, seconds } = facts
  const softened = choices.illustrate === 'embedded' ? 0 : pictures
  const isOwnTimes = choices.narrate !== 'embedded' && !needsAligner(choices)
  return [
    softened * chargeOf(choices.plan, softenTokens, today).costMicroUsd,
    isOwnTimes ? chargeOf(choices.align, { seconds }, today).costMicroUsd : 0,
  ]
}

function sum(costs: number[]): number {
  return costs.reduce((total, cost) => total + cost, 0)
}

/** A script of a topic is as long as short videos usually are, or as the scenes wanted ask for. */
const typicalScenes = 9
const perScene = { words: 14, characters: 88, seconds: 6 }

/** Throws InputError for a script's mistakes. */
export function factsOf(request: VideoRequest): QuoteFacts {
  const { topic, scenes, music, musicFile } = request
  const isTopic = topic !== undefined
  const wanted = Array.isArray(scenes) ? scenes.length : scenes === 'auto' ? undefined : scenes
  const counts = isTopic ? typicalOf(wanted ?? typicalScenes) : countsOf(request, wanted)
  const own = Array.isArray(scenes) ? scenes.filter(({ picture, clip }) => picture ?? clip).length : 0
  const hasMusic = music !== 'none' && musicFile === undefined
  return { ...counts, isTopic, pictures: counts.scenes - own, hasMusic }
}

function typicalOf(scenes: number) {
  const { words, characters, seconds } = perScene
  return { words: scenes * words, characters: scenes * characters, seconds: scenes * seconds, scenes }
}

function countsOf(request: VideoRequest, wanted: number | undefined) {
  const { text, words, language, spans } = scriptOf(request)
  return {
    words: words.length,
    characters: text.length,
    seconds: estimateTimes(words, language).durationMs / 1000,
    scenes: spans?.length ?? scenesOf(words, wanted).length,
  }
}
