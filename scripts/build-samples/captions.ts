// Captions over a calm picture, laid out and drawn as in a video: a square frame, of which the middle is shown.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Canvas, createCanvas } from '@napi-rs/canvas'
import { Encoder, FilterAPI } from 'node-av/api'
import { AV_LOG_ERROR, AV_PIX_FMT_RGBA, FF_ENCODER_LIBWEBP } from 'node-av/constants'
import { Frame, Log, Rational } from 'node-av/lib'
import { captionsAssOf, cuesOf } from '../../core/captions.ts'
import { captionLooks } from '../../core/catalog.ts'
import { type CaptionOptions, type Timeline, timedWords } from '../../core/timeline.ts'
import { wordsOf } from '../../core/words.ts'
import { withOptions } from '../../render-container/encoder.ts'
import { fontsFor } from '../../render-container/overlay/font-files.ts'
import { animatedWebp } from '../../render-container/preview/webp.ts'
import { pictureOf, webpWithin } from './picture.ts'

// No fonts of the machine's own. (libass reads this when it starts.)
process.env['FONTCONFIG_FILE'] = fileURLToPath(new URL('../../render-container/no-system-fonts.conf', import.meta.url))
Log.setLevel(AV_LOG_ERROR)
const fontsDir = fileURLToPath(new URL('../../assets/fonts', import.meta.url))

const text = 'Every word is there, right when it is said.'
const backdrop = { text: 'Mountains and a wide valley in the evening.', style: '3d-cartoon', seed: 5 } as const
const frame = { width: 480, height: 480, fps: 30 }
/** The middle of the frame, and how large it is shown. */
const shown = { leftPx: 24, topPx: 105, widthPx: 432, heightPx: 270, toWidthPx: 320, toHeightPx: 200 }
const everyFrames = 3
const mostBytes = { moving: 60_000, still: 12_000 }

export async function writeCaptions(folder: string): Promise<void> {
  const below = await calmPicture()
  for (const look of Object.keys(captionLooks) as (keyof typeof captionLooks)[]) {
    const path = join(folder, `${look}.webp`)
    if (look === 'none') await writeFile(path, webpWithin(partOf(below), mostBytes.still))
    else await writeFile(path, await movingCaptions(look, below))
  }
}

/** Blurred and darkened a little, as behind a card: what is looked at is the text. */
async function calmPicture(): Promise<Canvas> {
  const picture = await pictureOf({ ...backdrop, widthPx: frame.width, heightPx: frame.height })
  const canvas = createCanvas(frame.width, frame.height)
  const context = canvas.getContext('2d')
  context.filter = 'blur(16px) brightness(0.7)'
  context.drawImage(picture, -40, -40, frame.width + 80, frame.height + 80)
  return canvas
}

async function movingCaptions(look: CaptionOptions['look'], below: Canvas): Promise<Buffer> {
  const frames = await drawn(timelineOf({ look, position: 'middle', size: 'large' }), below)
  try {
    for (const quality of [70, 60, 50, 40, 30, 20]) {
      const bytes = animatedWebp({
        pictures: encoded(frames, quality),
        widthPx: shown.toWidthPx,
        heightPx: shown.toHeightPx,
        pictureMs: (1000 * everyFrames) / frame.fps,
        title: `Captions: ${captionLooks[look].name}`,
      })
      if (bytes.length <= mostBytes.moving) return bytes
    }
  } finally {
    for (const each of frames) each.free()
  }
  throw new Error(`the captions in '${look}' have more than ${mostBytes.moving} bytes`)
}

async function drawn(timeline: Timeline, below: Canvas): Promise<Frame[]> {
  const folder = await mkdtemp(join(tmpdir(), 'captions-'))
  try {
    const ass = captionsAssOf(timeline)!
    const path = join(folder, 'captions.ass')
    await writeFile(path, ass)
    const { leftPx, topPx, widthPx, heightPx, toWidthPx, toHeightPx } = shown
    const graph = [
      `ass=${path}:fontsdir=${fontsFor({ ass, assPath: path, fontsDir })}`,
      `crop=${widthPx}:${heightPx}:${leftPx}:${topPx}`,
      // WebP is BT.601.
      `scale=${toWidthPx}:${toHeightPx}:flags=lanczos:out_color_matrix=bt601:out_range=tv`,
      'format=yuv420p',
    ].join(',')
    using filter = FilterAPI.create(graph, { framerate: { num: frame.fps, den: 1 } })
    const pixels = Buffer.from(below.getContext('2d').getImageData(0, 0, frame.width, frame.height).data)
    const frames: Frame[] = []
    for (let number = 0; number < timeline.durationFrames; number += everyFrames) {
      using blank = frameOf(pixels, number)
      frames.push(...filter.processAllSync(blank))
    }
    return frames
  } finally {
    await rm(folder, { recursive: true })
  }
}

function encoded(frames: Frame[], quality: number): Buffer[] {
  const timeBase = new Rational(1, frame.fps)
  using encoder = Encoder.createSync(FF_ENCODER_LIBWEBP, {
    context: { timeBase, threadCount: 1 },
    configure: withOptions({ quality, compression_level: 6 }),
  })
  return frames.flatMap((each, at) => {
    each.pts = BigInt(at)
    each.timeBase = timeBase
    return encoder.encodeAllSync(each).map((packet) => {
      const bytes = Buffer.from(packet.data!)
      packet.free()
      return bytes
    })
  })
}

function frameOf(pixels: Buffer, number: number): Frame {
  const picture = Frame.fromVideoBuffer(pixels, {
    width: frame.width,
    height: frame.height,
    format: AV_PIX_FMT_RGBA,
    pts: BigInt(number),
    timeBase: { num: 1, den: frame.fps },
  })
  picture.duration = 1n
  return picture
}

function partOf(whole: Canvas): Canvas {
  const { leftPx, topPx, widthPx, heightPx, toWidthPx, toHeightPx } = shown
  const canvas = createCanvas(toWidthPx, toHeightPx)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(whole, leftPx, topPx, widthPx, heightPx, 0, 0, toWidthPx, toHeightPx)
  return canvas
}

/** Words said one after the other, in less than three seconds. */
function timelineOf(captions: CaptionOptions): Timeline {
  let startMs = 0
  const plain = wordsOf(text, 'en')
  const times = plain.map((word) => {
    const time = { startMs, endMs: startMs + 150 + 28 * word.text.length }
    startMs = time.endMs + 10
    return time
  })
  const words = timedWords(plain, times, 'voice', frame.fps)
  const durationFrames = Math.ceil(((startMs + 200) * frame.fps) / 1000)
  const size = { ...frame, durationFrames }
  return {
    version: 2,
    title: '',
    language: 'en',
    ...size,
    durationMs: (durationFrames * 1000) / frame.fps,
    scenes: [],
    words,
    cues: cuesOf(words, size, 'en', captions),
    narration: undefined,
    music: undefined,
    clipSounds: [],
    effects: [],
    captions,
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality: 'draft', hls: false },
  }
}
