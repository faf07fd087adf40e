// The user's own files that a request names: each is checked, kept as an upload, and named by it.
import { access, constants, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { uploadKey } from '../../core/keys.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { checkUploads, type Upload, type UploadedClip, uploadsOf, withUploads } from '../../core/request/uploads.ts'
import type { UploadFacts } from '../../core/uploads.ts'
import type { VideoRequest } from '../../core/video.ts'
import { localOwner } from '../stores.ts'

const nouns: Record<Upload['kind'], string> = { picture: 'picture', clip: 'clip', music: 'sound file', font: 'font' }

/** The request with an upload in the place of each file. A file named twice is kept once. Throws InputError. */
export async function takeUploads(request: VideoRequest, folder: string, objects: ObjectStore): Promise<VideoRequest> {
  const taken = new Map<string, UploadFacts>()
  const keyByField = new Map<string, string>()
  const media: Record<string, UploadedClip> = {}
  // One after the other: a look decodes, and a machine has few cores.
  for (const upload of uploadsOf(request)) {
    const path = resolve(folder, upload.file)
    const name = `${upload.kind} ${path}`
    const facts = taken.get(name) ?? (await take(upload, path, objects))
    taken.set(name, facts)
    const key = uploadKey(localOwner, facts.sha256, facts.extension)
    keyByField.set(upload.field, key)
    const { durationMs, hasSound = false } = facts
    if (upload.kind === 'clip' && durationMs !== undefined) media[key] = { durationMs, hasSound }
  }
  if (keyByField.size === 0) return request
  const named = withUploads(request, keyByField)
  const wanted = Object.keys(media).length === 0 ? named : { ...named, media }
  checkUploads(wanted, localOwner)
  return wanted
}

async function take({ field, kind }: Upload, path: string, objects: ObjectStore): Promise<UploadFacts> {
  try {
    await checkFile(path, nouns[kind])
    const { keepUpload } = await import('../../render-container/media/keep-upload.ts')
    // One's own machine takes whatever can be worked with.
    return await keepUpload(objects, { path, owner: localOwner, kind, name: path }, { maxBytes: Infinity })
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code && !(error instanceof InputError)) throw error
    const reason = code ? `${path} ${reasons[code] ?? `cannot be read (${code})`}` : message
    throw new InputError(`${field}: ${reason}`, { cause: error })
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'is not there; check the path',
  ENOTDIR: 'is not there; check the path',
  EACCES: 'may not be read by you; change its permissions',
  EPERM: 'may not be read by you; change its permissions',
}

async function checkFile(path: string, noun: string): Promise<void> {
  const info = await stat(path)
  if (info.isDirectory()) throw new InputError(`${path} is a folder; name the ${noun} in it`)
  if (!info.isFile()) throw new InputError(`${path} is no file; name a ${noun}`)
  await access(path, constants.R_OK)
}
