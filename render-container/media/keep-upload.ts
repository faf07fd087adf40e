// A file that somebody uploaded, among the owner's uploads: under the hash of its bytes, which is computed here.
import { createReadStream } from 'node:fs'
import { faceKeyOf, uploadKey } from '../../core/keys.ts'
import { json } from '../../core/once.ts'
import type { ObjectStore } from '../../core/ports.ts'
import type { UploadFacts, UploadKind } from '../../core/uploads.ts'
import { type Inspecting, inspectUpload } from './inspect-upload.ts'

export type SentFile = { path: string; owner: string; kind: UploadKind; name: string }

/** Throws InputError for a file that cannot be used as that kind; then nothing is kept. */
export async function keepUpload(
  objects: ObjectStore,
  { path, owner, kind, name }: SentFile,
  options?: Inspecting,
): Promise<UploadFacts> {
  const { facts, face } = await inspectUpload(path, kind, name, options)
  const key = uploadKey(owner, facts.sha256, facts.extension)
  if (face) await objects.put(faceKeyOf(key), json(face), { contentType: 'application/json' })
  // Asked first: a stream that nobody reads keeps its file open.
  if (!(await objects.head(key))) await objects.put(key, createReadStream(path), { contentType: facts.contentType })
  return facts
}
