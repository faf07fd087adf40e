// node draw.ts <file.json>: frames with an overlay, drawn by us and by FFmpeg's filter; planes on standard output. In a
// process of its own: FFmpeg must not run in a test runner's threads.
import { readFileSync, writeFileSync } from 'node:fs'
import { FilterAPI } from 'node-av/api'
import { rational, videoFrame } from '../../../render-container/encoder.ts'
import { filterPath } from '../../../render-container/filter-path.ts'
import { createKernel } from '../../../render-container/motion/kernel.ts'
import { createOverlay, type OverlayTask } from '../../../render-container/overlay/overlay.ts'

export type Drawing = {
  task: OverlayTask
  frames: number[]
  /** What lies below: one level everywhere, or noise. */
  below: number | 'noise'
  by: 'us' | 'filter'
  /** Where the frames go, one after the other. */
  out: string
}

const drawings = JSON.parse(readFileSync(process.argv[2]!, 'utf8')) as Drawing[]
for (const drawing of drawings)
  writeFileSync(drawing.out, Buffer.concat([...(drawing.by === 'us' ? ours(drawing) : filters(drawing))]))

function* ours({ task, frames, below }: Drawing) {
  const bytes = (task.format.widthPx * task.format.heightPx * 3) / 2
  const kernel = createKernel(task.format.widthPx, task.format.heightPx)
  const overlay = createOverlay(task, kernel)
  for (const frame of frames) {
    // As when a picture is loaded: views of the memory from before are void.
    kernel.memory.grow(1)
    kernel.frame().set(planesBelow(below, bytes))
    overlay.drawOver(frame)
    yield Buffer.from(kernel.frame())
  }
  overlay.close()
}

function* filters({ task, frames, below }: Drawing) {
  const bytes = (task.format.widthPx * task.format.heightPx * 3) / 2
  const options = `filename=${filterPath(task.assPath!)}:fontsdir=${filterPath(task.fontsDir)}`
  using filter = FilterAPI.create(`ass=${options}`, { framerate: rational(task.format.fps), graph: { nbThreads: 1 } })
  for (const number of frames) {
    using frame = videoFrame(planesBelow(below, bytes), task.format, number - task.track!.baseFrame)
    const [drawn] = filter.processAllSync(frame)
    yield drawn!.toBuffer()
    drawn!.free()
  }
}

function planesBelow(below: Drawing['below'], bytes: number): Uint8Array {
  if (below !== 'noise') return new Uint8Array(bytes).fill(below)
  let state = 1
  return Uint8Array.from({ length: bytes }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return state >>> 24
  })
}
