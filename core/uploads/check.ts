// Looks into a file that was sent, once, and keeps what came of it.
import { ConflictError, InputError, NotFoundError } from '../errors.ts'
import { readInbox } from '../inbox.ts'
import { uploadKey } from '../keys.ts'
import type { ObjectStore } from '../ports.ts'
import type { UploadFacts, UploadKind, UploadRecord } from '../uploads.ts'
import { findUpload, settleUpload } from './records.ts'

export type CheckPorts = {
  objects: ObjectStore
  /**
   * Looks into the file under `key`, and keeps its bytes under uploadKey by the hash that it finds itself. Throws
   * InputError for one that cannot be used as that kind, NotFoundError when nothing is there.
   */
  inspectUpload: (key: string, kind: UploadKind, name: string) => Promise<UploadFacts>
}

/**
 * Gives the upload as it is kept: 'ready', or 'refused' with the reason. Asked again it gives the same, but for one that
 * was refused and whose file has been sent anew. Throws NotFoundError, and ConflictError when no file has come yet.
 */
export async function checkUpload(ports: CheckPorts, owner: string, id: string): Promise<UploadRecord> {
  const { objects } = ports
  const record = await findUpload(objects, owner, id)
  if (record.state === 'ready') return record
  if (!(await objects.head(record.sentTo))) return withoutFile(record)
  const settled = await inspected(ports, record).catch((error: unknown) => {
    if (error instanceof NotFoundError) return undefined
    throw error
  })
  // Somebody else has checked or deleted it meanwhile.
  if (!settled) return withoutFile(await findUpload(objects, owner, id))
  await settleUpload(objects, settled)
  return settled
}

function withoutFile(record: UploadRecord): UploadRecord {
  if (record.state !== 'waiting') return record
  throw new ConflictError('its file has not come yet; send it with the form first, then ask for the check again')
}

async function inspected({ objects, inspectUpload }: CheckPorts, record: UploadRecord): Promise<UploadRecord> {
  const { id, owner, name, kind, createdAt, sentTo } = record
  const about = { id, owner, name, kind, createdAt, sentTo }
  try {
    if (kind === 'script') {
      const bytes = await objects.get(sentTo)
      readInbox(sentTo, bytes)
      return { ...about, state: 'ready', key: sentTo, facts: { bytes: bytes.length } }
    }
    const facts = await inspectUpload(sentTo, kind, name)
    return { ...about, state: 'ready', key: uploadKey(owner, facts.sha256, facts.extension), facts }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { ...about, state: 'refused', reason: error.message }
  }
}
