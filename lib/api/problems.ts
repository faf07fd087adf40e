import { aws_apigateway as apigateway } from 'aws-cdk-lib'

/** What API Gateway answers by itself, in the form of the API's own errors: RFC 9457. */
export function answerInProblems(api: apigateway.RestApi, corsOrigins: string[]): void {
  const [only, ...others] = corsOrigins
  // Its answers cannot depend on who asks. They hold nothing of anybody's, so that every page may read them.
  const allowed = others.length === 0 ? only : '*'
  for (const [name, problem] of Object.entries(problems)) {
    api.addGatewayResponse(name, {
      type: problem.type,
      statusCode: String(problem.status),
      templates: { 'application/json': JSON.stringify(bodyOf(problem)) },
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(allowed ? { 'Access-Control-Allow-Origin': `'${allowed}'` } : {}),
        ...(problem.status === 429 ? { 'Retry-After': "'1'" } : {}),
        ...(problem.status === 401 ? { 'WWW-Authenticate': `'Bearer realm="clipforge"'` } : {}),
      },
    })
  }
}

/** `code` as the function's own answers have it (api/problem.ts). */
type Problem = { type: apigateway.ResponseType; status: number; title: string; detail: string; code: string }

const { ResponseType } = apigateway
const problems: Record<string, Problem> = {
  NoKey: {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'No valid key',
    detail: 'Send your API key as: Authorization: Bearer <key>',
    code: 'unauthorized',
  },
  NotAllowed: {
    // 403 where it is left as it is; the API's own answer to a key that is none is 401.
    type: ResponseType.ACCESS_DENIED,
    status: 401,
    title: 'No valid key',
    detail: 'No valid API key came with the request; send it as: Authorization: Bearer <key>',
    code: 'unauthorized',
  },
  KeyWithoutPlan: {
    type: ResponseType.INVALID_API_KEY,
    status: 403,
    title: 'Forbidden',
    detail: 'This API key belongs to no usage plan',
    code: 'forbidden',
  },
  NoSuchPath: {
    // API Gateway's name for a path or method that it does not have.
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    title: 'Not Found',
    detail: 'There is no such path or method',
    code: 'not-found',
  },
  TooLarge: {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Content Too Large',
    detail: 'The body is too large',
    code: 'too-large',
  },
  Filtered: {
    type: ResponseType.WAF_FILTERED,
    status: 403,
    title: 'Forbidden',
    detail: 'The firewall refused this request: too many came from your address, or it looks like an attack',
    code: 'forbidden',
  },
  TooMany: {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Too Many Requests',
    detail: 'Too many requests at once; try again in a second',
    code: 'limited',
  },
  UsedUp: {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    title: 'Too Many Requests',
    detail: "This API key's requests for today are used up",
    code: 'limited',
  },
  TimedOut: {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    title: 'Gateway Timeout',
    detail: 'No answer in time; try again with the same Idempotency-Key',
    code: 'try-again',
  },
  Refused: {
    type: ResponseType.DEFAULT_4XX,
    status: 400,
    title: 'Bad Request',
    detail: 'The request is not valid',
    code: 'invalid-request',
  },
  Failed: {
    type: ResponseType.DEFAULT_5XX,
    status: 500,
    title: 'Internal Server Error',
    detail: 'Something failed; try again with the same Idempotency-Key',
    code: 'internal',
  },
}

function bodyOf({ status, title, detail, code }: Problem) {
  return { type: `urn:clipforge:problem:${code}`, status, title, detail, code }
}
