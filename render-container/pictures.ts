// A picture file becomes the planes that the motion kernel reads: upright, cropped to what the motion passes over,
// scaled to about the frame's size, YUV 4:2:0 in BT.709 limited range. Once per picture, whatever its segments.
import { writeFile } from 'node:fs/promises'
import { createCanvas, type Image } from '@napi-rs/canvas'
import { FilterAPI } from 'node-av/api'
import { AV_PIX_FMT_RGBA } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import { InputError } from '../core/errors.ts'
import type { Motion } from '../core/timeline.ts'
import { decodePicture } from './probe-media.ts'
import { workingPicture, type Rectangle } from './motion/view.ts'

export type PictureTask = {
  path: string
  scene: number
  motion: Motion
  frame: { widthPx: number; heightPx: number }
  planesPath: string
}
/** The planes lie in a file, so that any child can render any segment. */
export type PreparedPicture = {
  planesPath: string
  widthPx: number
  heightPx: number
  /** The motion's two ends, in pixels of these planes. */
  from: Rectangle
  to: Rectangle
}

/** Throws InputError that names the scene when its picture cannot be used. */
export async function preparePicture(task: PictureTask): Promise<PreparedPicture> {
  const image = await decodePicture(task.path).catch((error: unknown) => {
    throw error instanceof InputError
      ? new InputError(`scene ${task.scene + 1}: ${error.message}`, { cause: error })
      : error
  })
  const working = workingPicture(task.motion, { widthPx: image.width, heightPx: image.height }, task.frame)
  const rgba = cropped(image, working.crop)
  const { widthPx, heightPx, from, to } = working
  const planes = toYuv(rgba, working.crop, { widthPx, heightPx })
  await writeFile(task.planesPath, planes)
  return { planesPath: task.planesPath, widthPx, heightPx, from, to }
}

function cropped(image: Image, crop: Rectangle): Buffer {
  const canvas = createCanvas(crop.width, crop.height)
  const context = canvas.getContext('2d')
  // What is transparent in a picture is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, crop.width, crop.height)
  context.drawImage(image, -crop.left, -crop.top)
  return canvas.data()
}

/** `rgba` is full-range sRGB. Chroma is sited left, as H.264 has it unless told otherwise. */
function toYuv(
  rgba: Buffer,
  from: { width: number; height: number },
  to: { widthPx: number; heightPx: number },
): Buffer {
  const scale = [
    `scale=${to.widthPx}:${to.heightPx}`,
    'flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp',
    'out_color_matrix=bt709:out_range=tv:out_chroma_loc=left',
  ].join(':')
  const filter = FilterAPI.create(`${scale},format=yuv420p`, { graph: { nbThreads: 1 } })
  const frame = Frame.fromVideoBuffer(rgba, {
    width: from.width,
    height: from.height,
    format: AV_PIX_FMT_RGBA,
    pts: 0n,
    timeBase: { num: 1, den: 1 },
  })
  try {
    const [scaled] = filter.processAllSync(frame)
    if (!scaled) throw new Error(`could not scale a picture from ${from.width}x${from.height}`)
    try {
      return scaled.toBuffer()
    } finally {
      scaled.free()
    }
  } finally {
    frame.free()
    filter.close()
  }
}
