// What an answer cost, from the tokens that it reports.
import type { GenerateContentResponse, GenerateContentResponseUsageMetadata } from '@google/genai'
import { chargeOf, type Usage } from '../../core/models.ts'
import type { Charge } from '../../core/ports.ts'

/** What a model makes: its tokens have a price of their own. */
type Medium = 'text' | 'image' | 'audio'

/**
 * `counted`: what the bill counts (a picture, characters), of an answer that is of use. One that reports no tokens is
 * charged for what is usual for that; one of no use that reports none is not charged.
 */
export function chargesOf(model: string, medium: Medium, answer: GenerateContentResponse, counted?: Usage): Charge[] {
  const reported = answer.usageMetadata && tokensOf(answer.usageMetadata, medium)
  if (!reported && !counted) return []
  return [priced(model, { ...counted, ...reported })]
}

/** Before a call: what it is likely to cost at most. */
export function estimateOf(model: string, usage: Usage): number {
  return priced(model, usage).costMicroUsd
}

/** English has about four bytes to a token, Chinese three; a little too many rather than too few. */
export function tokensIn(text: string): number {
  return Math.ceil(Buffer.byteLength(text) / 3)
}

function priced(model: string, usage: Usage): Charge {
  return chargeOf(`gemini/${model}`, usage, new Date().toISOString().slice(0, 10))
}

/** Thoughts are billed as text, whatever comes out in the end. */
function tokensOf(usage: GenerateContentResponseUsageMetadata, medium: Medium): Usage {
  const { promptTokenCount = 0, toolUsePromptTokenCount = 0, candidatesTokenCount = 0, thoughtsTokenCount = 0 } = usage
  const inputTokens = promptTokenCount + toolUsePromptTokenCount
  if (medium === 'text') return { inputTokens, outputTokens: candidatesTokenCount + thoughtsTokenCount }
  const media = mediaTokens(usage, medium) ?? candidatesTokenCount
  const outputTokens = Math.max(0, candidatesTokenCount - media) + thoughtsTokenCount
  return { inputTokens, outputTokens, [medium === 'image' ? 'imageTokens' : 'audioTokens']: media }
}

/** Undefined when the answer does not say which of its tokens are what. */
function mediaTokens({ candidatesTokensDetails }: GenerateContentResponseUsageMetadata, medium: Medium) {
  if (!candidatesTokensDetails?.length) return undefined
  return candidatesTokensDetails
    .filter(({ modality }) => modality?.toLowerCase() === medium)
    .reduce((sum, { tokenCount = 0 }) => sum + tokenCount, 0)
}
