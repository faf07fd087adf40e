import { readFile, stat } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { extname, resolve } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { uploadKey } from '../../core/keys.ts'
import type { ObjectStore } from '../../core/ports.ts'
import type { VideoRequest } from '../../core/video.ts'
import { localOwner } from '../stores.ts'

const contentTypes: Record<string, string> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
}

/** Checks the picture files that scenes bring, keeps a copy of each, and names the copies in the request. Throws InputError. */
export async function takePictures(request: VideoRequest, folder: string, objects: ObjectStore): Promise<VideoRequest> {
  if (!Array.isArray(request.scenes)) return request
  const scenes = await Promise.all(
    request.scenes.map(async (scene, i) => {
      if (scene.picture === undefined) return scene
      return {
        ...scene,
        picture: await take(resolve(folder, scene.picture), `scenes.${i}.picture`, objects),
      }
    }),
  )
  return { ...request, scenes }
}

async function take(path: string, field: string, objects: ObjectStore): Promise<string> {
  const extension = extname(path).toLowerCase()
  const contentType = contentTypes[extension]
  if (!contentType)
    throw new InputError(`${field}: ${path} is no picture that we read; give a .jpg, .png or .webp file`)
  const { probePicture } = await import('../../render-container/probe-media.ts')
  let body: Uint8Array
  try {
    if ((await stat(path)).isDirectory()) throw new InputError(`${path} is a folder; name the picture in it`)
    await probePicture(path)
    body = await readFile(path)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR'
    throw new InputError(`${field}: ${isMissing ? `${path} is not there; check the path` : message}`, { cause: error })
  }
  const key = uploadKey(localOwner, createHash('sha256').update(body).digest('hex'), extension.slice(1))
  await objects.put(key, body, { contentType, ifAbsent: true })
  return key
}
