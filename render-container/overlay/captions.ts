// Captions over frames: drawn by libass where they change, kept in the kernel's memory until they change again.
import type { CaptionTrack } from '../../core/captions.ts'
import type { VideoFormat } from '../encoder.ts'
import { type Canvas, createAssFilter } from './ass-filter.ts'
import type { Blender, FrameMemory, Patch, PatchPlane } from './blender.ts'
import { fontsFor } from './font-files.ts'
import { type Band, bandsOf, bytesOf, drawnGroups } from './rows.ts'

type CaptionTask = { track: CaptionTrack; assPath: string; fontsDir: string; format: VideoFormat }

/** Caption sizes vary from cue to cue; memory that is outgrown is lost. */
const SPARE_MEMORY = 1.5

/**
 * libass draws on frames without transparency. Drawn over black and over white, the difference says how much of what
 * lies below shows through, layers of half transparent letters, edges and shadows included. (The filter's own
 * `alpha=1` takes a layer's opacity twice, so that half transparent shadows come out a quarter opaque.) What is shown
 * for one frame only, as while a word fills up, is drawn once, on the frame itself.
 */
export function createCaptions(task: CaptionTask, kernel: FrameMemory, blender: Blender) {
  const { track, assPath, fontsDir, format } = task
  const { widthPx, heightPx } = format
  const filter = createAssFilter(assPath, fontsFor({ ass: track.ass, assPath, fontsDir }), format)
  const [black, white] = [filter.canvas(), filter.canvas()]
  const memory = { address: 0, bytes: 0 }
  /** Groups of rows that have ever been drawn on; on both canvases, all others are as they were made. */
  const reached = new Set<number>()
  let kept: { change: number; patches: Patch[] } | undefined

  clear({ top: 0, end: heightPx })

  function clear(band: Band): void {
    fill(black, 0, band, widthPx)
    fill(white, 255, band, widthPx)
  }

  function drawOnFrame(frame: number): void {
    const below = planesOf(kernel, format)
    let outside: number[]
    do {
      for (const band of bandsOf(reached, heightPx)) copy(below, white.planes, band, widthPx)
      filter.drawOn(white, frame - track.baseFrame)
      outside = drawnGroups(white, reached)
      for (const group of outside) reached.add(group)
    } while (outside.length > 0)
    for (const band of bandsOf(reached, heightPx)) copy(white.planes, below, band, widthPx)
  }

  function drawToKeep(frame: number): Patch[] {
    for (const band of bandsOf(reached, heightPx)) clear(band)
    filter.drawOn(black, frame - track.baseFrame)
    filter.drawOn(white, frame - track.baseFrame)
    const groups = drawnGroups(white)
    for (const group of groups) reached.add(group)
    return keep(bandsOf(groups, heightPx))
  }

  function keep(bands: Band[]): Patch[] {
    const rows = bands.reduce((sum, { top, end }) => sum + end - top, 0)
    const wanted = 2 * rows * widthPx * 1.5
    if (wanted > memory.bytes) {
      memory.bytes = Math.ceil(wanted * SPARE_MEMORY)
      memory.address = kernel.reserve(memory.bytes)
    }
    const all = new Uint8Array(kernel.memory.buffer)
    let address = memory.address
    return bands.flatMap((band) => {
      const patch = bytesOf(band, widthPx).map(({ start, end }, plane): PatchPlane => {
        const [colour, through] = [address, address + end - start]
        all.set(black.planes[plane]!.subarray(start, end), colour)
        all.set(white.planes[plane]!.subarray(start, end), through)
        blender.subtract(through, colour, end - start)
        address = through + end - start
        const by = plane === 0 ? 1 : 2
        const [width, height] = [widthPx / by, (band.end - band.top) / by]
        return { colour, through, stride: width, left: 0, top: band.top / by, width, height }
      }) as Patch
      const [luma] = patch
      return narrowed(patch, blender.columns(luma.through, luma.width, luma.height))
    })
  }

  return {
    drawOver: (frame: number): void => {
      const change = track.changes.findLastIndex((first) => first <= frame)
      if (track.changes[change + 1] === frame + 1 && kept?.change !== change) return drawOnFrame(frame)
      if (kept?.change !== change) kept = { change, patches: drawToKeep(frame) }
      for (const patch of kept.patches) blender.blend(patch)
    },
    close: filter.close,
  }
}

function fill({ planes }: Canvas, level: number, band: Band, widthPx: number): void {
  for (const [plane, { start, end }] of bytesOf(band, widthPx).entries()) planes[plane]!.fill(level, start, end)
}

function copy(from: Uint8Array[], to: Uint8Array[], band: Band, widthPx: number): void {
  for (const [plane, { start, end }] of bytesOf(band, widthPx).entries())
    to[plane]!.set(from[plane]!.subarray(start, end), start)
}

function planesOf({ memory, frameAddress }: FrameMemory, { widthPx, heightPx }: VideoFormat): Uint8Array[] {
  return bytesOf({ top: 0, end: heightPx }, widthPx).map(
    ({ end }, plane) => new Uint8Array(memory.buffer, frameAddress + widthPx * heightPx * [0, 1, 1.25][plane]!, end),
  )
}

/** Only the columns from `left` on; nothing when there are none. */
function narrowed(patch: Patch, { left, end }: { left: number; end: number }): Patch[] {
  if (left === end) return []
  const planes = patch.map((plane, index): PatchPlane => {
    const from = index === 0 ? left : left / 2
    const width = (end - left) / (index === 0 ? 1 : 2)
    return { ...plane, colour: plane.colour + from, through: plane.through + from, left: from, width }
  })
  return [planes as Patch]
}
