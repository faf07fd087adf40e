// The videos of a finished week, copied to where they are kept for good.
import { CopyObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3'
import PQueue from 'p-queue'
import { TransientError } from '../../core/errors.ts'
import { type Deliverable, deliverableKey, videoPrefix } from '../../core/keys.ts'
import type { VideoRecord } from '../../core/ports.ts'
import type { DynamoVideos } from '../../stores/videos/dynamodb.ts'
import { isoWeek } from '../../stores/videos/dynamodb/schema.ts'

/** What cannot be made again for nothing, and what says what it is. The rest follows from these. */
const kept = [
  'video.mp4',
  'poster.jpg',
  'captions.srt',
  'captions.vtt',
  'metadata.json',
  'bill.json',
] as const satisfies Deliverable[]

const atOnce = 8
const weekMs = 7 * 86_400_000

export type ArchivePorts = {
  videos: Pick<DynamoVideos, 'listDone' | 'events' | 'appendEvent'>
  s3: S3Client
  videosBucket: string
  archiveBucket: string
  now: () => Date
  /** Whether there is time left to begin with another video. */
  hasTime: () => boolean
}

/**
 * Archives the last two full weeks: what one run did not come to is the next one's. A version that is archived says so
 * among its video's events and is not copied again; a later version is copied beside it, in the week of its own. Gives how many were copied; throws TransientError when time is up before all
 * are, which makes Lambda run it again.
 */
export async function archive(ports: ArchivePorts): Promise<{ archived: number; weeks: string[] }> {
  const weeks = [2, 1].map((back) => isoWeek(new Date(ports.now().getTime() - back * weekMs)))
  let archived = 0
  for (const week of weeks)
    for (let after: string | undefined; ;) {
      const page = await ports.videos.listDone(week, { ...(after !== undefined && { after }) })
      const queue = new PQueue({ concurrency: atOnce })
      const copied = await queue.addAll(page.videos.map((video) => () => archiveOnce(video, week, ports)))
      archived += copied.filter(Boolean).length
      if (page.next === undefined) break
      after = page.next
    }
  return { archived, weeks }
}

async function archiveOnce({ id, made }: VideoRecord, week: string, ports: ArchivePorts): Promise<boolean> {
  const { videos, now, hasTime } = ports
  // Videos that were made before there were versions have one.
  const edition = made?.edition ?? 1
  const archived = (await videos.events(id)).filter(({ type }) => type === 'archived')
  if (archived.some((event) => (event['edition'] ?? 1) === edition)) return false
  if (!hasTime()) throw new TransientError('time is up before the whole week is archived; the next run goes on')
  for (const name of kept) {
    const from = deliverableKey(id, name, edition)
    await copy(from, `${week}/${id}/${from.slice(videoPrefix(id).length)}`, ports)
  }
  await videos.appendEvent(id, { at: now().toISOString(), type: 'archived', week, edition })
  return true
}

/** Within S3, without the bytes coming here. Keys are ASCII (core/keys.ts), so that they need no encoding. */
async function copy(from: string, to: string, { s3, videosBucket, archiveBucket }: ArchivePorts): Promise<void> {
  try {
    await s3.send(
      new CopyObjectCommand({
        CopySource: `${videosBucket}/${from}`,
        Bucket: archiveBucket,
        Key: to,
        StorageClass: 'GLACIER',
      }),
    )
  } catch (error) {
    // Deleted since, by its owner.
    if (!(error instanceof NoSuchKey) && (error as Error).name !== 'NoSuchKey') throw error
  }
}
