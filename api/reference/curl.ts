// An operation as something to paste into a terminal.
import type { OpenApi, Operation } from '../openapi/complete.ts'
import type { JsonSchema } from '../schemas/video-request.ts'

const places: Record<string, string> = { id: '$ID', n: '2', token: '$TOKEN' }

export function curlOf(
  { method, path, operation }: { method: string; path: string; operation: Operation },
  { components }: OpenApi,
): string {
  const { security, requestBody, responses } = operation
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => places[name] ?? `$${name.toUpperCase()}`)
  const isStream = 'text/event-stream' in (responses['200']?.content ?? {})
  const body = Object.values(requestBody?.content ?? {})[0]?.schema
  return [
    `curl${isStream ? ' -N' : ''}${method === 'get' ? '' : ` -X ${method.toUpperCase()}`} "$CLIPFORGE${address}"`,
    ...(security?.length === 0 ? [] : [`-H "Authorization: Bearer $KEY"`]),
    ...(body
      ? [`-H "Content-Type: application/json"`, `-d '${JSON.stringify(exampleOf(body, components.schemas))}'`]
      : []),
  ].join(' \\\n  ')
}

/** What a schema gives as its example, or the least that it takes. */
function exampleOf(schema: JsonSchema, named: Record<string, JsonSchema>): unknown {
  const {
    $ref,
    example,
    enum: values,
    const: value,
    default: usual,
    properties,
    required = [],
    anyOf,
    items,
    type,
  } = schema
  if (typeof $ref === 'string') return exampleOf(named[$ref.split('/').at(-1)!] ?? {}, named)
  if (example !== undefined) return example
  if (usual !== undefined) return usual
  if (value !== undefined) return value
  if (Array.isArray(values)) return values[0] as unknown
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0] as JsonSchema, named)
  if (type === 'array') return items === undefined ? [] : [exampleOf(items as JsonSchema, named)]
  if (type === 'object') {
    const needed = Object.entries((properties ?? {}) as Record<string, JsonSchema>).filter(([name]) =>
      (required as string[]).includes(name),
    )
    return Object.fromEntries(needed.map(([name, inner]) => [name, exampleOf(inner, named)]))
  }
  const plain: Record<string, unknown> = { string: '…', integer: 1, number: 1, boolean: true }
  return plain[String(type)]
}
