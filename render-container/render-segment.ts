// One segment: its frames drawn, captions on top, encoded into an MP4 file of its own. A pure function of the
// task: the same task gives the same bytes, in any child, before or after any other.
import { FilterAPI, Muxer } from 'node-av/api'
import type { Frame } from 'node-av/lib'
import { createEncoder, rational, videoFrame, type VideoFormat } from './encoder.ts'
import { filterPath } from './filter-path.ts'
import { turn } from './graph.ts'
import { createPainter, type PaintedScene } from './painter.ts'

export type SegmentTask = {
  format: VideoFormat
  firstFrame: number
  frameCount: number
  scenes: PaintedScene[]
  captions: { assPath: string; fontsDir: string } | undefined
  path: string
}

export async function renderSegment(task: SegmentTask, onFrame: () => void): Promise<void> {
  const { format, firstFrame, frameCount } = task
  const paint = createPainter(task.scenes, format)
  const caption = createCaptioner(task)
  using encoder = createEncoder(format)
  using muxer = Muxer.openSync(task.path, { format: 'mp4', options: { fflags: '+bitexact' } })
  const stream = muxer.addStream(encoder)
  const encode = (frame: Frame | null) => {
    for (const packet of encoder.encodeAllSync(frame)) {
      muxer.writePacketSync(packet, stream)
      packet.free()
    }
  }
  try {
    for (let number = firstFrame; number < firstFrame + frameCount; number++) {
      // Captions know the time from the start of the video, the encoder from the start of the segment.
      using drawn = videoFrame(paint(number), format, number)
      using frame = caption.over(drawn)
      frame.pts = BigInt(number - firstFrame)
      encode(frame)
      onFrame()
      await turn()
    }
    encode(null)
  } finally {
    caption.close()
  }
  // Here, not by `using`: what cannot be written for want of space must be an error.
  muxer.closeSync()
}

/** libass through FFmpeg. Fonts come from `fontsDir` alone (the pool hides the system's). */
function createCaptioner({ captions, format }: SegmentTask): { over: (frame: Frame) => Frame; close: () => void } {
  if (!captions) return { over: (frame) => frame.clone()!, close: () => {} }
  const options = `filename=${filterPath(captions.assPath)}:fontsdir=${filterPath(captions.fontsDir)}`
  const filter = FilterAPI.create(`ass=${options}`, { framerate: rational(format.fps), graph: { nbThreads: 1 } })
  return {
    over: (frame) => {
      const [captioned] = filter.processAllSync(frame)
      if (!captioned) throw new Error('the caption filter gave no frame')
      return captioned
    },
    close: () => filter.close(),
  }
}
