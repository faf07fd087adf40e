// A file of requests that came by the form: its videos, and a manifest beside it that says what came of each of them.
import { NotFoundError } from '../../core/errors.ts'
import { manifestKey, type Manifest } from '../../core/inbox.ts'
import { type InboxObjects, takeUpload } from '../../core/inbox/take.ts'
import { json, readJson } from '../../core/once.ts'
import type { ObjectStore } from '../../core/ports.ts'
import type { SubmitPorts } from '../../core/submit.ts'
import { resolveUploads } from '../../core/uploads/resolve.ts'
import { breathe } from '../breathe.ts'

/** Safe to be called again for the same file: it makes no video twice. */
export async function takeInboxFile(key: string, ports: SubmitPorts & { objects: ObjectStore }): Promise<void> {
  const { objects } = ports
  const found = await objects.head(key)
  if (!found) return
  const { sha256: versionId, bytes, modifiedAt: at } = found
  const file = { bucket: 'this machine', key, versionId, isVersioned: false }
  await takeUpload(
    file,
    { bytes, at },
    {
      ...ports,
      inbox: inboxIn(objects, at),
      named: (request, owner) => resolveUploads(request, owner, objects),
      breathe,
    },
  )
}

function inboxIn(objects: ObjectStore, at: string): InboxObjects {
  return {
    read: async ({ key }) => ({ bytes: await objects.get(key), at }),
    manifest: async ({ key }) => {
      try {
        return (await readJson(objects, manifestKey(key))) as Manifest
      } catch (error) {
        if (error instanceof NotFoundError) return undefined
        throw error
      }
    },
    writeManifest: async ({ key }, manifest) =>
      void (await objects.put(manifestKey(key), json(manifest), { contentType: 'application/json' })),
  }
}
