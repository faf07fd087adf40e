// Uploads in parts.
import { randomUUID, createHash } from 'node:crypto'
import {
  contentsOf,
  keptHeaders,
  tag,
  unescaped,
  xml,
  checksumHeaders,
  type S3Answer,
  type S3Request,
} from './answers.ts'
import { ofParts, type Checksums } from './body.ts'
import { S3Error } from './errors.ts'
import { checkWrite } from './object-requests.ts'

type Part = { bytes: Buffer; etag: string; checksums: Checksums }
type Upload = {
  bucket: string
  key: string
  headers: Record<string, string>
  storageClass: string
  parts: Map<number, Part>
}
const smallestPartBytes = 5 * 1024 ** 2

export function openUploads() {
  const uploads = new Map<string, Upload>()
  const uploadOf = ({ query, bucket, key }: S3Request) => {
    const upload = uploads.get(query.get('uploadId') ?? '')
    if (upload?.bucket !== bucket || upload.key !== key) throw new S3Error(404, 'NoSuchUpload')
    return upload
  }

  return {
    /** Uploads that are neither complete nor aborted. */
    open: () => uploads.size,

    begin({ bucket, key, headers, buckets }: S3Request): S3Answer {
      buckets.find(bucket, key)
      const id = randomUUID()
      const storageClass = String(headers['x-amz-storage-class'] ?? 'STANDARD')
      uploads.set(id, { bucket, key, headers: keptHeaders(headers), storageClass, parts: new Map() })
      return xml('InitiateMultipartUploadResult', tag('Bucket', bucket) + tag('Key', key) + tag('UploadId', id))
    },

    async putPart(request: S3Request): Promise<S3Answer> {
      const upload = uploadOf(request)
      const { bytes, checksums } = await request.body()
      const etag = `"${createHash('md5').update(bytes).digest('hex')}"`
      upload.parts.set(Number(request.query.get('partNumber')), { bytes, etag, checksums })
      return { status: 200, headers: { etag, ...checksumHeaders({ checksums, checksumType: 'FULL_OBJECT' }) } }
    },

    async complete(request: S3Request): Promise<S3Answer> {
      const { bucket, key, buckets, query } = request
      const upload = uploadOf(request)
      const named = contentsOf('Part', (await request.body()).bytes.toString())
      const parts = named.map((each) => {
        const part = upload.parts.get(Number(contentsOf('PartNumber', each)[0]))
        if (!part || unescaped(contentsOf('ETag', each)[0] ?? '') !== part.etag) throw new S3Error(400, 'InvalidPart')
        return part
      })
      if (parts.slice(0, -1).some(({ bytes }) => bytes.length < smallestPartBytes))
        throw new S3Error(400, 'EntityTooSmall')
      checkWrite(request)
      const digests = parts.map(({ etag }) => Buffer.from(etag.slice(1, -1), 'hex'))
      const stored = buckets.put(
        bucket,
        {
          key,
          bytes: Buffer.concat(parts.map(({ bytes }) => bytes)),
          etag: `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`,
          checksums: ofParts(parts.map(({ checksums }) => checksums)),
          checksumType: 'COMPOSITE',
          storageClass: upload.storageClass,
          headers: upload.headers,
        },
        'ObjectCreated:CompleteMultipartUpload',
      )
      uploads.delete(query.get('uploadId')!)
      return xml('CompleteMultipartUploadResult', tag('Bucket', bucket) + tag('Key', key) + tag('ETag', stored.etag))
    },

    abort(request: S3Request): S3Answer {
      uploadOf(request)
      uploads.delete(request.query.get('uploadId')!)
      return { status: 204 }
    },
  }
}
