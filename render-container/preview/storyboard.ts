// The storyboard: a grid of small frames as JPEG, and a WebVTT file that says which of them stands for which time.
import { createCanvas, ImageData } from '@napi-rs/canvas'
import { FilterAPI } from 'node-av/api'
import { turn } from '../graph.ts'
import type { Tile } from './tiles.ts'
import { scaledSize, type VideoFrames } from './video-frames.ts'

export type Grid = { columns: number; tileWidthPx: number; tileHeightPx: number }

const SHORT_SIDE_PX = 160
const MOST_COLUMNS = 10
const JPEG_QUALITY = 75

export function gridOf(video: { widthPx: number; heightPx: number }, tiles: number): Grid {
  const { widthPx, heightPx } = scaledSize(video, SHORT_SIDE_PX)
  return { columns: Math.min(MOST_COLUMNS, tiles), tileWidthPx: widthPx, tileHeightPx: heightPx }
}

/** Rows from the top, each from the left. */
export async function drawStoryboard(video: VideoFrames, tiles: Tile[]): Promise<Buffer> {
  const { columns, tileWidthPx: width, tileHeightPx: height } = gridOf(video, tiles.length)
  const canvas = createCanvas(columns * width, Math.ceil(tiles.length / columns) * height)
  const context = canvas.getContext('2d')
  using scaler = FilterAPI.create(
    `scale=${width}:${height}:in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgba`,
    { graph: { nbThreads: 1, scaleSwsOpts: 'flags=bilinear' } },
  )
  for (const [at, { frame: number }] of tiles.entries()) {
    for (const frame of video.everyNth(number, 1, 1)) {
      frame.pts = BigInt(at)
      for (const scaled of scaler.processAllSync(frame)) {
        using rgba = scaled
        const pixels = new ImageData(new Uint8ClampedArray(rgba.toBuffer()), width, height)
        context.putImageData(pixels, (at % columns) * width, Math.floor(at / columns) * height)
      }
    }
    await turn()
  }
  return canvas.toBuffer('image/jpeg', JPEG_QUALITY)
}

/** Cues as players of the web read them for their seek bar: `name#xywh=…` (media fragments). */
export function storyboardTimes(
  tiles: Tile[],
  { columns, tileWidthPx, tileHeightPx }: Grid,
  fps: number,
  name: string,
): string {
  const cues = tiles.map(({ firstFrame, endFrame }, at) => {
    const [x, y] = [(at % columns) * tileWidthPx, Math.floor(at / columns) * tileHeightPx]
    const times = `${timestamp(firstFrame / fps)} --> ${timestamp(endFrame / fps)}`
    return `${times}\n${name}#xywh=${x},${y},${tileWidthPx},${tileHeightPx}\n`
  })
  return ['WEBVTT\n', ...cues].join('\n')
}

function timestamp(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const part = (unitMs: number, of: number, digits: number) =>
    String(Math.floor(ms / unitMs) % of).padStart(digits, '0')
  return `${part(3_600_000, Infinity, 2)}:${part(60_000, 60, 2)}:${part(1000, 60, 2)}.${part(1, 1000, 3)}`
}
