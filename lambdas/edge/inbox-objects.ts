// The inbox in the uploads bucket.
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { checkInboxSize, type Manifest, manifestKey } from '../../core/inbox.ts'
import type { InboxObjects } from '../../core/inbox/take.ts'

export function openInboxObjects(client: S3Client): InboxObjects {
  const get = async (Bucket: string, Key: string, VersionId?: string) => {
    try {
      return await client.send(new GetObjectCommand({ Bucket, Key, ...(VersionId && { VersionId }) }))
    } catch (error) {
      if (error instanceof NoSuchKey || (error as Error).name === 'NoSuchVersion') return undefined
      throw error
    }
  }
  return {
    async read({ bucket, key, versionId, isVersioned }) {
      const object = await get(bucket, key, isVersioned ? versionId : undefined)
      if (!object) return undefined
      // Before its body is fetched, whatever the event said of it.
      checkInboxSize(object.ContentLength ?? 0)
      const bytes = await object.Body!.transformToByteArray()
      return { bytes, at: (object.LastModified ?? new Date(0)).toISOString() }
    },

    async manifest({ bucket, key }) {
      const object = await get(bucket, manifestKey(key))
      return object && (JSON.parse(await object.Body!.transformToString()) as Manifest)
    },

    async writeManifest({ bucket, key }, manifest) {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: manifestKey(key),
          Body: `${JSON.stringify(manifest, undefined, 2)}\n`,
          ContentType: 'application/json',
        }),
      )
    },
  }
}
