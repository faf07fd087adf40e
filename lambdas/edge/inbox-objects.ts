// The inbox in the uploads bucket. Versions matter here, which the stores know nothing of: a file that was dropped again
// under its name is another file.
import { GetObjectCommand, NoSuchKey, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { checkInboxSize, type InboxFile, type Manifest, manifestKey } from '../../core/inbox.ts'

export type InboxObjects = {
  /** `at`: when this version was dropped, in ISO 8601. Undefined when it is gone. Throws InputError when it is too large. */
  read: (file: InboxFile) => Promise<{ bytes: Uint8Array; at: string } | undefined>
  manifest: (file: Pick<InboxFile, 'bucket' | 'key'>) => Promise<Manifest | undefined>
  writeManifest: (file: InboxFile, manifest: Manifest) => Promise<void>
}

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
