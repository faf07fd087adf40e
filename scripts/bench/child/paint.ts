// A segment's frames as the renderer composes them, but written to a file instead of encoded.
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { createOverlay } from '../../../render-container/overlay/overlay.ts'
import { openPainter, type SegmentTask } from '../../../render-container/render-segment.ts'
import { cpuMs } from './cpu.ts'
import { quiet } from './quiet.ts'

export type PaintInput = { task: SegmentTask; rawPath: string }
/** CPU time of this process, in milliseconds. `openMs`: the segment's pictures and captions made ready. */
export type Painted = { openMs: number; paintMs: number; overlayMs: number }

export async function paint({ task, rawPath }: PaintInput): Promise<Painted> {
  quiet()
  const spent = { openMs: 0, paintMs: 0, overlayMs: 0 }
  let before = cpuMs()
  const lap = (part: keyof Painted) => {
    const now = cpuMs()
    spent[part] += now - before
    before = now
  }
  const painter = openPainter(task)
  const overlay = createOverlay(task.overlay, painter.kernel)
  lap('openMs')
  const file = openSync(rawPath, 'w')
  try {
    for (let frame = task.firstFrame; frame < task.firstFrame + task.frameCount; frame++) {
      painter.paint(frame)
      lap('paintMs')
      overlay.drawOver(frame)
      lap('overlayMs')
      writeAll(file, painter.kernel.frame())
      before = cpuMs()
    }
    // Written back now, not while something is measured.
    fsyncSync(file)
  } finally {
    closeSync(file)
    overlay.close()
    painter.close()
  }
  return spent
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
}
