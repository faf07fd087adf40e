// The motion kernel (kernel.c as kernel.wasm) with its memory: where the planes of each picture and each frame lie.
import { readFileSync } from 'node:fs'
import { inTwoPasses, placesOf } from './places.ts'
import type { Rectangle } from './view.ts'

/** 8-bit YUV 4:2:0, the three planes after each other without gaps; width and height are even. */
export type Planes = { widthPx: number; heightPx: number; bytes: Uint8Array }

/** One picture held in the kernel's memory, to be resampled from. */
export type Source = { planes: Plane[] }
type Plane = { address: number; stride: number; widthPx: number; heightPx: number }

export type Kernel = {
  /** Holds everything below. It may grow, which detaches every view of its buffer: make views anew for each use. */
  memory: WebAssembly.Memory
  /** Room of its own for a caller: its address, a multiple of 64, is good as long as the kernel. */
  reserve: (bytes: number) => number
  /** Where frame 0 begins: its three planes without gaps, the width their stride. */
  frameAddress: number
  /** Keeps `planes` in a slot (from 0), in place of what was there. */
  load: (slot: number, planes: Planes) => Source
  /** Draws the part `from` of the source (in its pixels) over the whole of frame 0 or 1. */
  draw: (source: Source, from: Rectangle, frame: 0 | 1) => void
  /** Copies a frame's planes over the whole of frame 0 or 1; they may lie in the kernel's memory. */
  copy: (planes: Uint8Array, frame: 0 | 1) => void
  /** Makes frame 0 or 1 black. */
  blacken: (frame: 0 | 1) => void
  /** Mixes frame 1 into frame 0; how much of it (0…1) may depend on the place across, 0…1 from the left. */
  blend: (weight: number | ((across: number) => number)) => void
  /** Pushes frame 0 out to the left by frame 1; `part` of the way, 0…1, in whole even pixels. */
  push: (part: number) => void
  /** The bytes of frame 0 or 1 (0 if not said): a view into the kernel's memory, good until the next call. */
  frame: (frame?: 0 | 1) => Uint8Array
  /** The last call: its memory may be the next kernel's. */
  close: () => void
}

// As in kernel.c.
const PADDING = 16
const MAX_WIDTH_PX = 4096
const MAX_STEP = 1.5
/** Rows of the source from one column of the frame to the next: 8° at full size. */
const MAX_SLOPE = 1 / 7.01
/** Rows are written in steps of 16 bytes, the last past its end. */
const SLACK_BYTES = 64
const PAGE_BYTES = 65536
const BLACK = { luma: 16, chroma: 128 }

/** How pixels are made of those of a picture: `cubic` of 4x4, `linear` of 2x2, which is softer and takes two thirds of the time. */
export type Filter = 'cubic' | 'linear'

type Exports = {
  memory: WebAssembly.Memory
  heap: () => number
  aim: (...args: number[]) => void
  draw: (source: number, out: number, height: number) => void
  prepare: (plane: number, stride: number, width: number, height: number) => void
  mix: (below: number, above: number, weights: number, width: number, height: number) => void
  push: (below: number, above: number, columns: number, width: number, height: number) => void
}

const compiled = new WebAssembly.Module(readFileSync(new URL('kernel.wasm', import.meta.url)))

/** One that was closed. A child draws segment after segment, and 20 MB to make and collect for each are 2 % of its time. */
let spare: Exports | undefined

/**
 * A kernel for frames of this size. Width and height are even; the width is at most 4096 px. What lies in its memory at
 * first is anything: an earlier kernel may have used it.
 */
export function createKernel(widthPx: number, heightPx: number, filter: Filter = 'cubic'): Kernel {
  if (widthPx % 2 || heightPx % 2) throw new RangeError(`a frame of ${widthPx}x${heightPx} has an odd side`)
  if (widthPx > MAX_WIDTH_PX) throw new RangeError(`a frame is at most ${MAX_WIDTH_PX} px wide, not ${widthPx}`)
  const wasm = spare ?? (new WebAssembly.Instance(compiled).exports as unknown as Exports)
  spare = undefined
  const sizes = planeSizes(widthPx, heightPx)
  const frameBytes = (widthPx * heightPx * 3) / 2
  let end = align(wasm.heap())
  const frames = [reserve(frameBytes), reserve(frameBytes)] as const
  const weights = reserve(2 * widthPx)
  const slots: { address: number; bytes: number }[] = []

  function reserve(bytes: number): number {
    const address = end
    end = align(end + bytes + SLACK_BYTES)
    const missing = end - wasm.memory.buffer.byteLength
    if (missing > 0) wasm.memory.grow(Math.ceil(missing / PAGE_BYTES))
    return address
  }

  function place(slot: number, bytes: number): number {
    const held = slots[slot]
    if (held && held.bytes >= bytes) return held.address
    // A bigger picture than the slot had: a new place. The old one is lost, which the two or three sizes of picture
    // in one segment can afford.
    slots[slot] = { address: reserve(bytes), bytes }
    return slots[slot].address
  }

  /** Runs `join` on each plane of the two frames. */
  function joinPlanes(join: (below: number, above: number, plane: Size, isChroma: boolean) => void): void {
    let offset = 0
    for (const [index, size] of sizes.entries()) {
      join(frames[0] + offset, frames[1] + offset, size, index > 0)
      offset += size.widthPx * size.heightPx
    }
  }

  const frame = (which: 0 | 1 = 0) => new Uint8Array(wasm.memory.buffer, frames[which], frameBytes)

  return {
    memory: wasm.memory,
    reserve,
    frameAddress: frames[0],
    load: (slot, planes) => {
      const wanted = (planes.widthPx * planes.heightPx * 3) / 2
      if (planes.bytes.length !== wanted)
        throw new RangeError(`the planes of a picture have ${planes.bytes.length} bytes instead of ${wanted}`)
      const loaded = planeSizes(planes.widthPx, planes.heightPx)
      let address = place(
        slot,
        loaded.reduce((bytes, size) => bytes + paddedBytes(size), 0),
      )
      let from = 0
      const memory = new Uint8Array(wasm.memory.buffer)
      return {
        planes: loaded.map((size) => {
          const plane = { ...size, address: address + PADDING, stride: size.widthPx + 2 * PADDING }
          for (let y = 0; y < size.heightPx; y++, from += size.widthPx)
            memory.set(planes.bytes.subarray(from, from + size.widthPx), plane.address + y * plane.stride)
          wasm.prepare(plane.address, plane.stride, size.widthPx, size.heightPx)
          address += paddedBytes(size)
          return plane
        }),
      }
    },
    draw: (source, from, which) => {
      let out: number = frames[which]
      for (const [index, plane] of source.planes.entries()) {
        const { widthPx: width, heightPx: height } = sizes[index]!
        const { x0, xU, xY, y0, yU, yV } = inTwoPasses(placesOf(from, { widthPx, heightPx }, index > 0))
        if (xU > MAX_STEP) throw new RangeError(`a picture is shown at 1/${xU} of its size; scale it down first`)
        if (Math.abs(yU) > MAX_SLOPE) throw new RangeError(`a view turned by ${from.rotateDeg}° is turned too far`)
        // Both planes of chroma lie alike.
        if (index < 2)
          wasm.aim(
            plane.stride,
            plane.widthPx,
            plane.heightPx,
            x0,
            xU,
            xY,
            y0,
            yU,
            yV,
            width,
            Number(filter === 'linear'),
          )
        wasm.draw(plane.address, out, height)
        out += width * height
      }
    },
    copy: (planes, which) => frame(which).set(planes),
    blacken: (which) => {
      frame(which).fill(BLACK.luma, 0, widthPx * heightPx)
      frame(which).fill(BLACK.chroma, widthPx * heightPx)
    },
    blend: (weight) => {
      const weightAt = typeof weight === 'number' ? () => weight : weight
      joinPlanes((below, above, plane, isChroma) => {
        const table = new Int16Array(wasm.memory.buffer, weights, plane.widthPx)
        // -32768 is a weight of 1. Chroma samples sit on every second luma column.
        for (const column of table.keys())
          table[column] = Math.round(-32768 * weightAt(((isChroma ? 2 * column : column) + 0.5) / widthPx))
        wasm.mix(below, above, weights, plane.widthPx, plane.heightPx)
      })
    },
    push: (part) => {
      const columns = Math.round((part * widthPx) / 2)
      joinPlanes((below, above, plane, isChroma) =>
        wasm.push(below, above, isChroma ? columns : 2 * columns, plane.widthPx, plane.heightPx),
      )
    },
    frame,
    close: () => {
      spare = wasm
    },
  }
}

type Size = { widthPx: number; heightPx: number }

function planeSizes(widthPx: number, heightPx: number): Size[] {
  const chroma = { widthPx: widthPx / 2, heightPx: heightPx / 2 }
  return [{ widthPx, heightPx }, chroma, chroma]
}

const align = (address: number) => Math.ceil(address / 64) * 64
const paddedBytes = ({ widthPx, heightPx }: Size) => (widthPx + 2 * PADDING) * heightPx
