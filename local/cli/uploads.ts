// The user's own files that a request names: each is checked, kept as an upload, and named by it.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, constants, stat } from 'node:fs/promises'
import { extname, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../../core/errors.ts'
import { uploadKey } from '../../core/keys.ts'
import type { ObjectStore } from '../../core/ports.ts'
import { checkUploads, type Upload, type UploadedClip, uploadsOf, withUploads } from '../../core/request/uploads.ts'
import type { VideoRequest } from '../../core/video.ts'
import { localOwner } from '../stores.ts'

/** `probe` throws InputError for a file that cannot be used; what it finds out is kept for clips. */
type Kind = {
  noun: string
  /** What a file of another kind is to be saved as. */
  saveAs: string
  contentTypes: Record<string, string>
  probe: (path: string) => Promise<UploadedClip | void>
}

const kinds: Record<Upload['kind'], Kind> = {
  picture: {
    noun: 'picture',
    saveAs: 'JPEG, PNG or WebP',
    contentTypes: { '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.png': 'image/png', '.webp': 'image/webp' },
    probe: async (path) => void (await (await import('../../render-container/media/probe.ts')).probePicture(path)),
  },
  clip: {
    noun: 'clip',
    saveAs: 'MP4, MOV or WebM',
    contentTypes: { '.mp4': 'video/mp4', '.m4v': 'video/mp4', '.mov': 'video/quicktime', '.webm': 'video/webm' },
    probe: async (path) => {
      const { durationMs, hasSound } = await (
        await import('../../render-container/media/probe-clip.ts')
      ).probeClip(path)
      return { durationMs, hasSound }
    },
  },
  music: {
    noun: 'sound file',
    saveAs: 'MP3, M4A, WAV, FLAC, Ogg or Opus',
    contentTypes: {
      '.mp3': 'audio/mpeg',
      '.m4a': 'audio/mp4',
      '.wav': 'audio/wav',
      '.flac': 'audio/flac',
      '.ogg': 'audio/ogg',
      '.opus': 'audio/ogg',
    },
    probe: async (path) => (await import('../../render-container/sound/probe.ts')).probeSound(path),
  },
}

/** The request with an upload in the place of each file. A file named twice is kept once. Throws InputError. */
export async function takeUploads(request: VideoRequest, folder: string, objects: ObjectStore): Promise<VideoRequest> {
  const taken = new Map<string, Taken>()
  const keyByField = new Map<string, string>()
  const media: Record<string, UploadedClip> = {}
  // One after the other: a probe decodes, and a machine has few cores.
  for (const upload of uploadsOf(request)) {
    const path = resolve(folder, upload.file)
    const name = `${upload.kind} ${path}`
    const { key, found } = taken.get(name) ?? (await take(upload, path, objects))
    taken.set(name, { key, found })
    keyByField.set(upload.field, key)
    if (found) media[key] = found
  }
  if (keyByField.size === 0) return request
  const named = withUploads(request, keyByField)
  const wanted = Object.keys(media).length === 0 ? named : { ...named, media }
  checkUploads(wanted, localOwner)
  return wanted
}

type Taken = { key: string; found: UploadedClip | undefined }

async function take(upload: Upload, path: string, objects: ObjectStore): Promise<Taken> {
  const { found, sha256 } = await look(upload, path).catch((error: NodeJS.ErrnoException) => {
    const { code, message } = error
    const reason = code ? `${path} ${reasons[code] ?? `cannot be read (${code})`}` : message
    throw new InputError(`${upload.field}: ${reason}`, { cause: error })
  })
  const extension = extname(path).toLowerCase()
  const contentType = kinds[upload.kind].contentTypes[extension]!
  const key = uploadKey(localOwner, sha256, extension.slice(1))
  // Asked first: a stream that nobody reads keeps its file open.
  if (!(await objects.head(key))) await objects.put(key, createReadStream(path), { contentType })
  return { key, found }
}

async function look(upload: Upload, path: string) {
  const { noun, contentTypes, probe } = kinds[upload.kind]
  await checkFile(path, noun)
  const extension = extname(path).toLowerCase()
  if (!contentTypes[extension]) throw new InputError(`${path} ${otherKind(upload, extension)}`)
  return { found: (await probe(path)) ?? undefined, sha256: await sha256Of(path) }
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
  if (info.size === 0) throw new InputError(`${path} is empty; save or download it again`)
  await access(path, constants.R_OK)
}

/** What is wrong with a file of that name in that field, and what to do. */
function otherKind({ field, kind }: Upload, extension: string): string {
  const { noun, saveAs } = kinds[kind]
  const isOfScene = field.endsWith(`.${kind}`)
  const other = (['picture', 'clip', 'music'] as const).find((it) => kinds[it].contentTypes[extension] !== undefined)
  if (other) {
    const fits = isOfScene && other !== 'music'
    return `is a ${kinds[other].noun}; ${fits ? `name it as '${other}' instead of '${kind}'` : `name a ${noun} here (${saveAs})`}`
  }
  if (extension === '.gif')
    return `is a GIF; save it as ${kind === 'picture' ? 'PNG' : 'MP4'}${isOfScene && kind === 'picture' ? ", or as MP4 and name that as 'clip' if it moves" : ''}`
  return `is no ${noun} that can be read; save it as ${saveAs}`
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
