// Draws an ASS script as the composition does, with libass and nothing but the faces in assets/fonts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { FilterAPI, Frame, Log } from 'node-av'
import { AV_LOG_INFO, AV_PIX_FMT_RGBA } from 'node-av/constants'
import { cuesOf } from '../../../core/captions.ts'
import { type TimedWord, timedWords } from '../../../core/timeline.ts'
import { wordsOf } from '../../../core/words.ts'

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
    using filter = FilterAPI.create(`ass=${path}:fontsdir=${fontsDir},format=rgba`, {
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

/** A script's words, each said in 300 ms and some by its length, and their cues. */
export function captioned(text: string, language: string, size: Size) {
  let startMs = 240
  const plain = wordsOf(text, language)
  const times = plain.map((word) => {
    const time = { startMs, endMs: startMs + 300 + 20 * word.text.length }
    startMs = time.endMs + 30
    return time
  })
  const words: TimedWord[] = timedWords(plain, times, 'voice', size.fps)
  const durationFrames = Math.ceil(((startMs + 500) * size.fps) / 1000)
  const cues = cuesOf(words, { ...size, durationFrames }, language)
  return { title: text.slice(0, 20), language, ...size, durationFrames, words, cues, watermark: undefined }
}
