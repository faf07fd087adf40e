// What ElevenLabs means by its errors. Older ones say it in `detail.status`, newer ones in `detail.code`.
import { ServiceError, type ServiceErrorName } from '../../core/errors.ts'
import { services } from '../../core/models.ts'
import { networkFailure, retryAfterMs, sortByStatus } from '../calls/failures.ts'
import { keyVariableOf } from '../calls/keys.ts'
import { wordsOf } from '../calls/words.ts'

/** Of what the SDK threw. */
export function sortError(error: unknown): ServiceError {
  const offline = networkFailure('elevenlabs', error)
  if (offline) return offline
  const { statusCode, body, rawResponse, message = '' } = error as Partial<Thrown>
  const asked = retryAfterMs(rawResponse?.headers)
  const options = { cause: error, ...(asked === undefined ? {} : { retryAfterMs: asked }) }
  if (statusCode === undefined) return sortByStatus('elevenlabs', undefined, message, options)
  const { codes, said } = detailOf(body)
  const meaning = codes.map(meaningOf).find((it) => it !== undefined)
  if (!meaning) return sortByStatus('elevenlabs', statusCode, said ?? message, options)
  const line = `ElevenLabs ${meaning.verb}${said ? `: ${wordsOf(said)}` : ''}`
  const todo = meaning.todo?.()
  // An error is never billed.
  return new ServiceError(meaning.name, todo ? `${line.replace(/[.\s]+$/, '')}. ${todo}` : line, {
    charges: [],
    ...options,
  })
}

type Thrown = { statusCode: number; body: unknown; rawResponse: { headers: Headers }; message: string }

/** `detail` is an object, a list of fields that are wrong (422), or a text. */
function detailOf(body: unknown): { codes: string[]; said: string | undefined } {
  const detail = recordOf(body)['detail'] ?? recordOf(body)['error'] ?? body
  if (typeof detail === 'string') return { codes: [], said: detail }
  if (Array.isArray(detail)) return { codes: [], said: detail.map(fieldOf).join('; ') || undefined }
  const { code, status, type, message, param } = recordOf(detail)
  const codes = [code, status, type].filter((it) => typeof it === 'string')
  const said = typeof message === 'string' ? message : undefined
  return { codes, said: said && typeof param === 'string' ? `${param}: ${said}` : said }
}

function fieldOf(wrong: unknown): string {
  const { loc, msg } = recordOf(wrong)
  const path = Array.isArray(loc) ? loc.filter((it) => it !== 'body').join('.') : ''
  return [path, typeof msg === 'string' ? msg : ''].filter(Boolean).join(': ')
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

type Meaning = { name: ServiceErrorName; verb: string; todo?: () => string }

function meaningOf(code: string): Meaning | undefined {
  return Object.hasOwn(meanings, code) ? meanings[code] : againstPolicy.test(code) ? policy : undefined
}

const busy: Meaning = { name: 'TransientError', verb: 'is busy' }
const tooMany: Meaning = { name: 'TransientError', verb: 'wants fewer requests at once' }
const tooOften: Meaning = { name: 'TransientError', verb: 'wants fewer requests' }
const policy: Meaning = { name: 'RefusedError', verb: 'refuses this' }
const tooLong: Meaning = { name: 'RefusedError', verb: 'finds the text too long' }
const unusable: Meaning = { name: 'RefusedError', verb: 'can make nothing of this' }
/** Accounts have different voices; another service has one that is near. */
const noVoice: Meaning = { name: 'RefusedError', verb: 'does not have this voice' }
const noCredit: Meaning = {
  name: 'AccountError',
  verb: 'has no credit left for this',
  todo: () => `Buy more at ${services.elevenlabs.billingUrl}`,
}
const noPlan: Meaning = {
  name: 'AccountError',
  verb: "does not allow this on the account's plan",
  todo: () => `See the plans at ${services.elevenlabs.billingUrl}`,
}
const badKey: Meaning = {
  name: 'AccountError',
  verb: 'does not accept the key',
  todo: () => `Make a key at ${services.elevenlabs.keysUrl} and set ${keyVariableOf('elevenlabs')}`,
}
const weakKey: Meaning = {
  name: 'AccountError',
  verb: 'does not allow this to the key',
  todo: () => `Give the key in ${keyVariableOf('elevenlabs')} the permission at ${services.elevenlabs.keysUrl}`,
}
const noModel: Meaning = {
  name: 'AccountError',
  verb: 'has no such model for this account',
  todo: () => "See what the key can use with 'clipforge doctor'",
}

const againstPolicy = /polic|moderat|safety|prohibited|blocked|copyright/
const meanings: Partial<Record<string, Meaning>> = {
  too_many_concurrent_requests: tooMany,
  concurrent_limit_exceeded: tooMany,
  system_busy: busy,
  internal_server_error: busy,
  service_unavailable: busy,
  rate_limit: tooOften,
  rate_limit_exceeded: tooOften,
  quota_exceeded: noCredit,
  insufficient_credits: noCredit,
  insufficient_quota: noCredit,
  payment_required: noPlan,
  paid_plan_required: noPlan,
  subscription_required: noPlan,
  invalid_subscription: noPlan,
  free_users_not_allowed: noPlan,
  output_format_not_allowed: noPlan,
  // Mostly of a free account behind a VPN; a paid plan lifts it.
  detected_unusual_activity: noPlan,
  invalid_api_key: badKey,
  missing_api_key: badKey,
  needs_authorization: badKey,
  missing_permissions: weakKey,
  insufficient_permissions: weakKey,
  model_not_found: noModel,
  model_access_denied: noModel,
  invalid_model_id: noModel,
  max_character_limit_exceeded: tooLong,
  text_too_long: tooLong,
  voice_not_found: noVoice,
  voice_access_denied: noVoice,
  voice_does_not_exist: noVoice,
  bad_prompt: policy,
  content_against_policy: policy,
  empty_text: unusable,
  invalid_text: unusable,
  unsupported_language: unusable,
}
