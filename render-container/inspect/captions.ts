// Where captions and card texts are drawn: rendered alone, over black, for a sample of them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilterAPI } from 'node-av/api'
import type { Finding } from '../../core/ports.ts'
import type { Cue, Timeline } from '../../core/timeline.ts'
import { rational, videoFrame, type VideoFormat } from '../encoder.ts'
import { filterPath } from '../filter-path.ts'
import { addToCover, coverOf, type Cover } from './cover.ts'

const MOST_DRAWN = 24
/** Drawn this small: libass scales everything with the frame. */
const DRAWN_SHORT_SIDE_PX = 270
const BLACK = 16
const DRAWN_LEVEL = 24

/**
 * The part of each side that must stay free. Phones' players lay buttons and text over a portrait video's foot and
 * tabs over its head; for the others, the title-safe area of EBU R 95 (5 % a side, less 1 % for outlines).
 */
const safeAreas = {
  portrait: { sides: 0.04, top: 0.07, bottom: 0.1 },
  other: { sides: 0.04, top: 0.04, bottom: 0.04 },
} as const

export type CaptionsTask = { timeline: Timeline; captionsAss: string | undefined; fontsDir: string }

/** `cover`: wherever something is drawn, and what every frame has. */
export type DrawnCaptions = { findings: Finding[]; cover: Cover }

export async function inspectCaptions(task: CaptionsTask): Promise<DrawnCaptions> {
  const { timeline, captionsAss, fontsDir } = task
  const cover = coverOf(timeline)
  const frames = framesWithText(timeline)
  if (captionsAss === undefined || frames.length === 0) return { findings: [], cover }
  const folder = await mkdtemp(join(tmpdir(), 'captions-'))
  try {
    const assPath = join(folder, 'captions.ass')
    await writeFile(assPath, captionsAss)
    const texts = drawn(timeline, frames, { assPath, fontsDir, cover })
    return { findings: findingsOf(timeline, texts), cover }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Spread evenly over the captions; and every card. */
function framesWithText({ captions, cues, words, scenes }: Timeline): number[] {
  const captioned = captions ? cues.flatMap((cue) => frameOf(cue, words) ?? []) : []
  const every = Math.ceil(captioned.length / MOST_DRAWN)
  const cards = scenes
    .filter(({ card }) => card)
    .map(({ firstFrame, lastFrame }) => Math.floor((firstFrame + lastFrame) / 2))
  return [...captioned.filter((_, index) => index % every === 0), ...cards.slice(0, MOST_DRAWN)]
}

/** While its longest word is said, for a look may show one word at a time. Undefined when no word can be drawn (emoji). */
function frameOf({ firstWord, lastWord, lastFrame }: Cue, words: Timeline['words']): number | undefined {
  const letters = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length
  const [longest] = words
    .slice(firstWord, lastWord + 1)
    .filter(({ text }) => letters(text) > 0)
    .toSorted((a, b) => letters(b.text) - letters(a.text))
  if (!longest) return undefined
  const end = Math.min(lastFrame, (words[longest.index + 1]?.firstFrame ?? Infinity) - 1)
  return Math.floor((longest.firstFrame + Math.max(longest.firstFrame, end)) / 2)
}

/** Free parts of the frame around what is drawn; undefined when nothing is. */
type Margins = { left: number; right: number; top: number; bottom: number }
type Drawing = { assPath: string; fontsDir: string; cover: Cover }

function drawn(timeline: Timeline, frames: number[], { assPath, fontsDir, cover }: Drawing): (Margins | undefined)[] {
  const scale = DRAWN_SHORT_SIDE_PX / Math.min(timeline.width, timeline.height)
  const even = (px: number) => 2 * Math.round((px * scale) / 2)
  const format = { widthPx: even(timeline.width), heightPx: even(timeline.height), fps: timeline.fps }
  const black = new Uint8Array((format.widthPx * format.heightPx * 3) / 2).fill(128)
  black.fill(BLACK, 0, format.widthPx * format.heightPx)
  using filter = FilterAPI.create(`ass=filename=${filterPath(assPath)}:fontsdir=${filterPath(fontsDir)}`, {
    framerate: rational(timeline.fps),
    graph: { nbThreads: 1 },
  })
  return frames.map((number) => {
    using frame = videoFrame(black, format, number)
    const [captioned] = filter.processAllSync(frame)
    if (!captioned) throw new Error('the caption filter gave no frame')
    const margins = freeAround(captioned.toBuffer(), format, cover)
    captioned.free()
    return margins
  })
}

function freeAround(luma: Uint8Array, { widthPx, heightPx }: VideoFormat, cover: Cover): Margins | undefined {
  let [left, right, top, bottom] = [widthPx, -1, -1, -1]
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++)
      if (luma[y * widthPx + x]! > DRAWN_LEVEL) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        if (top < 0) top = y
        bottom = y
        addToCover(cover, x / widthPx, y / heightPx)
      }
  if (right < 0) return undefined
  return {
    left: left / widthPx,
    right: 1 - (right + 1) / widthPx,
    top: top / heightPx,
    bottom: 1 - (bottom + 1) / heightPx,
  }
}

function findingsOf(timeline: Timeline, texts: (Margins | undefined)[]): Finding[] {
  const area = timeline.height > timeline.width ? safeAreas.portrait : safeAreas.other
  const shown = texts.filter((text) => text !== undefined)
  const least = (margin: (text: Margins) => number) => Math.min(...shown.map(margin))
  const sides = least(({ left, right }) => Math.min(left, right))
  const [top, bottom] = [least((text) => text.top), least((text) => text.bottom)]
  const inWords = (free: { sides: number; top: number; bottom: number }) =>
    (['sides', 'top', 'bottom'] as const).map((side) => `${side} ${(100 * free[side]).toFixed(1)} %`).join(', ')
  return [
    {
      check: 'captions drawn',
      ok: shown.length === texts.length,
      measured: `${shown.length} of ${texts.length}`,
      wanted: 'all (a missing font draws nothing)',
    },
    {
      check: 'captions inside the safe area',
      ok: shown.length > 0 && sides >= area.sides && top >= area.top && bottom >= area.bottom,
      measured: shown.length > 0 ? inWords({ sides, top, bottom }) : 'nothing drawn',
      wanted: `${inWords(area)} or more`,
    },
  ]
}
