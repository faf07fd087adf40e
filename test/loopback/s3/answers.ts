// What a request is, what an answer is, and XML.
import type { IncomingHttpHeaders } from 'node:http'
import type { Checksums } from './body.ts'
import type { Buckets, Stored } from './objects.ts'

export type S3Request = {
  method: string
  bucket: string
  /** '' for the bucket itself. */
  key: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  /** The body, whole and checked. */
  body: () => Promise<{ bytes: Buffer; checksums: Checksums }>
  buckets: Buckets
}
export type S3Answer = { status: number; headers?: Record<string, string>; body?: Buffer | string }

export function xml(root: string, content: string): S3Answer {
  const body = `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`
  return { status: 200, headers: { 'content-type': 'application/xml' }, body }
}

export function tag(name: string, value: string | number | boolean): string {
  return `<${name}>${escaped(String(value))}</${name}>`
}

/** The contents of every element of that name. */
export function contentsOf(name: string, document: string): string[] {
  return [...document.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, 'gs'))].map((found) => found[1]!)
}

export function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|amp|quot|apos|#(\d+)|#x([0-9a-f]+));/gi, (entity, decimal, hex) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&apos;': "'" }[entity] ?? entity
  })
}

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (char) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[char] ?? char)
}

/** The headers of a request that are kept with the object. */
export function keptHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = /^(?:content-type|cache-control|content-disposition|content-language|expires|x-amz-meta-.+)$/
  const encoding = (headers['content-encoding'] ?? '').replace(/(?:^|,\s*)aws-chunked/, '')
  return {
    'content-type': 'binary/octet-stream',
    ...Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => kept.test(name))
        .map(([name, value]) => [name, String(value)]),
    ),
    ...(encoding && { 'content-encoding': encoding }),
  }
}

export function checksumHeaders({ checksums, checksumType }: Pick<Stored, 'checksums' | 'checksumType'>) {
  const each = Object.entries(checksums).map(([algorithm, value]) => [`x-amz-checksum-${algorithm}`, value])
  return { ...Object.fromEntries(each), ...(each.length > 0 && { 'x-amz-checksum-type': checksumType }) }
}
