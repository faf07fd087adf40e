// What a request throws, sorted. Google answers a wrong key with 400, a want of money with 429, 403 or 400, and says in
// the body's details how long to wait.
import { ServiceError, type ServiceErrorName } from '../../core/errors.ts'
import { findModel, services } from '../../core/models.ts'
import { networkFailure, retryAfterMs, sortByStatus } from '../calls/failures.ts'
import { keyVariableOf } from '../calls/keys.ts'
import { wordsOf } from '../calls/words.ts'
import { StatusError } from './client.ts'

/** `model`: the one that was asked, for the message. */
export function sortGeminiError(error: unknown, model?: string): ServiceError {
  if (error instanceof ServiceError) return error
  if (error instanceof StatusError) return sortAnswer(error, model)
  return networkFailure('gemini', error) ?? notJson(error)
}

type Detail = {
  '@type'?: string
  reason?: string
  retryDelay?: string
  violations?: { quotaId?: string; quotaValue?: string }[]
}
type Said = { status: string; message: string; details: Detail[] }

function sortAnswer(error: StatusError, model: string | undefined): ServiceError {
  const { status } = error
  const said = saidIn(error.message)
  const waitMs = delayOf(said) ?? retryAfterMs(error.headers)
  const line = wordsOf(said.message) || `status ${status}`
  const made = (name: ServiceErrorName, message: string, afterMs?: number) =>
    // Google bills no answer with an error status.
    new ServiceError(name, message, { charges: [], retryAfterMs: afterMs, cause: error })
  if (isBadKey(status, said)) return made('AccountError', `Gemini does not take the key (${line}); ${newKey()}`)
  if (status === 429 && !isSpent(said)) return made('TransientError', `Gemini is asked too often (${line})`, waitMs)
  if (status === 429 || status === 402) return made('AccountError', `Gemini's quota is used up (${line}); ${billing()}`)
  if (status === 404) return made('AccountError', `Gemini does not have ${modelLine(model)} (${line})`)
  if (status === 403 || said.status === 'FAILED_PRECONDITION')
    return made('AccountError', `Gemini does not serve this account (${line}); ${billing()}`)
  if (status >= 500 || status === 408 || status === 409 || status === 499)
    return made('TransientError', `Gemini is overloaded or out of order (${line})`, waitMs)
  // A speech model that began to answer the text instead of reading it: it mostly reads it the next time.
  if (/tried to generate text/i.test(said.message))
    return made('BrokenAnswerError', `Gemini did not read the text (${line})`)
  if (status === 400 || status === 413 || status === 422) return made('RefusedError', `Gemini refused it (${line})`)
  return sortByStatus('gemini', status, line, { cause: error })
}

const newKey = () => `make one at ${services.gemini.keysUrl} and put it into ${keyVariableOf('gemini')}`
const billing = () => `see ${services.gemini.billingUrl}`

function modelLine(model: string | undefined): string {
  if (model === undefined) return 'what was asked for'
  const replacement = findModel(model)?.model.replacement
  return `the model ${model}; choose ${replacement ?? "one that 'clipforge doctor' lists"}`
}

function isBadKey(status: number, { message, details }: Said): boolean {
  if (status === 401) return true
  return (
    details.some(({ reason }) => reason?.startsWith('API_KEY_')) ||
    /API key\b.*\b(not valid|invalid|expired|not found|leaked)/i.test(message)
  )
}

/**
 * Waiting does not help: the day's quota, one of 0, or no credit. Days are told from minutes by the quota's id; a
 * retryDelay comes with both, so it only counts where no id says more.
 */
function isSpent(said: Said): boolean {
  const violations = said.details.flatMap((detail) => detail.violations ?? [])
  if (violations.some(({ quotaId = '', quotaValue }) => /PerDay|PerMonth/i.test(quotaId) || quotaValue === '0'))
    return true
  if (/\blimit: 0\b|credits? (are|is) depleted|spending cap/i.test(said.message)) return true
  return /check your plan and billing/i.test(said.message) && violations.length === 0 && delayOf(said) === undefined
}

/** From RetryInfo ('37s', '0.5s'), else from the message's 'Please retry in 36.9s.' */
function delayOf({ message, details }: Said): number | undefined {
  const delay = details.find(({ retryDelay }) => retryDelay)?.retryDelay ?? /retry in ([\d.]+m?s)/i.exec(message)?.[1]
  const [, amount, unit] = /^([\d.]+)(m?s)$/.exec(delay ?? '') ?? []
  if (amount === undefined || !Number.isFinite(Number(amount))) return undefined
  return Math.ceil(Number(amount) * (unit === 'ms' ? 1 : 1000))
}

/** The error body, which may stand in an array, and again as JSON in its own message as gateways do. */
function saidIn(text: string): Said {
  let said: Said = { status: '', message: text, details: [] }
  for (let depth = 0; depth < 3; depth++) {
    const inner = errorIn(said.message)
    if (!inner) break
    said = {
      status: typeof inner.status === 'string' ? inner.status : said.status,
      message: typeof inner.message === 'string' ? inner.message : '',
      details: Array.isArray(inner.details) ? inner.details : said.details,
    }
  }
  return said
}

function errorIn(text: string): Partial<Said> | undefined {
  try {
    const body = [JSON.parse(text)].flat()[0] as { error?: Partial<Said> } | null | undefined
    return body?.error
  } catch {
    return undefined
  }
}

/** 200 with a proxy's page, or a body that is none of Gemini's. Whether Gemini was asked at all, nobody knows. */
function notJson(error: unknown): ServiceError {
  const reason = error instanceof Error ? wordsOf(error.message) : 'no reason given'
  return new ServiceError('BrokenAnswerError', `Gemini's answer cannot be read: ${reason}`, {
    charges: undefined,
    cause: error,
  })
}
