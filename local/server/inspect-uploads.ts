// What was sent here is looked into here: in children, and few at a time, so that videos go on being made meanwhile.
import PQueue from 'p-queue'
import type { ApiPorts } from '../../api/ports.ts'
import { NotFoundError } from '../../core/errors.ts'
import type { DiskObjects } from '../../stores/objects/disk.ts'

const atOnce = 2

export function inspectUploads(objects: DiskObjects): ApiPorts['inspectUpload'] {
  const queue = new PQueue({ concurrency: atOnce })
  return (key, kind, name) =>
    queue.add(async () => {
      const { keepUpload } = await import('../../render-container/media/keep-upload.ts')
      const [, owner = ''] = key.split('/')
      try {
        return await keepUpload(objects, { path: await objects.pathOf(key), owner, kind, name })
      } catch (error) {
        // Somebody has sent or deleted it anew while it was looked at.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
        throw new NotFoundError(`the file of '${name}' is gone`, { cause: error })
      }
    })
}
