// What /openapi.json says of a route's answers.
import type { ZodType } from 'zod'
import { ProblemDetails } from './schemas/house.ts'

const reasons = {
  400: 'The body is not JSON.',
  401: 'No valid key came with the request.',
  404: 'What the request names is not there, or not yours.',
  405: 'Not done here; Allow says what is.',
  409: 'Not possible in this state.',
  413: 'The request, or all texts of its scenes together, is too large.',
  415: 'The body is not of a type that is taken here.',
  422: 'The request breaks a rule.',
  429: 'More requests than the key may make; Retry-After says when to come again.',
} as const
type Refusal = keyof typeof reasons

/** An answer of JSON by its status. */
export function json<Status extends number, Schema extends ZodType>(
  status: Status,
  schema: Schema,
  description: string,
) {
  const answer = { description, content: { 'application/json': { schema } } }
  return { [status]: answer } as { [status in Status]: typeof answer }
}

/** Refusals as RFC 9457 has them. */
export function problems<Status extends Refusal>(...statuses: Status[]) {
  return Object.fromEntries(statuses.map((status) => [status, refusal(status)])) as {
    [status in Status]: ReturnType<typeof refusal>
  }
}

/** Whatever needs a key may also be refused for want of one, or for too many requests. */
export function refusals<Status extends Refusal = never>(
  ...statuses: Status[]
): { [status in Status | 401 | 429]: ReturnType<typeof refusal> } {
  return problems<Status | 401 | 429>(401, 429, ...statuses)
}

function refusal(status: Refusal) {
  return { description: reasons[status], content: { 'application/problem+json': { schema: ProblemDetails } } }
}
