// What is in an answer with status 200: parts of use, a refusal, or nothing.
import type { Candidate, GenerateContentResponse, Part } from '@google/genai'
import { ServiceError } from '../../core/errors.ts'
import type { Charge } from '../../core/ports.ts'
import { wordsOf } from '../calls/words.ts'

type Content = {
  /** What the model thought is left out: text, and drafts of a picture. */
  parts: Part[]
  /** It came to its own end: nothing is missing behind the last part. */
  isWhole: boolean
  finishReason: string
}

/**
 * Throws a RefusedError when the service did not want to, a BrokenAnswerError when there is nothing in the answer (asked
 * once more, it often is there). Both carry `charges`: such answers are billed.
 */
export function contentOf(answer: GenerateContentResponse, charges: Charge[]): Content {
  const { promptFeedback } = answer
  if (promptFeedback?.blockReason) throw refused(charges, promptFeedback.blockReason, promptFeedback.blockReasonMessage)
  const candidate = answer.candidates?.[0]
  if (!candidate) throw broken(charges, 'it sent an answer with nothing in it')
  const finishReason: string = candidate.finishReason ?? 'STOP'
  if (refusals.test(finishReason)) throw refused(charges, finishReason, candidate.finishMessage)
  const parts = candidate.content?.parts?.filter(({ thought }) => !thought) ?? []
  if (!parts.some(({ text, inlineData }) => text || inlineData?.data)) throw broken(charges, emptiness(candidate))
  return { parts, isWhole: wholeReasons.includes(finishReason), finishReason }
}

/** Pictures or sounds in their order, at least one; throws a BrokenAnswerError when it is all words. */
export function mediaIn({ parts }: Content, charges: Charge[]): { last: Medium; all: Medium[] } {
  const all = parts.flatMap(({ inlineData: { data, mimeType = '' } = {} }) =>
    data ? [{ bytes: Buffer.from(data, 'base64'), mimeType }] : [],
  )
  const last = all.at(-1)
  if (!last) throw broken(charges, `it answered in words: “${wordsOf(textIn(parts))}”`)
  return { last, all }
}
type Medium = { bytes: Buffer; mimeType: string }

export function textIn(parts: Part[]): string {
  return parts.map(({ text = '' }) => text).join('')
}

export function broken(charges: Charge[], reason: string, cause?: unknown): ServiceError {
  return new ServiceError('BrokenAnswerError', `Gemini's answer is of no use: ${reason}`, { charges, cause })
}

/**
 * By their words, so that names to come are sorted too: SAFETY, IMAGE_SAFETY, RECITATION, BLOCKLIST, IMAGE_PROHIBITED_CONTENT,
 * SPII, LANGUAGE … NO_IMAGE, OTHER and MALFORMED_RESPONSE are no refusals: the same input goes well the next time.
 */
const refusals = /SAFETY|RECITATION|BLOCK|PROHIBITED|SPII|LANGUAGE|JAILBREAK|ARMOR|ESCALATION/
const wholeReasons = ['STOP', 'FINISH_REASON_UNSPECIFIED']

function refused(charges: Charge[], reason: string, message?: string): ServiceError {
  const words = message ? `${reason}: ${wordsOf(message)}` : reason
  return new ServiceError('RefusedError', `Gemini refused it (${words})`, { charges })
}

function emptiness({ finishReason, finishMessage }: Candidate): string {
  const words = [finishReason, finishMessage && wordsOf(finishMessage)].filter(Boolean).join(': ')
  return words ? `nothing is in it (${words})` : 'nothing is in it'
}
