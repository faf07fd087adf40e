import { relative } from 'node:path'
import { styleText } from 'node:util'
import type { Bill } from '../../core/cost.ts'
import { deliverableKey, deliverablesOf } from '../../core/keys.ts'
import { readJson } from '../../core/once.ts'
import type { VideoRecord } from '../../core/ports.ts'
import type { Render } from '../../core/stages/compose.ts'
import type { Timeline } from '../../core/timeline.ts'
import type { Runtime } from '../runtime.ts'
import { counted } from './describe.ts'
import { fromHere } from './from-here.ts'

type Outcome = { fresh: boolean; seconds: number; json: boolean }

/** The last word of `make` and `resume`: what was made, how long it took, what it cost, where it is. */
export async function tellResult(
  { objects }: Runtime,
  video: VideoRecord,
  outDir: string,
  { fresh, seconds, json }: Outcome,
) {
  const timeline = (await readJson(objects, deliverableKey(video.id, 'timeline.json'))) as Timeline
  const bill = (await readJson(objects, deliverableKey(video.id, 'bill.json'))) as Bill
  const { render } = (await readJson(objects, deliverableKey(video.id, 'qc.json'))) as { render: Render }
  const result = {
    type: 'result',
    id: video.id,
    status: video.status,
    title: timeline.title,
    durationMs: timeline.durationMs,
    width: timeline.width,
    height: timeline.height,
    fps: timeline.fps,
    // As the bill counts them: without cards and clips around.
    scenes: timeline.scenes.filter(({ role }) => role === 'scene').length,
    words: timeline.words.length,
    /** 'estimate' where nobody could tell when a word is said. */
    wordTimesFrom: timeline.words[0]?.timeFrom,
    encoder: render.encoder,
    encoderReason: render.encoderReason,
    segmentsRendered: render.segmentsRendered,
    segmentsTotal: render.segmentsTotal,
    costUsd: bill.totalUsd,
    made: fresh,
    seconds,
    out: outDir,
    files: await deliverablesOf(objects, video.id),
    notices: video.notices,
  }
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${forPeople(result)}\n`)
}

type Result = {
  title: string
  durationMs: number
  width: number
  height: number
  scenes: number
  words: number
  costUsd: number
  made: boolean
  seconds: number
  out: string
  notices: string[]
}

function forPeople(result: Result): string {
  const { title, durationMs, width, height, scenes, words, costUsd, made, seconds, out, notices } = result
  const length = `${(durationMs / 1000).toFixed(1)} s, ${width}×${height}, ${counted(scenes, 'scene')}, ${counted(words, 'word')}`
  const how = made ? `made in ${seconds.toFixed(1)} s` : 'made before; nothing was done again'
  return [
    ...notices.map((notice) => `${styleText('yellow', '!')} ${notice}`),
    '',
    `${styleText('bold', title)}  ${length}`,
    `${how}, cost $${costUsd.toFixed(2)}`,
    `${relative(fromHere('.'), out) || '.'}/video.mp4  (beside it: poster, preview, storyboard, captions, timeline, bill, quality check)`,
  ].join('\n')
}
