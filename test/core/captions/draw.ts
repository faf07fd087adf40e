// Draws an ASS script as the composition does, with libass and nothing but the faces in assets/fonts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FilterAPI, Frame, Log } from 'node-av'
import { AV_LOG_INFO, AV_PIX_FMT_RGBA } from 'node-av/constants'
import { cuesOf } from '../../../core/captions.ts'
import { type Card, type TimedWord, type Timeline, type TimelineScene, timedWords } from '../../../core/timeline.ts'
import { wordsOf } from '../../../core/words.ts'
import { fontsFor } from '../../../render-container/overlay/font-files.ts'

// No fonts of the machine's own: what is drawn must come from assets/fonts. (libass reads this when it starts.)
process.env['FONTCONFIG_FILE'] = fileURLToPath(
  new URL('../../../render-container/no-system-fonts.conf', import.meta.url),
)
const fontsDir = fileURLToPath(new URL('../../../assets/fonts', import.meta.url))

export type Size = { width: number; height: number; fps: number }
/** RGBA. */
export type Picture = Buffer

/** Draws the frames over black, in order, and gives what `look` makes of each, and what libass complained about. */
export function draw<Seen>(ass: string, size: Size, frames: number[], look: (picture: Picture, frame: number) => Seen) {
  const folder = mkdtempSync(join(tmpdir(), 'captions-'))
  const complaints: string[] = []
  Log.setLevel(AV_LOG_INFO)
  Log.setCallback((_, message) => {
    if (/not found|failed to find/i.test(message)) complaints.push(message.trim())
  })
  try {
    const path = join(folder, 'captions.ass')
    writeFileSync(path, ass)
    const fonts = fontsFor({ ass, assPath: path, fontsDir })
    using filter = FilterAPI.create(`ass=${path}:fontsdir=${fonts},format=rgba`, {
      framerate: { num: size.fps, den: 1 },
    })
    const seen = frames.map((frame) => {
      using blank = blankFrame(size, frame)
      const [drawn] = filter.processAllSync(blank)
      const pixels = drawn!.toBuffer()
      drawn!.free()
      return look(pixels, frame)
    })
    return { seen, complaints }
  } finally {
    Log.setCallback(null)
    rmSync(folder, { recursive: true })
  }
}

function blankFrame({ width, height, fps }: Size, frame: number): Frame {
  const blank = Frame.fromVideoBuffer(Buffer.alloc(width * height * 4), {
    width,
    height,
    format: AV_PIX_FMT_RGBA,
    pts: BigInt(frame),
    timeBase: { num: 1, den: fps },
  })
  blank.duration = 1n
  return blank
}

type More = Partial<Pick<Timeline, 'captions' | 'watermark' | 'logo' | 'scenes'>>

/** A script's words, each said in 300 ms and some by its length, and their cues. */
export function captioned(text: string, language: string, size: Size, more: More = {}): Timeline {
  let startMs = 240
  const plain = wordsOf(text, language)
  const times = plain.map((word) => {
    const time = { startMs, endMs: startMs + 300 + 20 * word.text.length }
    startMs = time.endMs + 30
    return time
  })
  const words: TimedWord[] = timedWords(plain, times, 'voice', size.fps)
  const durationFrames = Math.ceil(((startMs + 500) * size.fps) / 1000)
  return {
    version: 2,
    title: text.slice(0, 20),
    language,
    ...size,
    durationFrames,
    durationMs: (durationFrames * 1000) / size.fps,
    scenes: [],
    words,
    cues: cuesOf(words, { ...size, durationFrames }, language, more.captions),
    narration: undefined,
    music: undefined,
    clipSounds: [],
    effects: [],
    captions: undefined,
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality: 'draft', hls: false },
    ...more,
  }
}

/** The same, `frames` later: as it stands in a longer video. */
export function later(timeline: Timeline, frames: number): Timeline {
  const ms = (frames * 1000) / timeline.fps
  const moved = <Item extends { firstFrame: number }>(item: Item): Item => ({
    ...item,
    firstFrame: item.firstFrame + frames,
  })
  return {
    ...timeline,
    durationFrames: timeline.durationFrames + frames,
    durationMs: timeline.durationMs + ms,
    words: timeline.words.map((word) => ({ ...moved(word), startMs: word.startMs + ms, endMs: word.endMs + ms })),
    cues: timeline.cues.map((cue) => ({
      ...moved(cue),
      lastFrame: cue.lastFrame + frames,
      startMs: cue.startMs + ms,
      endMs: cue.endMs + ms,
    })),
    scenes: timeline.scenes.map((scene) => ({ ...moved(scene), lastFrame: scene.lastFrame + frames })),
  }
}

/** A scene of nothing but a card. */
export function cardScene(card: Card, firstFrame: number, lastFrame: number): TimelineScene {
  const view = { zoom: 1, x: 0.5, y: 0.5 }
  return {
    index: 0,
    role: 'title',
    text: '',
    firstWord: 0,
    lastWord: -1,
    media: { kind: 'picture', key: 'picture', fit: 'cover', isBackdrop: true },
    prompt: '',
    card,
    motion: { kind: 'still', from: view, to: view },
    firstFrame,
    lastFrame,
    transition: { kind: 'cut', frames: 0 },
  }
}

/** Around all that is drawn, over black; `right` and `foot` are just outside. */
export function boundsOf(picture: Picture, { width }: Size) {
  const bounds = { left: width, right: 0, head: Infinity, foot: 0 }
  for (let at = 0; at < picture.length; at += 4) {
    if (Math.max(picture[at]!, picture[at + 1]!, picture[at + 2]!) < 24) continue
    const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)]
    bounds.left = Math.min(bounds.left, x)
    bounds.right = Math.max(bounds.right, x + 1)
    bounds.head = Math.min(bounds.head, y)
    bounds.foot = Math.max(bounds.foot, y + 1)
  }
  return bounds
}

/** The columns that have a pixel of about this colour. */
export function columnsIn([red, green, blue]: number[], picture: Picture, { width }: Size): Set<number> {
  const columns = new Set<number>()
  for (let at = 0; at < picture.length; at += 4) {
    const far = Math.abs(picture[at]! - red!) + Math.abs(picture[at + 1]! - green!) + Math.abs(picture[at + 2]! - blue!)
    if (far < 100) columns.add((at / 4) % width)
  }
  return columns
}

/** From the first row to the last that has at least three pixels of about this colour; `foot` is just outside. */
export function rowsIn(
  [red, green, blue]: number[],
  picture: Picture,
  { width }: Size,
): { head: number; foot: number } {
  const counts = new Map<number, number>()
  for (let at = 0; at < picture.length; at += 4) {
    const far = Math.abs(picture[at]! - red!) + Math.abs(picture[at + 1]! - green!) + Math.abs(picture[at + 2]! - blue!)
    const row = Math.floor(at / 4 / width)
    if (far < 200) counts.set(row, (counts.get(row) ?? 0) + 1)
  }
  const rows = [...counts].filter(([, count]) => count >= 3).map(([row]) => row)
  return { head: Math.min(...rows), foot: Math.max(...rows) + 1 }
}

export function range(count: number): number[] {
  return [...Array(count).keys()]
}
