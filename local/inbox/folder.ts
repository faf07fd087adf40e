// A folder of this machine as an inbox. A version of a file is what is in it: copied again unchanged, it is the same.
import { createHash } from 'node:crypto'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checkInboxSize, type InboxFile, inboxKey, inboxLimits, type Manifest, manifestKey } from '../../core/inbox.ts'
import type { InboxObjects } from '../../core/inbox/take.ts'
import { localOwner } from '../stores.ts'

/** The file as the inbox knows it; undefined when it is gone. One that is too large to be taken is not read. */
export async function inboxFileOf(folder: string, name: string): Promise<InboxFile | undefined> {
  const path = join(folder, name)
  const facts = await stat(path).catch(() => undefined)
  if (!facts) return undefined
  const content = facts.size > inboxLimits.bytes ? `${facts.size} ${facts.mtimeMs}` : await readIfThere(path)
  if (content === undefined) return undefined
  const versionId = createHash('sha256').update(content).digest('hex').slice(0, 32)
  return { bucket: folder, key: inboxKey(localOwner, name), versionId, isVersioned: false }
}

export function folderInbox(folder: string): InboxObjects {
  const pathOf = (key: string) => join(folder, key.slice(inboxKey(localOwner, '').length))
  return {
    async read({ key }) {
      const path = pathOf(key)
      const facts = await stat(path).catch(() => undefined)
      if (!facts) return undefined
      checkInboxSize(facts.size)
      const bytes = await readIfThere(path)
      return bytes && { bytes, at: facts.mtime.toISOString() }
    },

    async manifest({ key }) {
      const bytes = await readIfThere(pathOf(manifestKey(key)))
      return bytes && (parsed(bytes.toString()) as Manifest | undefined)
    },

    async writeManifest({ key }, manifest) {
      const path = pathOf(manifestKey(key))
      const half = `${path}.${process.pid}.part`
      await writeFile(half, `${JSON.stringify(manifest, undefined, 2)}\n`)
      await rename(half, path)
    },
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** What somebody else has put in a manifest's place counts as none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
