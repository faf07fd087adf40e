import { S3Client } from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import type { ApiPorts } from '../../api/ports.ts'
import { variable } from './variable.ts'

const formSeconds = 3600

/** A form that sends one file of at most that size under that key, and nothing else. */
export function formsInto(client: S3Client): ApiPorts['formFor'] {
  return async (key, { contentType, maxBytes }) => {
    const expiresAt = new Date(Date.now() + formSeconds * 1000).toISOString()
    const { url, fields } = await createPresignedPost(client, {
      Bucket: variable('CLIPFORGE_UPLOADS_BUCKET'),
      Key: key,
      Expires: formSeconds,
      Fields: { 'Content-Type': contentType },
      Conditions: [['content-length-range', 1, maxBytes]],
    })
    return { url, fields, expiresAt }
  }
}
