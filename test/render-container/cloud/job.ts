// The render container's surroundings for its tests: S3 and DynamoDB on the loopback interface, a video and its
// timeline in them, and the entry point as a process.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { assetKey, contentTypeOf, uploadKey } from '../../../core/keys.ts'
import { json } from '../../../core/once.ts'
import { renderKeys } from '../../../core/stages/compose.ts'
import type { Timeline } from '../../../core/timeline.ts'
import { RENDERER_VERSION } from '../../../render-container/version.ts'
import { type AwsStores, openAwsStores } from '../../../stores/aws.ts'
import { newVideo } from '../../contract/new-video.ts'
import { startDynamo } from '../../loopback/dynamodb.ts'
import { startS3 } from '../../loopback/s3.ts'
import type { Described } from '../compositions.ts'

export type Cloud = { environment: Record<string, string>; stores: AwsStores }

const buckets = { CLIPFORGE_WORK_BUCKET: 'work', CLIPFORGE_UPLOADS_BUCKET: 'uploads' }

/** For all tests of a file. */
export function cloud(): Cloud {
  const started = {} as Cloud
  const closing: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    const [s3, dynamo] = [await startS3({ buckets: Object.values(buckets) }), await startDynamo()]
    closing.push(s3.close, dynamo.close)
    started.environment = { ...s3.environment, ...dynamo.environment, ...buckets }
    Object.assign(process.env, started.environment)
    started.stores = openAwsStores()
  })
  afterAll(() => Promise.all(closing.map((close) => close())))
  return started
}

let videos = 0

/** Puts the video, its timeline and all that this names where a job finds them. */
export async function submitted({ stores }: Cloud, described: Pick<Described, 'files' | 'timeline'>) {
  const videoId = `video-${process.pid}-${++videos}`
  await stores.videos.create(newVideo(videoId))
  let text = JSON.stringify(described.timeline)
  for (const [name, path] of Object.entries(described.files)) {
    const bytes = await readFile(path)
    // The first picture is the user's own.
    const key =
      name === 'picture-0' ? uploadKey('ann', 'a0'.repeat(32), 'jpg') : assetKey('ann', 'picture', name, videoId)
    await stores.objects.put(key, bytes, { contentType: contentTypeOf(path) })
    text = text.replaceAll(`"${name}"`, `"${key}"`)
  }
  const timeline = JSON.parse(text) as Timeline
  const timelineKey = assetKey('ann', 'timeline', text)
  await stores.objects.put(timelineKey, json(timeline), { contentType: 'application/json' })
  return { videoId, timelineKey, fileKey: renderKeys('ann', RENDERER_VERSION, timeline) }
}

export type Job = {
  process: ChildProcess
  /** Its exit code (or the signal that ended it) and its log's lines. */
  ended: Promise<{ code: number | string | null; log: Record<string, unknown>[]; stdout: string; stderr: string }>
}

const main = fileURLToPath(new URL('../../../render-container/main.ts', import.meta.url))

export function startJob(args: string[], env: Record<string, string>): Job {
  return follow(spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } }))
}

export function follow(child: ChildProcess): Job {
  onTestFinished(() => void child.kill('SIGKILL'))
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', (chunk) => (stdout += chunk))
  child.stderr!.on('data', (chunk) => (stderr += chunk))
  const ended = new Promise<Awaited<Job['ended']>>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'))
      resolve({ code: signal ?? code, log: lines.map((line) => JSON.parse(line)), stdout, stderr })
    })
  })
  return { process: child, ended }
}
