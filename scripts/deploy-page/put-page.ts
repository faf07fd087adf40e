import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'

type Page = { client: S3Client; bucket: string; dir: string; apiUrl: string }

const contentTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.webmanifest': 'application/manifest+json',
}

/** CloudFront compresses by itself: what lies compressed beside a file stays here. */
const isSent = (file: string) => !/\.(?:gz|br|map)$/.test(file)

/**
 * The start page last: whoever loads it finds everything that it names. Files of pages before stay, for whoever has one
 * of those open. Gives the number of files.
 */
export async function putPage({ client, bucket, dir, apiUrl }: Page): Promise<number> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSent(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(dir.length + 1))
  const put = (Key: string, Body: Uint8Array | string) =>
    client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key,
        Body,
        ContentType: contentTypes[extname(Key)] ?? 'application/octet-stream',
        CacheControl: cacheControlOf(Key),
      }),
    )
  for (const file of files.filter((name) => name !== 'index.html')) await put(file, readFileSync(join(dir, file)))
  await put('config.json', JSON.stringify({ api: apiUrl }))
  await put('index.html', readFileSync(join(dir, 'index.html')))
  return files.length + 1
}

/** A name with a hash in it never means anything else. */
function cacheControlOf(file: string): string {
  if (/-[A-Za-z0-9]{8,}\.\w+$/.test(file)) return 'public, max-age=31536000, immutable'
  return file.startsWith('samples/') ? 'public, max-age=86400' : 'no-cache'
}
