// libass through FFmpeg's filter. A frame goes in and comes out drawn on: it is handed over, never copied.
import { AV_BUFFERSRC_FLAG_PUSH, AV_PIX_FMT_YUV420P } from 'node-av/constants'
import { FFmpegError, FilterGraph, Frame } from 'node-av/lib'
import { rational, type VideoFormat } from '../encoder.ts'
import { filterPath } from '../filter-path.ts'

/**
 * A frame to draw on, YUV 4:2:0, and its three planes; their rows have no gaps. The planes are asked for once: each
 * time costs a view of the whole frame, and every few of those a garbage collection.
 */
export type Canvas = { frame: Frame; planes: Buffer[]; isUsed: boolean }

type AssFilter = {
  canvas: () => Canvas
  /** What the script shows in its n-th frame. */
  drawOn: (canvas: Canvas, frame: number) => void
  close: () => void
}

/** Of filters that were closed, for the next: a child draws segment after segment, and six megabytes for each are collected late. */
const unused: Canvas[] = []

/** Fonts come from `fontsDir` alone (the pool hides the system's). */
export function createAssFilter(assPath: string, fontsDir: string, format: VideoFormat): AssFilter {
  const { widthPx, heightPx } = format
  const { num, den } = rational(format.fps)
  const graph = new FilterGraph()
  graph.alloc()
  // One thread: the other cores are busy with segments.
  graph.nbThreads = 1
  const description = [
    `buffer=video_size=${widthPx}x${heightPx}:pix_fmt=yuv420p:time_base=${den}/${num}:colorspace=bt709:range=tv`,
    `ass=filename=${filterPath(assPath)}:fontsdir=${filterPath(fontsDir)}`,
    'buffersink',
  ].join(',')
  FFmpegError.throwIfError(graph.parsePtr(description), 'caption filter')
  FFmpegError.throwIfError(graph.configSync(), 'caption filter')
  const named = (name: string) => graph.filters!.find(({ filter }) => filter?.name === name)!
  const [source, sink] = [named('buffer'), named('buffersink')]
  const canvases: Canvas[] = []
  let spare = newFrame()

  return {
    canvas: () => {
      const canvas = takeUnused(format) ?? newCanvas(format)
      canvases.push(canvas)
      return canvas
    },
    drawOn: (canvas, number) => {
      canvas.frame.pts = BigInt(number)
      // Without FFmpeg's KEEP_REF the frame is the filter's alone, and so it draws in place.
      FFmpegError.throwIfError(source.buffersrcAddFrameSync(canvas.frame, AV_BUFFERSRC_FLAG_PUSH), 'caption filter')
      FFmpegError.throwIfError(sink.buffersinkGetFrameSync(spare), 'caption filter')
      ;[canvas.frame, spare] = [spare, canvas.frame]
      if (!canvas.isUsed && !isSameMemory(canvas)) throw new Error('the caption filter drew on a copy of its frame')
      canvas.isUsed = true
    },
    close: () => {
      spare.free()
      graph.free()
      for (const canvas of canvases) {
        // One that a failed filter kept, or gave back as a copy, has no planes any more.
        if (canvas.isUsed && canvas.frame.width > 0) unused.push({ ...canvas, isUsed: false })
        else canvas.frame.free()
      }
    },
  }
}

function takeUnused({ widthPx, heightPx }: VideoFormat): Canvas | undefined {
  const at = unused.findIndex(({ frame }) => frame.width === widthPx && frame.height === heightPx)
  return at < 0 ? undefined : unused.splice(at, 1)[0]
}

function newFrame(): Frame {
  const frame = new Frame()
  frame.alloc()
  return frame
}

function newCanvas({ widthPx, heightPx }: VideoFormat): Canvas {
  const frame = newFrame()
  Object.assign(frame, { format: AV_PIX_FMT_YUV420P, width: widthPx, height: heightPx })
  FFmpegError.throwIfError(frame.getBuffer(1), 'a frame for captions') // rows aligned to 1 byte: no gaps
  return { frame, planes: frame.data!, isUsed: false }
}

function isSameMemory({ frame, planes: [luma] }: Canvas): boolean {
  const level = luma![0]!
  luma![0] = 255 - level
  const isSame = frame.data![0]![0] === 255 - level
  luma![0] = level
  return isSame
}
