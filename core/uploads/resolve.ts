// Uploads' ids, which people write, and the keys of their bytes, which everything after the API goes by.
import { InputError, NotFoundError } from '../errors.ts'
import { clip } from '../explain.ts'
import type { ObjectStore } from '../ports.ts'
import { type Upload, type UploadedClip, uploadsOf, withUploads } from '../request/uploads.ts'
import { uploadIdShape, type UploadRecord } from '../uploads.ts'
import type { VideoRequest } from '../video.ts'
import { findUpload } from './records.ts'

/** The upload is there, and of another kind than its place in the request wants. */
export class OtherKindError extends InputError {}

/**
 * The request with a key in the place of each upload's id, and what is known of the clips among them. Throws
 * NotFoundError, naming the field, for one that is not there, not the owner's or not ready, OtherKindError for one of
 * another kind, and InputError for whatever is no id: keys are nothing that anybody says from outside.
 */
export async function resolveUploads(
  request: VideoRequest,
  owner: string,
  objects: ObjectStore,
): Promise<VideoRequest> {
  const wanted = uploadsOf(request)
  if (wanted.length === 0) return request
  const records = new Map<string, Promise<UploadRecord>>()
  const find = (id: string) => {
    const record = records.get(id) ?? findUpload(objects, owner, id)
    records.set(id, record)
    return record
  }
  const keyByField = new Map<string, string>()
  const uploadIds: Record<string, string> = { ...request.uploadIds }
  const media: Record<string, UploadedClip> = { ...request.media }
  for (const upload of wanted) {
    const { id, key, clip: found } = await readyUpload(upload, find)
    keyByField.set(upload.field, key)
    uploadIds[key] = id
    if (found) media[key] = found
  }
  return { ...withUploads(request, keyByField), ...(Object.keys(media).length > 0 && { media }), uploadIds }
}

/** The request as it was asked for: ids instead of keys, and nothing that nobody wrote. Good to be sent again. */
export function shownRequest(request: VideoRequest): Omit<VideoRequest, 'media' | 'choices' | 'uploadIds'> {
  const { uploadIds = {} } = request
  const idByField = new Map(
    uploadsOf(request).flatMap(({ field, file }): [string, string][] => {
      const id = uploadIds[file]
      return id === undefined ? [] : [[field, id]]
    }),
  )
  const { media: _media, choices: _choices, uploadIds: _uploadIds, ...shown } = withUploads(request, idByField)
  return shown
}

/** One of them, by its id in `file`; throws as resolveUploads does. `find` throws NotFoundError. */
export async function readyUpload(
  { field, kind, file }: Upload,
  find: (id: string) => Promise<UploadRecord>,
): Promise<{ id: string; key: string; clip?: UploadedClip }> {
  if (!uploadIdShape.test(file))
    throw new InputError(`${field}: must be the id of an upload, such as 'upl_…' (it is '${clip(file)}')`)
  const record = await find(file).catch((error: unknown) => {
    if (error instanceof NotFoundError) throw new NotFoundError(`${field}: ${error.message}`, { cause: error })
    throw error
  })
  if (record.state !== 'ready')
    throw new NotFoundError(
      `${field}: the upload '${file}' is not ready (${record.state}); send its file and have it checked first`,
    )
  if (record.kind !== kind)
    throw new OtherKindError(`${field}: must be a ${kind}; the upload '${file}' is a ${record.kind}`)
  const { durationMs, hasSound = false } = record.facts as { durationMs?: number; hasSound?: boolean }
  return {
    id: file,
    key: record.key,
    ...(kind === 'clip' && durationMs !== undefined && { clip: { durationMs, hasSound } }),
  }
}
