import { styleText } from 'node:util'
import type { Bill } from '../../core/cost.ts'
import { InputError } from '../../core/errors.ts'
import { deliverableKey } from '../../core/keys.ts'
import { readJson } from '../../core/once.ts'
import type { Finding, VideoRecord } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import { localOwner, openRuntime } from '../runtime.ts'
import { homeDir } from './home-dir.ts'

/** The videos of this machine, newest first. */
export async function list({ limit, json }: { limit: string; json?: boolean }): Promise<void> {
  const count = Number(limit)
  if (!Number.isInteger(count) || count < 1 || count > 1000)
    throw new InputError(`limit: must be a whole number from 1 to 1000 (it is '${limit}')`)
  const runtime = openRuntime({ dir: homeDir() })
  try {
    const { videos } = await runtime.videos.list(localOwner, { limit: count })
    for (const video of videos) print(json ? JSON.stringify(video) : rowOf(video))
    if (videos.length === 0 && !json) print('no videos yet; clipforge make examples/coffee.txt makes one')
  } finally {
    runtime.close()
  }
}

/** One video: status, scenes, bill and what was checked. */
export async function show(id: string, { json }: { json?: boolean }): Promise<void> {
  const runtime = openRuntime({ dir: homeDir() })
  try {
    const video = await runtime.videos.get(id)
    if (!video) throw new InputError(`${id}: no such video; clipforge list shows them`)
    const read = async (name: 'timeline.json' | 'bill.json' | 'qc.json') =>
      (await runtime.objects.head(deliverableKey(id, name)))
        ? readJson(runtime.objects, deliverableKey(id, name))
        : undefined
    const parts = { timeline: await read('timeline.json'), bill: await read('bill.json'), qc: await read('qc.json') }
    print(json ? JSON.stringify({ ...video, ...parts }) : page(video, parts as Parts))
  } finally {
    runtime.close()
  }
}

type Parts = { timeline?: Timeline; bill?: Bill; qc?: { findings: Finding[] } }

function rowOf({ id, createdAt, status, request, error }: VideoRecord): string {
  const about = request.title ?? request.script?.trim().replaceAll(/\s+/g, ' ').slice(0, 50) ?? request.topic ?? ''
  return `${id}  ${createdAt.slice(0, 16).replace('T', ' ')}  ${status.padEnd(7)}  ${error ? error.message : about}`
}

function page(video: VideoRecord, { timeline, bill, qc }: Parts): string {
  const ms = (frames: number) => ((frames / timeline!.fps) * 1000).toFixed(0)
  return [
    rowOf(video),
    ...video.notices.map((notice) => `${styleText('yellow', '!')} ${notice}`),
    ...(timeline?.scenes ?? []).map(
      (scene) =>
        `  scene ${scene.index + 1}  ${ms(scene.firstFrame)}–${ms(scene.lastFrame + 1)} ms  ${scene.motion.kind}  ${scene.text}`,
    ),
    ...(bill ? [`  bill  $${bill.totalUsd.toFixed(4)}`] : []),
    ...(bill?.lines ?? []).map(
      (line) =>
        `    ${line.stage}${line.scene === undefined ? '' : ` ${line.scene + 1}`}  ${line.provider} ${line.model}  ${line.units} ${line.unit}  $${(line.costMicroUsd / 1e6).toFixed(4)}`,
    ),
    ...(qc?.findings ?? []).map(
      ({ ok, check, measured, wanted }) =>
        `  ${ok ? styleText('green', '✔') : styleText('red', '✘')} ${check}: ${measured} (wanted ${wanted})`,
    ),
    ...(video.status === 'failed' ? [`  clipforge resume ${video.id} tries again; what was finished is kept`] : []),
    ...(video.status === 'running' || video.status === 'queued'
      ? [`  clipforge resume ${video.id} goes on with it`]
      : []),
  ].join('\n')
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
