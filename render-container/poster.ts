// The poster: a frame of the first scene without captions, as JPEG.
import { writeFile } from 'node:fs/promises'
import { createCanvas } from '@napi-rs/canvas'
import { FilterAPI } from 'node-av/api'
import { videoFrame, type VideoFormat } from './encoder.ts'
import { createPainter, type PaintedScene } from './painter.ts'
import { markJpeg } from './provenance.ts'

export type PosterTask = { format: VideoFormat; scene: PaintedScene; frame: number; title: string; path: string }

const QUALITY = 90

export async function makePoster({ format, scene, frame, title, path }: PosterTask): Promise<void> {
  const { widthPx, heightPx } = format
  const painter = createPainter([scene], format)
  const canvas = createCanvas(widthPx, heightPx)
  const context = canvas.getContext('2d')
  const image = context.createImageData(widthPx, heightPx)
  try {
    image.data.set(toRgba(painter.paint(frame), format))
  } finally {
    painter.close()
  }
  context.putImageData(image, 0, 0)
  await writeFile(path, markJpeg(canvas.toBuffer('image/jpeg', QUALITY), title))
}

function toRgba(planes: Uint8Array, format: VideoFormat): Buffer {
  using filter = FilterAPI.create('scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgba', {
    graph: { nbThreads: 1, scaleSwsOpts: 'flags=bicubic+accurate_rnd+full_chroma_int' },
  })
  using yuv = videoFrame(planes, format, 0)
  const [rgba] = filter.processAllSync(yuv)
  if (!rgba) throw new Error('the poster could not be converted')
  try {
    return rgba.toBuffer()
  } finally {
    rgba.free()
  }
}
