// What the SDK throws, as data: of an Error, only its name, message and causes would cross a thread's border.

/** All that is looked at in order to sort an error (failures.ts, calls/network.ts). */
export type ErrorData = {
  name: string
  message: string
  statusCode?: number
  body?: unknown
  headers?: Record<string, string>
  code?: string
  syscall?: string
  cause?: ErrorData
  errors?: ErrorData[]
}

/** Without the key, wherever it may stand. */
export function dataOf(error: unknown, apiKey: string): ErrorData {
  const text = JSON.stringify(linkOf(error))
  const key = JSON.stringify(apiKey).slice(1, -1)
  // What is as short as a word is no key, but stands in for one.
  return JSON.parse(key.length < 8 ? text : text.replaceAll(key, '[key]')) as ErrorData
}

function linkOf(error: unknown, depth = 0): ErrorData {
  if (typeof error !== 'object' || error === null) return { name: '', message: String(error) }
  const { name, message, statusCode, body, rawResponse, code, syscall, cause, errors } = error as Partial<Thrown>
  const isDeep = depth >= deepest
  return {
    name: textOf(name),
    message: textOf(message),
    ...(typeof statusCode === 'number' ? { statusCode } : {}),
    ...(body === undefined ? {} : { body }),
    ...(rawResponse?.headers ? { headers: Object.fromEntries(rawResponse.headers) } : {}),
    // A DOMException's is a number.
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof syscall === 'string' ? { syscall } : {}),
    ...(cause === undefined || cause === null || isDeep ? {} : { cause: linkOf(cause, depth + 1) }),
    // Of an AggregateError; a ParseError's are texts, which its message has, too.
    ...(error instanceof AggregateError && !isDeep
      ? { errors: (errors as unknown[]).map((it) => linkOf(it, depth + 1)) }
      : {}),
  }
}

type Thrown = Record<Exclude<keyof ErrorData, 'headers'>, unknown> & { rawResponse: { headers: Headers } }
const deepest = 8
const textOf = (value: unknown) => (typeof value === 'string' ? value : '')

export function errorOf({ name, message, headers, cause, errors, ...rest }: ErrorData): Error {
  const error = new Error(message, cause === undefined ? {} : { cause: errorOf(cause) })
  return Object.assign(error, rest, {
    name,
    ...(headers === undefined ? {} : { rawResponse: { headers: new Headers(headers) } }),
    ...(errors === undefined ? {} : { errors: errors.map(errorOf) }),
  })
}
