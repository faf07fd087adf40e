import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { deliverableKey, deliverables, deliverablesOf } from '../../../core/keys.ts'
import { json, readJson } from '../../../core/once.ts'
import { amend } from '../../../core/records.ts'
import type { Finding } from '../../../core/ports.ts'
import type { StagePorts } from '../../../core/stage.ts'
import { type Render, renderKeys } from '../../../core/stages/compose.ts'
import { publish } from '../../../core/stages/publish.ts'
import { type Timeline, timelineOf } from '../../../core/timeline.ts'
import { partsOf, scenesOf, wordsOf } from '../timeline/parts.ts'
import { owner, portsFor, videoId } from './ports.ts'

const files: Render['files'] = {
  video: 'video.mp4',
  poster: 'poster.jpg',
  hls: ['hls/master.m3u8', 'hls/720p.m3u8', 'hls/720p.mp4'],
}
const render: Render = {
  encoder: 'libx264',
  encoderReason: 'no GPU',
  integratedLufs: -14,
  segmentsRendered: 3,
  segmentsTotal: 3,
  notices: ['scene 2: its clip breaks off'],
  files,
  seconds: 2,
  machine: { provider: 'this machine', usdPerHour: 0 },
}
const input = { videoId, timelineKey: 'timeline', narrationKey: 'narration', planKey: 'plan' }

const preview: StagePorts['preview'] = async ({ outDir }) => {
  const made = { preview: 'preview.webp', storyboard: 'storyboard.jpg', storyboardTimes: 'storyboard.vtt' } as const
  for (const name of Object.values(made)) writeFileSync(join(outDir, name), name)
  return made
}

/** A rendered video, and who looks at it. */
async function rendered(findings: Finding[], wishes: Partial<StagePorts> = {}): Promise<StagePorts> {
  const ports = {
    ...(await portsFor({ script: 'A goat danced.' })),
    preview,
    inspect: async () => ({ findings }),
    ...wishes,
  }
  const put = (key: string, body: Uint8Array) => ports.objects.put(key, body, { contentType: 'application/json' })
  await put('plan', json({ publishing: { title: 'A goat', description: 'It danced.', tags: [] } }))
  await put('narration', json({ notice: 'a notice of the voice' }))
  await putRender(ports, timelineOf(partsOf(wordsOf([300, 300, 300], 30), scenesOf(3, 1))))
  return ports
}

async function putRender({ objects }: StagePorts, timeline: Timeline): Promise<void> {
  const put = (key: string, body: Uint8Array) => objects.put(key, body, { contentType: 'application/json' })
  await put('timeline', json(timeline))
  const fileKey = renderKeys(owner, 'test', JSON.parse(JSON.stringify(timeline)) as Timeline)
  for (const name of [files.video, files.poster, ...files.hls!])
    await put(fileKey(name), new TextEncoder().encode(name))
  await put(fileKey('render.json'), json(render))
}

const good: Finding = { check: 'frames', ok: true, measured: '36', wanted: '36' }

describe('publish', () => {
  it('puts everything that a user gets beside the video, and says that it is done', async () => {
    const ports = await rendered([good])
    await publish(input, ports)
    expect(await deliverablesOf(ports.objects, videoId)).toEqual([
      ...Object.keys(deliverables),
      ...files.hls!.toSorted(),
    ])
    for (const [name, contentType] of [
      ...Object.entries(deliverables),
      ['hls/master.m3u8', 'application/vnd.apple.mpegurl'],
    ])
      expect(await ports.objects.head(deliverableKey(videoId, name!)), name).toMatchObject({ contentType })
    expect(new TextDecoder().decode(await ports.objects.get(deliverableKey(videoId, 'hls/720p.mp4')))).toBe(
      'hls/720p.mp4',
    )
    expect(await ports.videos.get(videoId)).toMatchObject({
      status: 'done',
      notices: ['a notice of the voice', ...render.notices],
    })
  })

  it('gives what was noted of a version to whoever looks at the next, and at the same again', async () => {
    const given: unknown[] = []
    const ports = await rendered([], {
      inspect: async ({ known }) => {
        given.push(known)
        return { findings: [good], notes: { looks: given.length } }
      },
    })
    await publish(input, ports)
    await publish(input, ports)
    const base = {
      scriptKey: '',
      narrationKey: '',
      planKey: '',
      musicKey: '',
      mood: '',
      pictureKeys: [],
      timelineKey: '',
    }
    const edition = { number: 2, base, scenes: {}, askedAt: '2026-01-01T00:00:00.000Z' }
    await amend(ports.videos, videoId, () => ({ status: 'running', edition }))
    await putRender(ports, timelineOf(partsOf(wordsOf([300, 300, 400], 30), scenesOf(3, 1))))
    await publish(input, ports)
    expect(given).toEqual([undefined, { looks: 1 }, { looks: 2 }])
  })

  it('tells a notice once, however often it runs', async () => {
    const ports = await rendered([good])
    await publish(input, ports)
    await publish(input, ports)
    expect((await ports.videos.get(videoId))!.notices).toHaveLength(2)
  })

  it('fails a video with a fault, with its findings beside it', async () => {
    const bad = { check: 'black', ok: false, measured: '2 s', wanted: 'none' }
    const ports = await rendered([good, bad], { preview: () => Promise.reject(new Error('nothing to see')) })
    await expect(publish(input, ports)).rejects.toThrow(
      /^the finished video failed its check: black is 2 s, wanted none$/,
    )
    expect(await readJson(ports.objects, deliverableKey(videoId, 'qc.json'))).toMatchObject({
      ok: false,
      findings: [good, bad],
      render,
    })
    expect((await ports.videos.get(videoId))!.status).toBe('running')
  })

  it('is not done before its previews are', async () => {
    const ports = await rendered([good], { preview: () => Promise.reject(new Error('nothing to see')) })
    await expect(publish(input, ports)).rejects.toThrow('nothing to see')
    expect((await ports.videos.get(videoId))!.status).toBe('running')
  })
})
