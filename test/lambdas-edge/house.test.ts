import type { EventBridgeEvent } from 'aws-lambda'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newVideoId } from '../../core/submit.ts'
import type { Edition } from '../../core/edition.ts'
import { deliverableKey } from '../../core/keys.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { newVideo } from '../contract/new-video.ts'
import { arnOf, context, logged, metricsIn, startAws } from './aws.ts'

let aws: Awaited<ReturnType<typeof startAws>>
let { videos } = {} as ReturnType<typeof openAwsStores>
let onEnd: typeof import('../../lambdas/on-end.ts').handler
let onRender: typeof import('../../lambdas/on-render.ts').handler
let sweep: typeof import('../../lambdas/sweep.ts').handler
let archive: typeof import('../../lambdas/archive.ts').handler
beforeAll(async () => {
  aws = await startAws()
  videos = openAwsStores().videos
  onEnd = (await import('../../lambdas/on-end.ts')).handler
  onRender = (await import('../../lambdas/on-render.ts')).handler
  sweep = (await import('../../lambdas/sweep.ts')).handler
  archive = (await import('../../lambdas/archive.ts')).handler
})
afterAll(() => aws.close())

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()

/** A video whose attempts are recorded. */
async function made(status: 'queued' | 'running', attempts: number, createdAt = ago(600)): Promise<string> {
  const id = newVideoId()
  await videos.create(newVideo(id, { createdAt }))
  for (let attempt = 1; attempt <= attempts; attempt++)
    await videos.appendEvent(id, { at: createdAt, type: 'attempt', attempt, ...(attempt > 1 && { afterLoss: true }) })
  if (status === 'running') await videos.update(id, 1, { status })
  return id
}
const ended = (id: string, status: string, more: object = {}, attempt = 1) => {
  const name = `${id}-${attempt}`
  const detail = {
    executionArn: arnOf(name),
    name,
    status,
    startDate: Date.now() - 60_000,
    stopDate: Date.now(),
    ...more,
  }
  return { detail } as unknown as EventBridgeEvent<string, unknown>
}

describe('the end of an execution', () => {
  it('counts a video and what its services did, once', async () => {
    const id = await made('running', 1)
    for (const [key, startedAt] of [
      ['a', ago(30)],
      ['b', ago(30)],
      ['before', ago(300)],
    ] as const) {
      await videos.recordCall(id, { key, stage: 'narrate', provider: 'openai', startedAt })
      const charges = [{ provider: 'openai', model: 'm', unit: 'characters', units: 7, costMicroUsd: 1000 }]
      const settled = { settledAt: ago(20), charges, outcome: 'made' as const }
      await videos.settleCall(
        id,
        key,
        key === 'b' ? { ...settled, charges: [], outcome: 'refused', reason: 'no' } : settled,
      )
    }
    await videos.update(id, 2, { status: 'done' })
    const event = ended(id, 'SUCCEEDED', { output: '{"costMicroUsd": 250000}', error: null, cause: null })
    const counted = metricsIn(await logged(() => onEnd(event, context('first'))))
    expect(counted).toMatchObject({
      VideosMade: [1],
      CostPerVideo: [0.25],
      'ServiceCost openai': [0.001],
      'ServiceCalls openai': [1],
      'ServiceUnits openai': [7],
      'ServiceFailures openai': [1],
    })
    expect(counted['VideoSeconds']![0]).toBeGreaterThan(590)
    expect(metricsIn(await logged(() => onEnd(event, context('second'))))).toEqual({})
    expect(await videos.get(id)).toMatchObject({ status: 'done' })
  })

  it('counts a later version from when it was asked for, and what the first has cost no more', async () => {
    const id = await made('running', 1, ago(9000))
    await videos.appendEvent(id, { at: ago(60), type: 'attempt', attempt: 2 })
    const edition = { number: 2, base: {} as Edition['base'], scenes: {}, askedAt: ago(60) }
    await videos.update(id, 2, { edition, status: 'done' })
    const event = ended(id, 'SUCCEEDED', { output: '{"costMicroUsd": 250000}' }, 2)
    const counted = metricsIn(await logged(() => onEnd(event, context('second version'))))
    expect(counted).toMatchObject({ VideosMade: [1] })
    expect(counted).not.toHaveProperty('CostPerVideo')
    expect(counted['VideoSeconds']![0]).toBeLessThan(200)
  })

  it.each([
    [
      'TIMED_OUT',
      { status: 'failed', error: { message: expect.stringMatching(/^it took longer/) } },
      { VideosFailed: [1] },
    ],
    ['ABORTED', { status: 'cancelled' }, {}],
    [
      'FAILED',
      {
        status: 'failed',
        error: { name: 'States.Runtime', message: expect.stringContaining('(States.Runtime: no such path)') },
      },
      { VideosFailed: [1] },
    ],
  ])('%s is what the record says', async (status, record, metrics) => {
    const id = await made('running', 1)
    const event = ended(id, status, status === 'FAILED' ? { error: 'States.Runtime', cause: 'no such path' } : {})
    expect(metricsIn(await logged(() => onEnd(event, context())))).toEqual(metrics)
    expect(await videos.get(id)).toMatchObject(record)
  })

  it('leaves what the workflow said, and what a later attempt makes', async () => {
    const told = await made('running', 1)
    await videos.update(told, 2, { status: 'failed', error: { name: 'InputError', message: 'said' } })
    await logged(() => onEnd(ended(told, 'FAILED'), context()))
    expect(await videos.get(told)).toMatchObject({ error: { message: 'said' } })
    const again = await made('running', 2)
    await logged(() => onEnd(ended(again, 'TIMED_OUT'), context()))
    expect(await videos.get(again)).toMatchObject({ status: 'running' })
    await logged(() => onEnd(ended('somebody-elses', 'FAILED'), context()))
    await videos.update(again, 2, { status: 'cancelled' })
  })
})

it('the end of a render is counted by its queue, with every machine that it used', async () => {
  process.env['CLIPFORGE_RENDER_QUEUES'] = '{"spot":"arn:q/Spot-x","onDemand":"arn:q/Od-y"}'
  const job = { jobName: 'compose-vid_x', jobQueue: 'arn:q/Spot-x', createdAt: 1000 }
  const attempts = [
    { startedAt: 11_000, stoppedAt: 21_000 },
    { startedAt: 30_000, stoppedAt: 35_000 },
  ]
  const tell = (detail: object) => logged(() => onRender({ detail } as never, context()))
  expect(metricsIn(await tell({ ...job, status: 'FAILED', attempts }))).toEqual({
    'RendersFailed spot': [1],
    'RenderSeconds spot': [15],
    'RenderWaitSeconds spot': [10],
  })
  expect(metricsIn(await tell({ ...job, jobQueue: 'arn:q/Od-y', status: 'FAILED' }))).toEqual({
    'RendersFailed onDemand': [1],
  })
  expect(metricsIn(await tell({ ...job, jobName: 'warm', status: 'SUCCEEDED', attempts }))).toEqual({})
})

describe('the sweeper', () => {
  it('starts what waits too long, and again what got lost, three times at most', async () => {
    aws.executions.clear()
    const run = (id: string, attempt: number, status: string, stopDate?: number) =>
      aws.executions.set(`${id}-${attempt}`, {
        name: `${id}-${attempt}`,
        input: '',
        status,
        ...(stopDate && { stopDate }),
      })
    const longAgo = Date.now() / 1000 - 600
    const fresh = await made('queued', 0, ago(10))
    const waiting = await made('queued', 0)
    const neverStarted = await made('running', 1)
    const atWork = await made('running', 1)
    run(atWork, 1, 'RUNNING')
    const lost = await made('running', 1)
    run(lost, 1, 'FAILED', longAgo)
    const justEnded = await made('running', 1)
    run(justEnded, 1, 'FAILED', Date.now() / 1000)
    const hopeless = await made('running', 3)
    run(hopeless, 3, 'TIMED_OUT', longAgo)
    // Its third version: that it was made twice before is no loss.
    const changed = await made('running', 1, ago(9000))
    for (const attempt of [2, 3]) await videos.appendEvent(changed, { at: ago(600), type: 'attempt', attempt })
    run(changed, 3, 'FAILED', longAgo)
    const justChanged = await made('running', 1, ago(9000))
    await videos.appendEvent(justChanged, { at: ago(10), type: 'attempt', attempt: 2 })
    const aborted = await made('running', 1)
    run(aborted, 1, 'ABORTED', longAgo)
    const expired = await made('queued', 0)
    await videos.update(expired, 1, { expiresAt: Math.floor(Date.now() / 1000) - 5 })

    const before = new Set(aws.started())
    const counted = metricsIn(await logged(() => sweep(undefined, context())))
    const started = aws.started().filter((name) => !before.has(name))
    expect(started.toSorted()).toEqual([`${waiting}-1`, `${neverStarted}-1`, `${lost}-2`, `${changed}-4`].toSorted())
    expect(counted).toMatchObject({ VideosWaiting: [10], VideosStuck: [6], VideosRestarted: [4] })
    expect(counted['OldestWaitingSeconds']![0]).toBeGreaterThan(590)
    expect(counted['OldestWaitingSeconds']![0]).toBeLessThan(9000)
    const statusOf = async (id: string) => (await videos.get(id))?.status
    expect(await Promise.all([fresh, waiting, atWork, justEnded, hopeless, aborted, expired].map(statusOf))).toEqual([
      'queued',
      'running',
      'running',
      'running',
      'failed',
      'cancelled',
      undefined,
    ])
    expect((await videos.get(hopeless))?.error?.message).toContain('started 3 times')

    // What is at work now is left alone.
    await logged(() => sweep(undefined, context()))
    expect(aws.started()).toHaveLength(before.size + 4)
  })
})

describe('the archive', () => {
  it('keeps the last full weeks for good, each video once, and goes on where it stopped', async () => {
    const id = await made('running', 1)
    await videos.update(id, 2, { status: 'done' })
    const put = (name: string, edition = 1) =>
      aws.s3.buckets.put(
        'videos',
        {
          key: deliverableKey(id, name, edition),
          bytes: Buffer.from(`v${edition} ${name}`),
          headers: {},
          checksums: {},
          checksumType: 'FULL_OBJECT',
          storageClass: 'STANDARD',
        } as never,
        'ObjectCreated:Put',
      )
    for (const name of ['video.mp4', 'poster.jpg', 'captions.srt', 'bill.json', 'metadata.json', 'qc.json']) put(name)
    const { archive: run } = await import('../../lambdas/edge/archiving.ts')
    const { S3Client } = await import('@aws-sdk/client-s3')
    const inAWeek = new Date(Date.now() + 7 * 86_400_000)
    const ports = {
      videos,
      s3: new S3Client(),
      videosBucket: 'videos',
      archiveBucket: 'archive',
      now: () => inAWeek,
      hasTime: () => true,
    }
    await expect(run({ ...ports, hasTime: () => false })).rejects.toThrow('time is up')
    expect((await run(ports)).archived).toBeGreaterThan(0)
    const copies = aws.s3.received.filter((line) => line.startsWith('PUT /archive/') && line.includes(id))
    const kept = copies
      .filter((line) => line.includes(' 200'))
      .map((line) => /^[^? ]+/.exec(line.split('/').at(-1)!)![0])
    expect(kept).toEqual(['video.mp4', 'poster.jpg', 'captions.srt', 'metadata.json', 'bill.json'])
    const { week } = (await videos.events(id)).at(-1) as { week?: string }
    expect(aws.s3.buckets.get('archive', `${week}/${id}/video.mp4`)).toMatchObject({ storageClass: 'GLACIER' })
    expect((await run(ports)).archived).toBe(0)

    // Another version of it is archived beside the first.
    const { version } = (await videos.get(id))!
    await videos.update(id, version, { made: { edition: 2, durationMs: 1, costMicroUsd: 0, at: ago(0) } })
    put('video.mp4', 2)
    expect((await run(ports)).archived).toBe(1)
    expect(aws.s3.buckets.get('archive', `${week}/${id}/v2/video.mp4`).bytes.toString()).toBe('v2 video.mp4')
    expect(aws.s3.buckets.get('archive', `${week}/${id}/video.mp4`).bytes.toString()).toBe('v1 video.mp4')
    expect((await run(ports)).archived).toBe(0)
    const copied = aws.s3.received.filter((line) => line.startsWith('PUT /archive/') && line.includes(id)).length
    // This week is not over.
    await logged(() => archive({}, context('a', 900_000)))
    expect(aws.s3.received.filter((line) => line.startsWith('PUT /archive/') && line.includes(id))).toHaveLength(copied)
  })
})
