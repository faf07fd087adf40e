// Answers with a file as HTTP has it (RFC 9110): whole or one range of it, or only that it is the same as before.

export type Servable = {
  size: number
  contentType: string
  /** Strong, with its quotes. */
  etag: string
  headers?: Record<string, string>
  /** The whole, or from the first to the last byte, both included. */
  read: (range?: { first: number; last: number }) => Promise<BodyInit>
}

/** For GET and HEAD. What asks for several ranges gets the whole, which the standard allows. */
export async function serveBytes({ method, headers }: Request, file: Servable): Promise<Response> {
  const { size, contentType, etag, read } = file
  const common = { ETag: etag, 'Accept-Ranges': 'bytes', ...file.headers }
  if (isKnown(headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers: common })
  const isSameAsBefore = headers.get('if-range') === null || headers.get('if-range') === etag
  const range = method === 'GET' && isSameAsBefore ? rangeIn(headers.get('range'), size) : undefined
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...common, 'Content-Range': `bytes */${size}` } })
  const described = { ...common, 'Content-Type': contentType }
  if (range) {
    const { first, last } = range
    return new Response(await read(range), {
      status: 206,
      headers: {
        ...described,
        'Content-Length': String(last - first + 1),
        'Content-Range': `bytes ${first}-${last}/${size}`,
      },
    })
  }
  const body = method === 'HEAD' || size === 0 ? null : await read()
  return new Response(body, { headers: { ...described, 'Content-Length': String(size) } })
}

function isKnown(ifNoneMatch: string | null, etag: string): boolean {
  const known = ifNoneMatch?.split(',').map((each) => each.trim().replace(/^W\//, '')) ?? []
  return known.includes(etag) || known.includes('*')
}

/** Undefined where there is none that is understood: then the whole is the answer. */
function rangeIn(header: string | null, size: number): { first: number; last: number } | 'unsatisfiable' | undefined {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === '' && to === '') return undefined
  const first = from === '' ? Math.max(0, size - Number(to)) : Number(from)
  const last = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (from !== '' && to !== '' && Number(from) > Number(to)) return undefined
  return first > last || first >= size ? 'unsatisfiable' : { first, last }
}
