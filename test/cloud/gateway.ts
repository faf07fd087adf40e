// API Gateway: what it makes of a request, and of the function's answer.
import { openPaths } from '../../lib/api/rest-api.ts'
import type { FunctionService, Outcome } from './functions.ts'

/** `body` of what is no JSON is empty. */
export type ApiAnswer = {
  status: number
  body: Record<string, unknown>
  text: string
  headers: Record<string, string>
}

type Call = { key: string | undefined; method: string; path: string; body: unknown; headers: Record<string, string> }

/** API Gateway: the authorizer first where a key is needed, then the proxy event. */
export async function callApi(lambda: FunctionService, { key, method, path, body, headers }: Call): Promise<ApiAnswer> {
  const sent = { 'content-type': 'application/json', ...headers, ...(key && { authorization: `Bearer ${key}` }) }
  const [pathname = '', query = ''] = path.split('?')
  const queryStringParameters = Object.fromEntries(new URLSearchParams(query))
  const methodArn = `arn:aws:execute-api:us-east-1:123456789012:api/v1/${method}${pathname}`
  const allowed = isOpen(pathname)
    ? undefined
    : (valueOf(await lambda.invoke('authorizer', { type: 'REQUEST', methodArn, headers: sent })) as {
        policyDocument: { Statement: { Effect: string }[] }
        context: Record<string, string>
      })
  // As lib/api/problems.ts has the gateway answer.
  if (allowed?.policyDocument.Statement[0]!.Effect === 'Deny') return { status: 401, body: {}, text: '', headers: {} }
  const event = {
    resource: '/{proxy+}',
    path: pathname,
    httpMethod: method,
    headers: sent,
    multiValueHeaders: Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, [value]])),
    queryStringParameters,
    multiValueQueryStringParameters: Object.fromEntries(
      Object.entries(queryStringParameters).map(([name, value]) => [name, [value]]),
    ),
    pathParameters: { proxy: pathname.slice(1) },
    requestContext: {
      ...(allowed && { authorizer: allowed.context }),
      path: `/prod${pathname}`,
      httpMethod: method,
      stage: 'prod',
    },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
  }
  const answer = valueOf(await lambda.invoke('api', event)) as {
    statusCode: number
    body: string
    headers?: Record<string, string>
    multiValueHeaders?: Record<string, string[]>
  }
  const multi = Object.entries(answer.multiValueHeaders ?? {}).map(([name, [value = '']]) => [
    name.toLowerCase(),
    value,
  ])
  const all: Record<string, string> = { ...Object.fromEntries(multi), ...answer.headers }
  const isJson = /json/.test(all['content-type'] ?? '') && answer.body
  return {
    status: answer.statusCode,
    body: isJson ? (JSON.parse(answer.body) as Record<string, unknown>) : {},
    text: answer.body,
    headers: all,
  }
}

function isOpen(path: string): boolean {
  return openPaths.some((open) => new RegExp(`^/${open.replace(/\{\w+\}/, '[^/]+')}$`).test(path))
}

export function valueOf(outcome: Outcome): unknown {
  if (outcome === 'throttled') throw new Error('throttled')
  if ('error' in outcome) throw new Error(`${outcome.error.errorType}: ${outcome.error.errorMessage}`)
  return outcome.value
}
