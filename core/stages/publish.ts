import * as z from 'zod'
import { srtOf, vttOf } from '../captions.ts'
import { type Bill, billOf } from '../cost.ts'
import { FaultyVideoError } from '../errors.ts'
import { type Deliverable, deliverableKey, deliverables } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { Finding } from '../ports.ts'
import type { Timeline } from '../timeline.ts'
import { captionsAssOf, type Render, renderKeys } from './compose.ts'
import type { Narration } from './narrate.ts'
import type { StagePorts } from '../stage.ts'
import { amend, videoOf } from '../records.ts'

export const PublishInput = z.object({ videoId: z.string(), timelineKey: z.string(), narrationKey: z.string() })

/**
 * Looks at the finished file as a viewer would, and only then says that the video is done. Throws FaultyVideoError
 * with what is wrong; the findings lie in qc.json either way.
 */
export async function publish(input: z.infer<typeof PublishInput>, ports: StagePorts) {
  const { videoId, timelineKey } = input
  const { owner } = await videoOf(ports.videos, videoId)
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  const { notice } = (await readJson(ports.objects, input.narrationKey)) as Narration
  const render = (await readJson(ports.objects, renderKeys(owner, ports.compose.version, timeline).render)) as Render

  const findings = await inspectRender(render, timeline, ports)
  const bill = await billFor(videoId, render, ports)
  await putAll(videoId, timeline, render, findings, bill, ports)
  const wrong = findings.filter((finding) => !finding.ok)
  if (wrong.length > 0)
    throw new FaultyVideoError(`the finished video failed its check: ${wrong.map(phrase).join('; ')}`)
  await amend(ports.videos, videoId, ({ notices }) => ({
    status: 'done',
    notices: notice === undefined || notices.includes(notice) ? notices : [...notices, notice],
  }))
  return {
    videoKey: deliverableKey(videoId, 'video.mp4'),
    durationMs: timeline.durationMs,
    costMicroUsd: bill.totalMicroUsd,
  }
}

async function inspectRender({ video }: Render, timeline: Timeline, ports: StagePorts): Promise<Finding[]> {
  const workspace = await ports.openWorkspace()
  try {
    const file = {
      videoPath: await workspace.fetch(video),
      timeline,
      captionsAss: captionsAssOf(timeline),
      fontsDir: ports.fontsDir,
      hasNarration: timeline.narration !== undefined,
      hasSound: timeline.narration !== undefined || timeline.music !== undefined,
    }
    return await ports.inspect(file, ports.signal)
  } finally {
    await workspace.close()
  }
}

async function billFor(videoId: string, { encoder, seconds }: Render, { videos }: StagePorts): Promise<Bill> {
  const compute = {
    stage: 'compose',
    provider: 'this machine',
    model: encoder,
    unit: 'seconds',
    units: seconds,
    costMicroUsd: 0,
  }
  return billOf(videoId, await videos.calls(videoId), [compute])
}

async function putAll(
  videoId: string,
  timeline: Timeline,
  { video, poster, ...render }: Render,
  findings: Finding[],
  bill: Bill,
  { objects }: StagePorts,
) {
  const bodies = {
    'video.mp4': await objects.read(video),
    'poster.jpg': await objects.read(poster),
    'captions.srt': text(srtOf(timeline.cues)),
    'captions.vtt': text(vttOf(timeline.cues, timeline.words, timeline.language)),
    'captions.ass': text(captionsAssOf(timeline, timeline.captions?.look ?? 'highlight')!),
    'timeline.json': json(timeline),
    'bill.json': json(bill),
    'qc.json': json({ videoId, ok: findings.every(({ ok }) => ok), render, findings }),
  } satisfies Record<Deliverable, Uint8Array | AsyncIterable<Uint8Array>>
  for (const [name, body] of Object.entries(bodies) as [Deliverable, Uint8Array][])
    await objects.put(deliverableKey(videoId, name), body, { contentType: deliverables[name] })
}

function phrase({ check, measured, wanted }: Finding): string {
  return `${check} is ${measured}, wanted ${wanted}`
}

function text(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}
