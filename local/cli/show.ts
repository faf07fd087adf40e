import { styleText } from 'node:util'
import type { Bill } from '../../core/cost.ts'
import { InputError } from '../../core/errors.ts'
import { deliverableKey } from '../../core/keys.ts'
import { readJson } from '../../core/once.ts'
import type { Finding, VideoRecord } from '../../core/ports.ts'
import type { Render } from '../../core/stages/compose.ts'
import type { Timeline } from '../../core/timeline.ts'
import { holderOf } from '../lease.ts'
import { localOwner, openStores, type Stores } from '../stores.ts'
import { findVideo } from './find-video.ts'
import { homeDir } from './home-dir.ts'

/** The videos of this machine, newest first. */
export async function list({ limit, json }: { limit: string; json?: boolean }): Promise<void> {
  const count = Number(limit)
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new InputError(`limit: must be a whole number from 1 to 1000 (it is '${limit}')`)
  const stores = openStores(homeDir())
  try {
    const { videos } = await stores.videos.list(localOwner, { limit: count })
    for (const video of videos) print(json ? JSON.stringify(video) : clip(rowOf(video, stores), 160))
    if (videos.length === 0 && !json) print('no videos yet; clipforge make examples/coffee.txt makes one')
  } finally {
    stores.db.close()
  }
}

/** One video: status, scenes, bill and what was checked. */
export async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  const stores = openStores(homeDir())
  try {
    const video = await findVideo(stores.videos, id)
    const read = async (name: 'timeline.json' | 'bill.json' | 'qc.json') =>
      (await stores.objects.head(deliverableKey(video.id, name)))
        ? readJson(stores.objects, deliverableKey(video.id, name))
        : undefined
    const parts = { timeline: await read('timeline.json'), bill: await read('bill.json'), qc: await read('qc.json') }
    print(json ? JSON.stringify({ ...video, ...parts }) : page(video, parts as Parts, stores))
  } finally {
    stores.db.close()
  }
}

type Parts = { timeline?: Timeline; bill?: Bill; qc?: { render: Render; findings: Finding[] } }

function rowOf({ id, createdAt, status, request, error }: VideoRecord, { db }: Stores): string {
  const scenes = Array.isArray(request.scenes) ? request.scenes : []
  const words = request.script ?? scenes[0]?.text ?? request.topic ?? ''
  const about = request.title ?? clip(words.trim().replaceAll(/\s+/g, ' '), 60)
  const state = status === 'running' && holderOf(db, id) === undefined ? 'stopped' : status
  return `${id}  ${createdAt.slice(0, 16).replace('T', ' ')}  ${state.padEnd(7)}  ${error ? error.message : about}`
}

function page(video: VideoRecord, { timeline, bill, qc }: Parts, stores: Stores): string {
  const holder = holderOf(stores.db, video.id)
  return [
    rowOf(video, stores),
    ...video.notices.map((notice) => `${styleText('yellow', '!')} ${notice}`),
    ...(timeline ? scenesOf(timeline) : []),
    ...(qc ? [`  render  ${renderOf(qc.render)}`] : []),
    ...(bill ? [`  bill  $${bill.totalUsd.toFixed(4)}`] : []),
    ...(bill ? billOf(bill) : []),
    ...(qc?.findings ?? []).map(
      ({ ok, check, measured, wanted }) =>
        `  ${ok ? styleText('green', '✔') : styleText('red', '✘')} ${check}: ${measured} (wanted ${wanted})`,
    ),
    ...(video.status === 'done' ? [] : [`  ${whatNext(video, holder)}`]),
  ].join('\n')
}

/** Bills of videos from before there were services have no failures. */
type OldBill = Omit<Bill, 'failures'> & Partial<Pick<Bill, 'failures'>>

function billOf({ lines, failures, unsettled }: OldBill): string[] {
  const place = ({ stage, scene }: { stage: string; scene?: number }) =>
    `${stage}${scene === undefined ? '' : ` ${scene + 1}`}`
  const usd = (microUsd: number) => `$${(microUsd / 1e6).toFixed(4)}`
  return [
    ...lines.map((line) =>
      [place(line), `${line.provider} ${line.model}`, `${line.units} ${line.unit}`, usd(line.costMicroUsd), line.about]
        .filter((part) => part !== undefined)
        .join('  '),
    ),
    ...(failures ?? []).map((call) => `${place(call)}  ${call.provider}  ${call.outcome}: ${call.reason}`),
    ...unsettled.map(
      (call) => `${place(call)}  ${call.provider}  may have been charged, about ${usd(call.estimateMicroUsd ?? 0)}`,
    ),
  ].map((line) => `    ${line}`)
}

/** Narrated scenes have their numbers, as in the bill; cards and clips around them are named. */
function scenesOf({ scenes, fps }: Timeline): string[] {
  const ms = (frames: number) => ((frames / fps) * 1000).toFixed(0)
  const narrated = scenes.filter(({ role }) => role === 'scene')
  return scenes.map((scene) => {
    const { role, firstFrame, lastFrame, media, motion, card, text } = scene
    const name = role === 'scene' ? `scene ${narrated.indexOf(scene) + 1}` : names[role]
    const shown = media.kind === 'clip' ? 'clip' : motion.kind
    return `  ${name}  ${ms(firstFrame)}–${ms(lastFrame + 1)} ms  ${shown}  ${card?.heading ?? text}`.trimEnd()
  })
}

const names = { intro: 'intro', title: 'title card', end: 'end card', outro: 'outro' } as const

function renderOf({ encoder, encoderReason, segmentsRendered, segmentsTotal, seconds }: Render): string {
  return `${encoder} (${encoderReason}), ${segmentsRendered} of ${segmentsTotal} segments in ${seconds.toFixed(1)} s`
}

function whatNext({ id, status }: VideoRecord, holder: number | undefined): string {
  if (holder !== undefined) return `process ${holder} is making it`
  return status === 'failed'
    ? `clipforge resume ${id} tries again; what was finished is kept`
    : `clipforge resume ${id} goes on with it`
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
