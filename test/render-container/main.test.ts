import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { cloud, startJob, submitted } from './cloud/job.ts'
import { smallComposition } from './compositions.ts'
import { timelineOf } from './media.ts'

const there = cloud()

test('a job renders its timeline, tells how far it is, and says why it is not where it was meant to be', async () => {
  const { videoId, timelineKey, fileKey } = await submitted(there, await smallComposition())
  const env = {
    ...there.environment,
    CLIPFORGE_MACHINE: 'g4dn.xlarge spot',
    CLIPFORGE_MACHINE_USD_PER_HOUR: '0.205',
    CLIPFORGE_RENDER_NOTE: 'rendered without a GPU, because none was free',
    AWS_BATCH_JOB_ID: 'job-1',
  }
  const { code, log } = await startJob(['compose', videoId, timelineKey], env).ended
  expect(log.at(-1)).toMatchObject({ level: 'INFO', message: 'rendered', videoId, jobId: 'job-1' })
  expect(code).toBe(0)
  const render = JSON.parse(Buffer.from(await there.stores.objects.get(fileKey('render.json'))).toString())
  expect(render).toMatchObject({
    encoder: 'libx264',
    encoderReason: expect.stringContaining('NVIDIA'),
    notices: ['rendered without a GPU, because none was free'],
    machine: { provider: 'AWS', name: 'g4dn.xlarge spot', usdPerHour: 0.205 },
    segmentsRendered: 3,
  })
  expect((await there.stores.objects.head(fileKey('video.mp4')))!.bytes).toBeGreaterThan(10_000)
  const events = await there.stores.videos.events(videoId)
  expect(events.at(-1)).toMatchObject({ type: 'progress', stage: 'compose', done: 90, total: 90, unit: 'frames' })
  // At most one in two seconds: fewer than there were frames.
  expect(events.length).toBeLessThan(20)

  const again = await startJob(['compose', videoId, timelineKey], env).ended
  expect(again.code).toBe(0)
  const since = (await there.stores.videos.events(videoId)).slice(events.length)
  expect(since).toMatchObject([{ type: 'rendering' }])
})

test('a reclaimed machine: the job ends as such, nothing of it is left running, and the next one goes on', async () => {
  const described = await smallComposition()
  const pictures = { 'picture-2': described.files['picture-0']!, 'picture-3': described.files['picture-1']! }
  const timeline = timelineOf([90, 90, 90, 90])
  const files = { ...described.files, ...pictures }
  const { videoId, timelineKey, fileKey } = await submitted(there, { files, timeline })
  const job = startJob(['compose', videoId, timelineKey], there.environment)
  const segmentsKept = async () => {
    const { objects } = await there.stores.objects.list('parts/ann/')
    return objects.filter(({ key }) => key.endsWith('.mp4')).length
  }
  const before = await segmentsKept()
  await expect.poll(segmentsKept, { timeout: 20_000 }).toBeGreaterThan(before)
  const children = await childrenOf(job.process.pid!)
  expect(children.length).toBeGreaterThan(0)
  job.process.kill('SIGTERM')
  const { code, log } = await job.ended
  expect(code).toBe(143)
  expect(log.at(-1)).toMatchObject({ level: 'WARN', videoId, exitCode: 143 })
  expect(children.filter(isRunning)).toEqual([])
  // Nobody has failed: another machine goes on.
  expect(await failuresOf(videoId)).toEqual([])

  expect((await startJob(['compose', videoId, timelineKey], there.environment).ended).code).toBe(0)
  const render = JSON.parse(Buffer.from(await there.stores.objects.get(fileKey('render.json'))).toString())
  expect(render.segmentsRendered).toBeLessThan(render.segmentsTotal)
})

test('what cannot be made is said in the video and is worth no other machine', async () => {
  const described = await smallComposition()
  const broken = join(described.folder, 'broken.jpg')
  await writeFile(broken, 'no picture')
  const files = { ...described.files, 'picture-1': broken }
  const { videoId, timelineKey } = await submitted(there, { ...described, files })
  const { code, log } = await startJob(['compose', videoId, timelineKey], there.environment).ended
  expect(code).toBe(64)
  const failure = { name: 'InputError', message: expect.stringContaining('scene 2') }
  expect(await failuresOf(videoId)).toMatchObject([failure])
  expect(log.at(-1)).toMatchObject({ level: 'ERROR', exitCode: 64, error: failure })
})

test('a timeline that is gone is worth no other machine either', async () => {
  const { videoId } = await submitted(there, { files: {}, timeline: timelineOf([30]) })
  const { code } = await startJob(['compose', videoId, 'owners/ann/assets/timeline/gone.json'], there.environment).ended
  expect(code).toBe(64)
  expect(await failuresOf(videoId)).toMatchObject([{ name: 'NotFoundError' }])
})

test('a bucket that cannot be reached is worth another try', async () => {
  const { videoId, timelineKey } = await submitted(there, { files: {}, timeline: timelineOf([30]) })
  const env = { ...there.environment, AWS_ENDPOINT_URL_S3: 'http://127.0.0.1:9' }
  const { code } = await startJob(['compose', videoId, timelineKey], env).ended
  expect(code).toBe(75)
  expect(await failuresOf(videoId)).toHaveLength(1)
})

test('a job without a table says so and ends', async () => {
  const { code, log } = await startJob(['compose', 'v', 'k'], { ...there.environment, CLIPFORGE_TABLE: '' }).ended
  expect(code).toBe(64)
  expect(log.some(({ message }) => String(message).includes('CLIPFORGE_TABLE'))).toBe(true)
})

test('warm ends at once; probe says by encoding which encoder there is; anything else is explained', async () => {
  const [warm, probe, nonsense] = await Promise.all(
    [['warm'], ['probe', '--json'], ['compose', 'only-one']].map((args) => startJob(args, {}).ended),
  )
  expect(warm!.code).toBe(0)
  expect(JSON.parse(probe!.stdout)).toMatchObject({ encoder: 'libx264', isHardware: false, frames: 30 })
  expect(nonsense!.code).toBe(64)
  expect(nonsense!.stderr).toContain('Exit codes: 0 done, 64')
})

async function failuresOf(videoId: string) {
  return (await there.stores.videos.events(videoId)).filter(({ type }) => type === 'compose-failed')
}

async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('pgrep', ['-P', String(pid)])
  return stdout.trim().split('\n').map(Number)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
