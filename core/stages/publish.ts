import * as z from 'zod'
import { captionsAssOf, srtOf, vttOf } from '../captions.ts'
import { defaultCaptionLook } from '../catalog.ts'
import { type Bill, type BillLine, billOf } from '../cost.ts'
import { FaultyVideoError } from '../errors.ts'
import { hashOf } from '../hash.ts'
import { contentTypeOf, type Deliverable, deliverableKey } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { Finding, Inspector, Publishing, VideoRecord } from '../ports.ts'
import { noticesOf } from '../story.ts'
import type { Timeline } from '../timeline.ts'
import { filesOf, type Render, renderKeys } from './compose.ts'
import type { Narration } from './narrate.ts'
import type { Plan } from './plan.ts'
import type { StagePorts } from '../stage.ts'
import { amend, activeVideoOf } from '../records.ts'
import { shortened, titleCharacters } from '../title.ts'

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
  const video = await activeVideoOf(ports.videos, videoId)
  const { owner, edition } = video
  const number = edition?.number ?? 1
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  const { notice } = (await readJson(ports.objects, input.narrationKey)) as Narration
  const planned = ((await readJson(ports.objects, input.planKey)) as Plan).publishing
  const publishing = { ...planned, title: shortened(planned.title, titleCharacters) }
  const fileKey = renderKeys(owner, ports.compose.version, timeline)
  const render = (await readJson(ports.objects, fileKey('render.json'))) as Render
  const calls = await ports.videos.calls(videoId)
  const bill = billOf(videoId, calls, [...(await earlierCompute(video, ports)), computeOf(render)])

  const known = await notesBefore(video, fileKey, ports)
  const workspace = await ports.openWorkspace()
  try {
    const videoPath = await workspace.fetch(fileKey(render.files.video))
    const font = timeline.captions?.font
    const ownFont = typeof font === 'object' ? { ownFontPath: await workspace.fetch(font.key) } : {}
    // Both at once, and both over before the folder goes.
    const [inspected, previewed] = await Promise.allSettled([
      ports.inspect({ ...inspectionOf(videoPath, timeline, ports), ...ownFont, known }, ports.signal),
      ports.preview({ videoPath, timeline, outDir: workspace.dir }, ports.signal),
    ])
    const { findings, notes } = valueOf(inspected)
    if (notes !== undefined) await ports.objects.put(fileKey(notesName), json(notes), jsonType)
    const keyOf = (name: string) => deliverableKey(videoId, name, number)
    await putRender(render, fileKey, keyOf, ports)
    await putOthers({ videoId, timeline, render, findings, bill, publishing }, keyOf, ports)
    const wrong = findings.filter((finding) => !finding.ok)
    if (wrong.length > 0)
      throw new FaultyVideoError(`the finished video failed its check: ${wrong.map(phrase).join('; ')}`)
    for (const name of Object.values(valueOf(previewed)))
      await workspace.store(`${workspace.dir}/${name}`, keyOf(name), contentTypeOf(name))
  } finally {
    await workspace.close()
  }
  const { durationMs } = timeline
  const costMicroUsd = bill.totalMicroUsd
  const told = noticesOf(calls.filter(({ startedAt }) => startedAt >= (edition?.askedAt ?? '')))
  const found = [...told, ...(notice === undefined ? [] : [notice]), ...render.notices]
  await amend(ports.videos, videoId, (now) => {
    // Whoever cancels at the last moment has cancelled; whoever changed it since then waits for another version.
    if (now.status === 'cancelled' || hashOf(now.edition) !== hashOf(edition)) return {}
    const at = ports.now().toISOString()
    const notices = [...new Set([...now.notices, ...found])]
    const made = { edition: number, durationMs, costMicroUsd, at, title: publishing.title, notices }
    return { status: 'done', made, notices }
  })
  return { videoKey: deliverableKey(videoId, 'video.mp4', number), durationMs, costMicroUsd }
}

/** Beside the render: what was seen of it. */
const notesName = 'seen.json'
const jsonType = { contentType: 'application/json' }

/** Of this render, where the video was published halfway; else of the version before it. */
async function notesBefore({ id, owner, made }: VideoRecord, fileKey: KeyOf, { objects, compose }: StagePorts) {
  const timelineKey = made && deliverableKey(id, 'timeline.json', made.edition)
  const before =
    timelineKey !== undefined && (await objects.head(timelineKey))
      ? renderKeys(owner, compose.version, (await readJson(objects, timelineKey)) as Timeline)
      : undefined
  for (const key of [fileKey(notesName), ...(before ? [before(notesName)] : [])])
    if (await objects.head(key)) return readJson(objects, key)
  return undefined
}

/** What rendering the versions before has cost; calls to services are the video's, whichever version they were for. */
async function earlierCompute({ id, edition, made }: VideoRecord, { objects }: StagePorts): Promise<BillLine[]> {
  if (made === undefined || made.edition === (edition?.number ?? 1)) return []
  const billKey = deliverableKey(id, 'bill.json', made.edition)
  if (!(await objects.head(billKey))) return []
  const { lines } = (await readJson(objects, billKey)) as Bill
  const about = `version ${made.edition}`
  return lines.filter(({ stage }) => stage === 'compose').map((line) => ({ about, ...line }))
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

function computeOf({ encoder, seconds, machine }: Render): BillLine {
  return {
    stage: 'compose',
    provider: machine.provider,
    model: machine.name === undefined ? encoder : `${machine.name}, ${encoder}`,
    unit: 'seconds',
    units: seconds,
    costMicroUsd: Math.round((seconds / 3600) * machine.usdPerHour * 1e6),
  }
}

type KeyOf = (name: string) => string

async function putRender(render: Render, fileKey: KeyOf, keyOf: KeyOf, { objects }: StagePorts) {
  for (const name of filesOf(render)) {
    const body = await objects.read(fileKey(name))
    await objects.put(keyOf(name), body, { contentType: contentTypeOf(name) })
  }
}

type Made = {
  videoId: string
  timeline: Timeline
  render: Render
  findings: Finding[]
  bill: Bill
  publishing: Publishing
}

async function putOthers(
  { videoId, timeline, render, findings, bill, publishing }: Made,
  keyOf: KeyOf,
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
    await objects.put(keyOf(name), body, { contentType: contentTypeOf(name) })
}

function phrase({ check, measured, wanted }: Finding): string {
  return `${check} is ${measured}, wanted ${wanted}`
}

function text(body: string): Uint8Array {
  return new TextEncoder().encode(body)
}
