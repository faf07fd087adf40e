// Signed links: to a video's files behind CloudFront, to everything else (pictures of a video in the making, uploads)
// straight into its bucket.
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/cloudfront-signer'
import { getSignedUrl as presigned } from '@aws-sdk/s3-request-presigner'
import type { ApiPorts } from '../../api/ports.ts'
import { isDelivered } from '../../core/keys.ts'
import { bucketOf } from '../../stores/aws.ts'
import { type SigningKey, signingKey } from './signing-secret.ts'
import { variable } from './variable.ts'

const linkSeconds = 24 * 60 * 60
export function linksFrom(client: S3Client): ApiPorts['linksTo'] {
  return async (keys) => {
    const signing = keys.some(isDelivered) ? await signingKey() : undefined
    if (keys.some(isDelivered) && !signing)
      return {
        notice: 'links: the operator has not put the key in place yet that signs them; ask again when it is there',
      }
    const now = Math.floor(Date.now() / 1000)
    // The same link for a while, so that a page that asks again does not load the video again.
    const hour = now - (now % 3600)
    const expiresAt = new Date((hour + 3600 + linkSeconds) * 1000).toISOString()
    const links = await Promise.all(
      keys.map(async (key) => [
        key,
        isDelivered(key) ? delivered(key, expiresAt, signing!) : await inBucket(client, key, new Date(hour * 1000)),
      ]),
    )
    return { links: Object.fromEntries(links), expiresAt }
  }
}

function delivered(key: string, expiresAt: string, signing: SigningKey): string {
  const url = `https://${variable('CLIPFORGE_DELIVERY_DOMAIN')}/${key}`
  return getSignedUrl({ url, dateLessThan: expiresAt, ...signing })
}

/** Works as long as the function's own credentials do, which may be less than a day. */
function inBucket(client: S3Client, key: string, signingDate: Date): Promise<string> {
  const command = new GetObjectCommand({ Bucket: bucketOf(key), Key: key })
  return presigned(client, command, { expiresIn: linkSeconds + 3600, signingDate })
}
