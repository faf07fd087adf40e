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
      templates: { 'application/json': JSON.stringify({ type: 'about:blank', ...withoutType(problem) }) },
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        ...(allowed ? { 'Access-Control-Allow-Origin': `'${allowed}'` } : {}),
        ...(problem.status === 429 ? { 'Retry-After': "'1'" } : {}),
      },
    })
  }
}

type Problem = { type: apigateway.ResponseType; status: number; title: string; detail: string }

const { ResponseType } = apigateway
const problems: Record<string, Problem> = {
  NoKey: {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'Unauthorized',
    detail: 'Send your API key as: Authorization: Bearer <key>',
  },
  NotAllowed: {
    type: ResponseType.ACCESS_DENIED,
    status: 403,
    title: 'Forbidden',
    detail: 'This API key is not valid, or no longer',
  },
  KeyWithoutPlan: {
    type: ResponseType.INVALID_API_KEY,
    status: 403,
    title: 'Forbidden',
    detail: 'This API key belongs to no usage plan',
  },
  NoSuchPath: {
    // API Gateway's name for a path or method that it does not have.
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: 404,
    title: 'Not Found',
    detail: 'There is no such path or method',
  },
  TooLarge: {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Content Too Large',
    detail: 'The body is too large',
  },
  Filtered: {
    type: ResponseType.WAF_FILTERED,
    status: 403,
    title: 'Forbidden',
    detail: 'The firewall refused this request: too many came from your address, or it looks like an attack',
  },
  TooMany: {
    type: ResponseType.THROTTLED,
    status: 429,
    title: 'Too Many Requests',
    detail: 'Too many requests at once; try again in a second',
  },
  UsedUp: {
    type: ResponseType.QUOTA_EXCEEDED,
    status: 429,
    title: 'Too Many Requests',
    detail: "This API key's requests for today are used up",
  },
  TimedOut: {
    type: ResponseType.INTEGRATION_TIMEOUT,
    status: 504,
    title: 'Gateway Timeout',
    detail: 'No answer in time; try again with the same Idempotency-Key',
  },
  Refused: { type: ResponseType.DEFAULT_4XX, status: 400, title: 'Bad Request', detail: 'The request is not valid' },
  Failed: {
    type: ResponseType.DEFAULT_5XX,
    status: 500,
    title: 'Internal Server Error',
    detail: 'Something failed; try again with the same Idempotency-Key',
  },
}

function withoutType({ status, title, detail }: Problem) {
  return { status, title, detail }
}
