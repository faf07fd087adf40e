// A picture file becomes the planes that the motion kernel reads: upright, only what the motion passes over, scaled to
// about the frame's size, YUV 4:2:0 in BT.709 limited range. What stands around a picture that is not to be cut is drawn
// here too, so that the motion runs over both. Once per picture, whatever its segments.
import { writeFile } from 'node:fs/promises'
import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas'
import { AVCOL_RANGE_JPEG, AVCOL_SPC_RGB, AV_PIX_FMT_RGBA } from 'node-av/constants'
import { Frame } from 'node-av/lib'
import type { Motion, PictureMedia } from '../../core/timeline.ts'
import { between, workingPicture, type Rectangle } from '../motion/view.ts'
import { createConverter } from './convert.ts'
import { fitFilters, inset, type Size } from './fit.ts'
import type { MediaTask, PreparedPicture } from './prepared.ts'
import { decodePicture } from './probe.ts'

/** Throws InputError when the picture cannot be used. */
export async function preparePicture(task: MediaTask, media: PictureMedia): Promise<PreparedPicture> {
  const image = await decodePicture(task.path)
  const isCut = media.fit === 'cover' || media.isBackdrop || (media.fit === 'blur' && hasShapeOf(task.frame, image))
  const { planes, ...prepared } = isCut ? cut(image, task, media) : surrounded(image, task, media)
  await writeFile(task.planesPath, planes)
  return { kind: 'picture', planesPath: task.planesPath, ...prepared }
}

/** So nearly that what would be blurred around it were a thin border, and what is cut off is hardly more. */
const SAME_SHAPE = 0.05

function hasShapeOf({ widthPx, heightPx }: Size, { width, height }: Image | Canvas): boolean {
  const ratio = (width * heightPx) / (height * widthPx)
  return Math.abs(Math.log(ratio)) < SAME_SHAPE
}

type Drawn = Omit<PreparedPicture, 'kind' | 'planesPath'> & { planes: Buffer }

/** The part that the motion passes over; nothing else of the picture is needed. */
function cut(image: Image | Canvas, { motion, frame }: MediaTask, { isBackdrop }: PictureMedia): Drawn {
  const { crop, widthPx, heightPx, from, to } = workingPicture(motion, sizeOf(image), frame)
  const target = { widthPx, heightPx }
  const stored = drawnSize(crop, target)
  const rgba = drawn(image, crop, stored)
  const whole = wholeOf(target)
  // The crop is of the target's shape but for rounding, which must not cut again.
  const fitting = { stored, shown: target, target, fit: 'cover', inset: whole, isBackdrop, scaler: 'lanczos' } as const
  return { widthPx, heightPx, from, to, planes: converted(rgba, stored, fitFilters(fitting)) }
}

/** All of the picture, where it stays whole through the motion, which runs over a canvas of the frame's shape. */
function surrounded(image: Image | Canvas, { motion, frame }: MediaTask, { fit, focus }: PictureMedia): Drawn {
  const shown = sizeOf(image)
  const { widthPx, heightPx, from, to } = canvasOf(motion, shown, frame)
  const target = { widthPx, heightPx }
  const place = inset(shown, viewsOf(from, to)) ?? wholeOf(target)
  const stored = drawnSize(wholeOf(shown), target)
  const rgba = drawn(image, wholeOf(shown), stored)
  const filters = fitFilters({ stored, shown, target, fit, focus, inset: place, scaler: 'lanczos' })
  return { widthPx, heightPx, from, to, planes: converted(rgba, stored, filters) }
}

/** Nothing moves when no room would be left for a picture that is to stay in sight. */
function canvasOf(motion: Motion, shown: Size, frame: Size) {
  // Larger than any motion can use, so that it is never the canvas that limits how sharp the picture is.
  const canvas = { widthPx: frame.widthPx * 8, heightPx: frame.heightPx * 8 }
  const moving = workingPicture(motion, canvas, frame)
  if (inset(shown, viewsOf(moving.from, moving.to))) return moving
  const view = { zoom: 1, x: 0.5, y: 0.5 }
  return workingPicture({ kind: 'still', from: view, to: view }, canvas, frame)
}

/** Often enough that the corners of a view that turns leave nothing out. */
const VIEWS = 16

function viewsOf(from: Rectangle, to: Rectangle): Rectangle[] {
  return Array.from({ length: VIEWS + 1 }, (_, index) => between(from, to, index / VIEWS))
}

const sizeOf = ({ width, height }: Image | Canvas): Size => ({ widthPx: width, heightPx: height })
const wholeOf = ({ widthPx, heightPx }: Size): Rectangle => ({ left: 0, top: 0, width: widthPx, height: heightPx })

/** Half, a quarter … while that is still at least twice what is needed: a camera's picture has ten times the pixels. */
function drawnSize({ width, height }: Rectangle, target: Size): Size {
  const excess = Math.min(width / target.widthPx, height / target.heightPx)
  const factor = 2 ** Math.max(0, Math.floor(Math.log2(excess / 2)))
  return { widthPx: Math.ceil(width / factor), heightPx: Math.ceil(height / factor) }
}

function drawn(image: Image | Canvas, { left, top, width, height }: Rectangle, { widthPx, heightPx }: Size): Buffer {
  const canvas = createCanvas(widthPx, heightPx)
  const context = canvas.getContext('2d')
  // What is transparent in a picture is paper.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, widthPx, heightPx)
  // 'medium' halves by averaging.
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, left, top, width, height, 0, 0, widthPx, heightPx)
  return canvas.data()
}

/** `rgba` is full-range sRGB: the canvas has converted what a colour profile in the file says. */
function converted(rgba: Buffer, { widthPx, heightPx }: Size, filters: string): Buffer {
  const converter = createConverter(() => filters)
  const frame = Frame.fromVideoBuffer(rgba, { width: widthPx, height: heightPx, format: AV_PIX_FMT_RGBA })
  frame.colorSpace = AVCOL_SPC_RGB
  frame.colorRange = AVCOL_RANGE_JPEG
  try {
    return converter.convert(frame)
  } finally {
    frame.free()
    converter.close()
  }
}
