// Live progress: one line a stage, drawn again and again on a terminal; finished lines only where there is none.
import { relative } from 'node:path'
import { styleText } from 'node:util'
import { createLogUpdate } from 'log-update'
import type { VideoRecord } from '../../core/ports.ts'
import type { Progress } from '../../core/stage.ts'
import type { StageName } from '../../core/stages.ts'
import type { StageEvent } from '../tasks.ts'
import { counted, describe } from './describe.ts'
import { fromHere } from './from-here.ts'

export type ProgressView = { tell: (event: StageEvent) => void; close: () => void }
type Row = {
  state: 'running' | 'done'
  startedMs: number
  seconds: number
  scenes: Map<number, boolean>
  detail: string
  bar?: Pick<Progress, 'done' | 'total' | 'unit' | 'perSecond' | 'secondsLeft'>
}

const shown: StageName[] = ['write', 'narrate', 'plan', 'illustrate', 'score', 'assemble', 'compose', 'publish']

export function openProgress({
  video,
  outDir,
  json,
}: {
  video: VideoRecord
  outDir: string
  json: boolean
}): ProgressView {
  if (json) {
    const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`)
    print({ type: 'video', id: video.id, out: outDir })
    return { tell: print, close: () => {} }
  }
  process.stdout.write(`Making ${relative(fromHere('.'), outDir)} ${styleText('dim', video.id)}\n`)
  return isLive(process.stdout) ? terminalView() : lineView()
}

/** A terminal without a size (some containers) or without commands (an editor's) is told lines, as a file is. */
export function isLive({ isTTY, columns }: { isTTY?: boolean; columns?: number }, term = process.env.TERM): boolean {
  return Boolean(isTTY) && columns !== 0 && term !== 'dumb'
}

function terminalView(): ProgressView {
  const rows = new Map<StageName, Row>()
  const draw = createLogUpdate(process.stdout)
  const redraw = () => draw([...rows].map(([stage, row]) => lineOf(stage, row)).join('\n'))
  const timer = setInterval(redraw, 100)
  return {
    tell: (event) => note(rows, event),
    close: () => {
      clearInterval(timer)
      redraw()
      draw.done()
    },
  }
}

/** Without a terminal (a log, a pipe): a line when a stage ends, and every tenth part of the long one. */
function lineView(): ProgressView {
  const rows = new Map<StageName, Row>()
  const said = new Map<string, number>()
  return {
    tell: (event) => {
      note(rows, event)
      const stage = event.stage as StageName
      const row = rows.get(stage)
      if (!row) return
      if (event.type === 'progress') {
        const tenth = Math.floor((10 * event.done) / event.total)
        if (tenth <= (said.get(stage) ?? 0)) return
        said.set(stage, tenth)
      } else if (event.type === 'started') return
      process.stdout.write(`${lineOf(stage, row)}\n`)
    },
    close: () => {},
  }
}

function note(rows: Map<StageName, Row>, event: StageEvent) {
  const stage = event.stage as StageName
  if (!shown.includes(stage)) return
  const row: Row = rows.get(stage) ?? {
    state: 'running',
    startedMs: Date.now(),
    seconds: 0,
    scenes: new Map(),
    detail: '',
  }
  rows.set(stage, row)
  if (event.type === 'progress') {
    row.bar = event
    return
  }
  if (event.scene !== undefined) row.scenes.set(event.scene, event.type === 'done' || event.type === 'reused')
  if (event.type === 'retrying') row.detail = `${event.reason}; again in ${event.inSeconds.toFixed(0)} s`
  if (event.type === 'reused') row.detail = 'finished before'
  if (event.type === 'done') row.detail = describe(event.stage, event.output)
  const finished = event.type === 'done' || event.type === 'reused'
  row.state = finished && (row.scenes.size === 0 || [...row.scenes.values()].every(Boolean)) ? 'done' : 'running'
  row.seconds = (Date.now() - row.startedMs) / 1000
  if (stage === 'plan' && event.type === 'done') plannedScenes(rows, event.output)
}

/** Once the plan is there, all its scenes show as waiting. */
function plannedScenes(rows: Map<StageName, Row>, output: unknown) {
  const { scenes } = output as { scenes: number[] }
  const row: Row = {
    state: 'running',
    startedMs: Date.now(),
    seconds: 0,
    scenes: new Map(scenes.map((scene) => [scene, false])),
    detail: '',
  }
  if (!rows.has('illustrate')) rows.set('illustrate', row)
}

function lineOf(stage: StageName, row: Row): string {
  const done = row.state === 'done'
  const mark = done ? styleText('green', '✔') : styleText('cyan', '·')
  const seconds = done ? row.seconds : (Date.now() - row.startedMs) / 1000
  const parts = [scenesOf(row), barOf(row), done ? row.detail : styleText('yellow', row.detail)].filter(Boolean)
  return `${mark} ${stage.padEnd(10)} ${[...parts, styleText('dim', `${seconds.toFixed(1)} s`)].join('  ')}`
}

function scenesOf({ scenes }: Row): string {
  if (scenes.size === 0) return ''
  const ready = [...scenes.values()].filter(Boolean).length
  const dots = [...scenes].toSorted(([a], [b]) => a - b).map(([, finished]) => (finished ? '●' : '○'))
  return `${scenes.size <= 40 ? `${dots.join('')} ` : ''}${ready} of ${counted(scenes.size, 'scene')}`
}

/** With all the rest of its line it fits into 80 columns. */
const barWidth = 12

function barOf({ bar, state }: Row): string {
  if (!bar || state === 'done') return ''
  const { done, total, unit, perSecond, secondsLeft } = bar
  const part = done / total
  const full = Math.round(part * barWidth)
  return [
    `${'█'.repeat(full)}${'░'.repeat(barWidth - full)} ${Math.floor(part * 100)} %`,
    `${done}/${total} ${unit}`,
    perSecond === undefined ? '' : `${perSecond.toFixed(perSecond < 10 ? 1 : 0)}/s`,
    secondsLeft === undefined ? '' : `${timeLeft(secondsLeft)} to go`,
  ]
    .filter(Boolean)
    .join('  ')
}

function timeLeft(seconds: number): string {
  return seconds < 100 ? `${Math.ceil(seconds)} s` : `${Math.ceil(seconds / 60)} min`
}
