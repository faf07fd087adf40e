// One segment from its scenes to an MP4 of its own: frames are painted, drawn over with captions and overlays, and
// encoded one by one; nothing but the encoder's look-ahead is held in memory.
import { refill, videoFrame, type EncoderChoice, type VideoFormat } from './encoder.ts'
import { turn } from './graph.ts'
import { createOverlay, type OverlayTask } from './overlay/overlay.ts'
import { createPainter, type PaintedScene, type Painter } from './painter.ts'
import { openSegmentFile } from './segment-file.ts'

export type SegmentTask = {
  format: VideoFormat
  encoder: EncoderChoice
  firstFrame: number
  frameCount: number
  scenes: PaintedScene[]
  overlay: OverlayTask
  path: string
}

/** In a turn of the event loop the parent is told of frames, its end is noticed, and node-av gives memory back. */
const FRAMES_PER_TURN = 4

export async function renderSegment(task: SegmentTask, onFrame: () => void): Promise<void> {
  const { format, firstFrame, frameCount } = task
  using file = openSegmentFile(task.path, task.encoder, format)
  const painter = openPainter(task)
  const overlay = createOverlay(task.overlay, painter.kernel)
  using frame = videoFrame(painter.kernel.frame(), format, 0)
  try {
    for (let number = firstFrame; number < firstFrame + frameCount; number++) {
      painter.paint(number)
      overlay.drawOver(number)
      // Asked for after drawing: the kernel's memory may have grown.
      refill(frame, painter.kernel.frame(), number - firstFrame)
      file.encode(frame)
      onFrame()
      if (number % FRAMES_PER_TURN === 0) await turn()
    }
    file.finish()
  } finally {
    overlay.close()
    painter.close()
  }
}

/** What a draft's encoder leaves of a frame needs no more than two pixels a side. */
export function openPainter({ scenes, format, encoder }: SegmentTask): Painter {
  return createPainter(scenes, format, encoder.quality === 'draft' ? 'linear' : 'cubic')
}
