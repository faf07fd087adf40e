// Where the captions are drawn: rendered alone, over black, for a sample of the cues.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FilterAPI } from 'node-av/api'
import type { Finding } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import { rational, videoFrame, type VideoFormat } from '../encoder.ts'
import { filterPath } from '../filter-path.ts'

const MOST_CUES = 24
/** Drawn this small: libass scales everything with the frame. */
const DRAWN_SHORT_SIDE_PX = 270
const BLACK = 16
const DRAWN_LEVEL = 24

/**
 * The part of each side that must stay free. Phones' players lay buttons and text over a portrait video's foot;
 * for the others, the title-safe area of EBU R 95 (5 % a side, less 1 % for outlines).
 */
const safeAreas = {
  portrait: { sides: 0.04, bottom: 0.1 },
  other: { sides: 0.04, bottom: 0.04 },
} as const

type CaptionsTask = { timeline: Timeline; captionsAss: string | undefined; fontsDir: string }

export async function inspectCaptions({ timeline, captionsAss, fontsDir }: CaptionsTask): Promise<Finding[]> {
  if (captionsAss === undefined || timeline.cues.length === 0) return []
  const folder = await mkdtemp(join(tmpdir(), 'captions-'))
  try {
    const assPath = join(folder, 'captions.ass')
    await writeFile(assPath, captionsAss)
    return findings(timeline, drawn(timeline, assPath, fontsDir))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Free parts of the frame around what a cue draws; undefined when it draws nothing. */
type Margins = { left: number; right: number; bottom: number }

function drawn(timeline: Timeline, assPath: string, fontsDir: string): (Margins | undefined)[] {
  const scale = DRAWN_SHORT_SIDE_PX / Math.min(timeline.width, timeline.height)
  const even = (px: number) => 2 * Math.round((px * scale) / 2)
  const format = { widthPx: even(timeline.width), heightPx: even(timeline.height), fps: timeline.fps }
  const black = new Uint8Array((format.widthPx * format.heightPx * 3) / 2).fill(128)
  black.fill(BLACK, 0, format.widthPx * format.heightPx)
  using filter = FilterAPI.create(`ass=filename=${filterPath(assPath)}:fontsdir=${filterPath(fontsDir)}`, {
    framerate: rational(timeline.fps),
    graph: { nbThreads: 1 },
  })
  const every = Math.ceil(timeline.cues.length / MOST_CUES)
  const sampled = timeline.cues.filter((_, index) => index % every === 0)
  return sampled.map(({ firstFrame, lastFrame }) => {
    using frame = videoFrame(black, format, Math.floor((firstFrame + lastFrame) / 2))
    const [captioned] = filter.processAllSync(frame)
    if (!captioned) throw new Error('the caption filter gave no frame')
    const margins = freeAround(captioned.toBuffer(), format)
    captioned.free()
    return margins
  })
}

function freeAround(luma: Uint8Array, { widthPx, heightPx }: VideoFormat): Margins | undefined {
  let [left, right, bottom] = [widthPx, -1, -1]
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++)
      if (luma[y * widthPx + x]! > DRAWN_LEVEL) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        bottom = y
      }
  if (right < 0) return undefined
  return { left: left / widthPx, right: 1 - (right + 1) / widthPx, bottom: 1 - (bottom + 1) / heightPx }
}

function findings(timeline: Timeline, cues: (Margins | undefined)[]): Finding[] {
  const area = timeline.height > timeline.width ? safeAreas.portrait : safeAreas.other
  const shown = cues.filter((cue) => cue !== undefined)
  const sides = Math.min(...shown.map(({ left, right }) => Math.min(left, right)))
  const bottom = Math.min(...shown.map((cue) => cue.bottom))
  const percent = (part: number) => `${(100 * part).toFixed(1)} %`
  return [
    {
      check: 'captions drawn',
      ok: shown.length === cues.length,
      measured: `${shown.length} of ${cues.length} cues`,
      wanted: 'all (a missing font draws nothing)',
    },
    {
      check: 'captions inside the safe area',
      ok: shown.length > 0 && sides >= area.sides && bottom >= area.bottom,
      measured: shown.length > 0 ? `sides ${percent(sides)}, bottom ${percent(bottom)}` : 'nothing drawn',
      wanted: `sides ${percent(area.sides)}, bottom ${percent(area.bottom)} or more`,
    },
  ]
}
