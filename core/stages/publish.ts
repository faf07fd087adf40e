import * as z from 'zod'
import { captionsAssOf, srtOf, vttOf } from '../captions.ts'
import { defaultCaptionLook } from '../catalog.ts'
import { type Bill, billOf } from '../cost.ts'
import { FaultyVideoError } from '../errors.ts'
import { contentTypeOf, type Deliverable, deliverableKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { CallRecord, Finding, Inspector, Publishing } from '../ports.ts'
import { noticesOf } from '../story.ts'
import type { Timeline } from '../timeline.ts'
import { filesOf, type Render, renderKeys } from './compose.ts'
import type { Narration } from './narrate.ts'
import type { Plan } from './plan.ts'
import type { StagePorts } from '../stage.ts'
import { amend, activeVideoOf } from '../records.ts'

export const PublishInput = z.object({
  videoId: z.string(),
  timelineKey: z.string(),
  narrationKey: z.string(),
  planKey: z.string(),
})

/**
 * Looks at the finished file as a viewer would, and only then says that the video is done. Throws FaultyVideoError
 * with what is wrong; the findings lie in qc.json either way.
 */
export async function publish(input: z.infer<typeof PublishInput>, ports: StagePorts) {
  const { videoId, timelineKey } = input
  const { owner } = await activeVideoOf(ports.videos, videoId)
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  const { notice } = (await readJson(ports.objects, input.narrationKey)) as Narration
  const { publishing } = (await readJson(ports.objects, input.planKey)) as Plan
  const fileKey = renderKeys(owner, ports.compose.version, timeline)
  const render = (await readJson(ports.objects, fileKey('render.json'))) as Render
  const calls = await ports.videos.calls(videoId)
  const bill = billFor(videoId, calls, render)

  const workspace = await ports.openWorkspace()
  try {
    const videoPath = await workspace.fetch(fileKey(render.files.video))
    // Both at once, and both over before the folder goes.
    const [inspected, previewed] = await Promise.allSettled([
      ports.inspect(inspectionOf(videoPath, timeline, ports), ports.signal),
      ports.preview({ videoPath, timeline, outDir: workspace.dir }, ports.signal),
    ])
    const findings = valueOf(inspected)
    await putRender(videoId, render, fileKey, ports)
    await putOthers(videoId, timeline, render, { findings, bill, publishing }, ports)
    const wrong = findings.filter((finding) => !finding.ok)
    if (wrong.length > 0)
      throw new FaultyVideoError(`the finished video failed its check: ${wrong.map(phrase).join('; ')}`)
    for (const name of Object.values(valueOf(previewed)))
      await workspace.store(`${workspace.dir}/${name}`, deliverableKey(videoId, name), contentTypeOf(name))
  } finally {
    await workspace.close()
  }
  await amend(ports.videos, videoId, ({ status, notices }) => ({
    // Whoever cancels at the last moment has cancelled.
    status: status === 'cancelled' ? status : 'done',
    notices: [
      ...new Set([...notices, ...noticesOf(calls), ...(notice === undefined ? [] : [notice]), ...render.notices]),
    ],
  }))
  return {
    videoKey: deliverableKey(videoId, 'video.mp4'),
    durationMs: timeline.durationMs,
    costMicroUsd: bill.totalMicroUsd,
  }
}

function inspectionOf(videoPath: string, timeline: Timeline, { fontsDir }: StagePorts): Parameters<Inspector>[0] {
  const { narration, music, clipSounds, effects } = timeline
  const hasNarration = narration !== undefined
  return {
    videoPath,
    timeline,
    captionsAss: captionsAssOf(timeline),
    fontsDir,
    hasNarration,
    hasSound: hasNarration || music !== undefined || clipSounds.length > 0 || effects.length > 0,
  }
}

function valueOf<Value>(settled: PromiseSettledResult<Value>): Value {
  if (settled.status === 'rejected') throw settled.reason
  return settled.value
}

function billFor(videoId: string, calls: CallRecord[], { encoder, seconds, machine }: Render): Bill {
  const compute = {
    stage: 'compose',
    provider: machine.provider,
    model: machine.name === undefined ? encoder : `${machine.name}, ${encoder}`,
    unit: 'seconds',
    units: seconds,
    costMicroUsd: Math.round((seconds / 3600) * machine.usdPerHour * 1e6),
  }
  return billOf(videoId, calls, [compute])
}

async function putRender(videoId: string, render: Render, fileKey: (name: string) => string, { objects }: StagePorts) {
  for (const name of filesOf(render)) {
    const body = await objects.read(fileKey(name))
    await objects.put(deliverableKey(videoId, name), body, { contentType: contentTypeOf(name) })
  }
}

async function putOthers(
  videoId: string,
  timeline: Timeline,
  render: Render,
  { findings, bill, publishing }: { findings: Finding[]; bill: Bill; publishing: Publishing },
  { objects }: StagePorts,
) {
  const bodies = {
    'captions.srt': text(srtOf(timeline.cues)),
    'captions.vtt': text(vttOf(timeline.cues, timeline.words, timeline.language)),
    // Without captions in the picture there still is a file of them, in the usual look.
    'captions.ass': text(captionsAssOf(timeline, defaultCaptionLook) ?? ''),
    'timeline.json': json(timeline),
    'metadata.json': json(publishing),
    'bill.json': json(bill),
    'qc.json': json({ videoId, ok: findings.every(({ ok }) => ok), render, findings }),
  } satisfies Partial<Record<Deliverable, Uint8Array>>
  for (const [name, body] of Object.entries(bodies))
    await objects.put(deliverableKey(videoId, name), body, { contentType: contentTypeOf(name) })
}

function phrase({ check, measured, wanted }: Finding): string {
  return `${check} is ${measured}, wanted ${wanted}`
}

function text(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}
