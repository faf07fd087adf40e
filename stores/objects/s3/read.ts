// Reading an object as a stream that is whole or fails: a connection that breaks off is taken up again where it broke,
// and only if the object is still the same.
import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3'
import { InputError, TransientError } from '../../../core/errors.ts'
import { statusOf } from '../../aws-errors.ts'

export type Range = { first: number; last?: number }
type Get = (input: { Range?: string; IfMatch?: string }) => Promise<GetObjectCommandOutput>

/** How often in a row a connection may break before anything came over it. */
const breaksInARow = 4

/** Throws what `get` throws when there is no such object, and InputError when nothing lies in the range. */
export async function readFrom(get: Get, key: string, range?: Range): Promise<AsyncIterable<Uint8Array>> {
  if (range && !(range.first >= 0 && range.first <= (range.last ?? Infinity))) throw outside(key, range)
  const answer = await get(range ? { Range: header(range.first, range.last) } : {}).catch((error: unknown) => {
    throw range && statusOf(error) === 416 ? outside(key, range) : error
  })
  return wholeBody(get, key, kept(answer), range?.first ?? 0)
}

/** A connection that breaks before anybody reads would end the process: who reads is told then. */
function kept(answer: GetObjectCommandOutput): GetObjectCommandOutput {
  ;(answer.Body as Readable).on('error', () => {})
  return answer
}

async function* wholeBody(get: Get, key: string, begun: GetObjectCommandOutput, first: number) {
  const { ContentLength: length = 0, ETag: etag, ChecksumSHA256: checksum, ContentRange: part } = begun
  const digest = createHash('sha256')
  const last = first + length - 1
  let answer = begun
  let received = 0
  for (let breaks = 0; ; answer = await resume(received)) {
    let cause: unknown
    try {
      for await (const chunk of answer.Body as Readable as AsyncIterable<Uint8Array>) {
        received += chunk.byteLength
        breaks = 0
        digest.update(chunk)
        yield chunk
      }
      if (received >= length) break
    } catch (error) {
      // All of it came, and is not what S3 keeps.
      if (received >= length) throw damaged(key, error)
      cause = error
    }
    if (++breaks > breaksInARow) throw broken(key, received, length, cause)
  }
  const isWhole = part === undefined && checksum !== undefined && !checksum.includes('-')
  if (isWhole && digest.digest('base64') !== checksum) throw damaged(key)

  async function resume(from: number): Promise<GetObjectCommandOutput> {
    for (let tries = 1; ; tries++) {
      try {
        return kept(await get({ Range: header(first + from, last), ...(etag !== undefined && { IfMatch: etag }) }))
      } catch (error) {
        if (tries > breaksInARow || [404, 412].includes(statusOf(error) ?? 0)) throw broken(key, from, length, error)
        await setTimeout(Math.random() * 100 * 2 ** tries)
      }
    }
  }
}

function header(first: number, last: number | undefined): string {
  return `bytes=${first}-${last ?? ''}`
}

function outside(key: string, { first, last }: Range) {
  return new InputError(`bytes ${first} to ${last ?? 'the end'} of ${key}: nothing lies there`)
}

function broken(key: string, received: number, length: number, cause: unknown) {
  const message = `${key} broke off after ${received} of ${length} bytes, and could not be taken up again`
  return new TransientError(`${message}: read it again`, { cause })
}

function damaged(key: string, cause?: unknown) {
  return new TransientError(`${key} did not come as S3 keeps it (its checksum differs): read it again`, { cause })
}
