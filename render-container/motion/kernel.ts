// The motion kernel (kernel.c as kernel.wasm) with its memory: where the planes of each picture and each frame lie.
import { readFileSync } from 'node:fs'
import type { Rectangle } from './view.ts'

/** 8-bit YUV 4:2:0, the three planes after each other without gaps; width and height are even. */
export type Planes = { widthPx: number; heightPx: number; bytes: Uint8Array }

/** One picture held in the kernel's memory, to be resampled from. */
export type Source = { planes: Plane[] }
type Plane = { address: number; stride: number; widthPx: number; heightPx: number }

export type Kernel = {
  /** Keeps `planes` in slot 0 or 1, in place of what was there. */
  load: (slot: 0 | 1, planes: Planes) => Source
  /** Draws the part `from` of the source (in its pixels) over the whole of frame 0 or 1. */
  draw: (source: Source, from: Rectangle, frame: 0 | 1) => void
  /** Mixes frame 1 into frame 0; `weight` of it, 0…1. */
  blend: (weight: number) => void
  /** The bytes of frame 0: a view into the kernel's memory, good until the next call. */
  frame: () => Uint8Array
}

// As in kernel.c.
const PADDING = 16
const MAX_WIDTH_PX = 4096
const MAX_STEP = 1.5
const PAGE_BYTES = 65536

type Exports = {
  memory: WebAssembly.Memory
  heap: () => number
  resample: (...args: number[]) => void
  blend: (below: number, above: number, bytes: number, weight: number) => void
}

const compiled = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)))

/** A kernel for frames of this size. Width and height are even; the width is at most 4096 px. */
export function createKernel(widthPx: number, heightPx: number): Kernel {
  if (widthPx % 2 || heightPx % 2) throw new RangeError(`a frame of ${widthPx}x${heightPx} has an odd side`)
  if (widthPx > MAX_WIDTH_PX) throw new RangeError(`a frame is at most ${MAX_WIDTH_PX} px wide, not ${widthPx}`)
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports
  const frameBytes = (widthPx * heightPx * 3) / 2
  const frames = [align(wasm.heap()), align(wasm.heap() + frameBytes)] as const
  const slots: { address: number; bytes: number }[] = []
  let end = align(frames[1] + frameBytes)

  function place(slot: 0 | 1, bytes: number): number {
    const held = slots[slot]
    if (held && held.bytes >= bytes) return held.address
    // A bigger picture than the slot had: a new place at the end. The old one is lost, which two or three
    // sizes of picture in one video can afford.
    slots[slot] = { address: end, bytes }
    end = align(end + bytes)
    const missing = end - wasm.memory.buffer.byteLength
    if (missing > 0) wasm.memory.grow(Math.ceil(missing / PAGE_BYTES))
    return slots[slot].address
  }

  return {
    load: (slot, planes) => {
      const sizes = planeSizes(planes.widthPx, planes.heightPx)
      const padded = sizes.reduce((bytes, size) => bytes + paddedBytes(size), 0)
      let address = place(slot, padded)
      let from = 0
      const memory = new Uint8Array(wasm.memory.buffer)
      return {
        planes: sizes.map((size) => {
          const plane = { ...size, address: address + PADDING, stride: size.widthPx + 2 * PADDING }
          copyPadded(planes.bytes.subarray(from, from + size.widthPx * size.heightPx), memory, plane)
          address += paddedBytes(size)
          from += size.widthPx * size.heightPx
          return plane
        }),
      }
    },
    draw: (source, from, frame) => {
      const stepX = from.width / widthPx
      const stepY = from.height / heightPx
      if (stepX > MAX_STEP) throw new RangeError(`a picture is shown at 1/${stepX} of its size; scale it down first`)
      let out = frames[frame]
      for (const [index, plane] of source.planes.entries()) {
        const isLuma = index === 0
        // Where the first output pixel's centre lies. Chroma samples sit on every second luma column and
        // between the rows (H.264's default), so across they start at half of luma's place.
        const lumaX = from.left + stepX / 2 - 0.5
        const x0 = isLuma ? lumaX : lumaX / 2
        const y0 = (isLuma ? from.top : from.top / 2) + stepY / 2 - 0.5
        const width = isLuma ? widthPx : widthPx / 2
        const height = isLuma ? heightPx : heightPx / 2
        const { address, stride } = plane
        wasm.resample(address, stride, plane.widthPx, plane.heightPx, x0, stepX, y0, stepY, out, width, height)
        out += width * height
      }
    },
    blend: (weight) => wasm.blend(frames[0], frames[1], frameBytes, Math.round(weight * 256)),
    frame: () => new Uint8Array(wasm.memory.buffer, frames[0], frameBytes),
  }
}

type Size = { widthPx: number; heightPx: number }

function planeSizes(widthPx: number, heightPx: number): Size[] {
  const chroma = { widthPx: widthPx / 2, heightPx: heightPx / 2 }
  return [{ widthPx, heightPx }, chroma, chroma]
}

const align = (address: number) => Math.ceil(address / 64) * 64
const paddedBytes = ({ widthPx, heightPx }: Size) => (widthPx + 2 * PADDING) * heightPx

/** Beyond the picture's left and right edge the edge pixel goes on (the kernel itself repeats rows). */
function copyPadded(from: Uint8Array, memory: Uint8Array, plane: Plane): void {
  for (let y = 0; y < plane.heightPx; y++) {
    const row = from.subarray(y * plane.widthPx, (y + 1) * plane.widthPx)
    const start = plane.address + y * plane.stride
    memory.set(row, start)
    memory.fill(row[0]!, start - PADDING, start)
    memory.fill(row[plane.widthPx - 1]!, start + plane.widthPx, start + plane.widthPx + PADDING)
  }
}
