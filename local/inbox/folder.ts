// A folder of this machine as an inbox. A version of a file is what is in it: copied again unchanged, it is the same.
// What is still being written may be read before its end: its lines are told apart by what they say, so that those which
// were read before make nothing twice.
import { createHash } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as z from 'zod'
import { checkInboxSize, type InboxFile, inboxKey, inboxLimits, type Manifest, manifestKey } from '../../core/inbox.ts'
import type { InboxObjects } from '../../core/inbox/take.ts'
import { localOwner } from '../stores.ts'

/** As it was when it was read, once: what is taken is what its version says. `isOpenEnded`: without a last line's end. */
export type DroppedFile = { file: InboxFile; bytes: number; at: string; isOpenEnded: boolean; inbox: InboxObjects }

const newline = 0x0a

/**
 * Undefined when it is gone, or changed while it was read. One that is too large to be taken is not read: reading it out
 * of `inbox` throws InputError.
 */
export async function openDropped(folder: string, name: string): Promise<DroppedFile | undefined> {
  const path = join(folder, name)
  const before = await factsOf(path)
  if (!before) return undefined
  const isTooLarge = before.size > inboxLimits.bytes
  const content = isTooLarge ? `${before.size} ${before.mtimeMs}` : await readIfThere(path)
  const after = await factsOf(path)
  if (content === undefined || after?.size !== before.size || after.mtimeMs !== before.mtimeMs) return undefined
  const versionId = createHash('sha256').update(content).digest('hex').slice(0, 32)
  const file = { bucket: folder, key: inboxKey(localOwner, name), versionId, isVersioned: false }
  // What lies there now is the newest, whatever its time says: copied from elsewhere it may be years old.
  const at = new Date().toISOString()
  const read: InboxObjects['read'] = async () => {
    checkInboxSize(before.size)
    return { bytes: content as Buffer, at }
  }
  const isOpenEnded = typeof content !== 'string' && content.at(-1) !== newline
  return { file, bytes: before.size, at, isOpenEnded, inbox: { read, ...manifestsIn(folder) } }
}

function manifestsIn(folder: string): Omit<InboxObjects, 'read'> {
  const pathOf = (key: string) => join(folder, manifestKey(key).slice(inboxKey(localOwner, '').length))
  return {
    async manifest({ key }) {
      const bytes = await readIfThere(pathOf(key))
      return bytes && manifestIn(bytes.toString())
    },

    async writeManifest({ key }, manifest) {
      const path = pathOf(key)
      const half = `${path}.${process.pid}.part`
      await writeFile(half, `${JSON.stringify(manifest, undefined, 2)}\n`)
      await rename(half, path)
    },
  }
}

async function factsOf(path: string) {
  try {
    return await stat(path)
  } catch (error) {
    return undefinedIfGone(error)
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    return undefinedIfGone(error)
  }
}

function undefinedIfGone(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
}

const Known = z.object({
  versionId: z.string(),
  at: z.string(),
  entries: z.array(z.object({ ok: z.boolean(), videoId: z.string().optional() })),
})

/** What somebody else has put in a manifest's place counts as none. */
function manifestIn(text: string): Manifest | undefined {
  try {
    const found: unknown = JSON.parse(text)
    return Known.safeParse(found).success ? (found as Manifest) : undefined
  } catch {
    return undefined
  }
}
