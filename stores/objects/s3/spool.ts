// A body of unknown length, held until it has ended: a small one in memory, a larger one in a temporary file.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, type ReadStream } from 'node:fs'
import { open, rm, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InputError } from '../../../core/errors.ts'

/** `sha256` in hex. `open` gives the whole body, as often as it is asked. */
export type Spooled = {
  bytes: number
  sha256: string
  open: () => Uint8Array | ReadStream
  discard: () => Promise<void>
}

const memoryBytes = 8 * 1024 ** 2
/** What S3 takes in one PutObject. */
const largestPutBytes = 5 * 1024 ** 3

/** Throws InputError as soon as the body is larger than `maxBytes`, and what the body throws. Then nothing is left. */
export async function spool(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  maxBytes: number = largestPutBytes,
): Promise<Spooled> {
  const digest = createHash('sha256')
  const held: Uint8Array[] = []
  const path = join(tmpdir(), `clipforge-${randomUUID()}`)
  let file: FileHandle | undefined
  let [bytes, heldBytes] = [0, 0]
  const flush = async () => {
    file ??= await open(path, 'wx', 0o600)
    await file.appendFile(Buffer.concat(held))
    held.length = 0
    heldBytes = 0
  }
  const discard = () => rm(path, { force: true })

  try {
    for await (const chunk of body instanceof Uint8Array ? [body] : body) {
      digest.update(chunk)
      bytes += chunk.byteLength
      if (bytes > maxBytes)
        throw new InputError(`an object may have ${maxBytes} bytes, and this one has more: make it in parts`)
      held.push(chunk)
      heldBytes += chunk.byteLength
      if (heldBytes > memoryBytes && !(body instanceof Uint8Array)) await flush()
    }
    if (file && heldBytes > 0) await flush()
  } catch (error) {
    await file?.close()
    await discard()
    throw error
  }
  await file?.close()
  const inMemory = file ? undefined : body instanceof Uint8Array ? body : Buffer.concat(held)
  return { bytes, sha256: digest.digest('hex'), open: () => inMemory ?? createReadStream(path), discard }
}
