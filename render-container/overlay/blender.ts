// The overlay functions (overlay.c as overlay.wasm) on the motion kernel's memory, in which frame and pictures lie.
import { readFileSync } from 'node:fs'
import type { VideoFormat } from '../encoder.ts'
import type { Kernel } from '../motion/kernel.ts'

/** All that an overlay needs of the kernel. */
export type FrameMemory = Pick<Kernel, 'memory' | 'reserve' | 'frameAddress'>

/**
 * One plane of a picture with transparency: addresses in the kernel's memory and the place in the frame's plane, in
 * that plane's pixels. What each byte means is in overlay.c. With `stride` 0 all rows are the one that is there.
 */
export type PatchPlane = {
  colour: number
  through: number
  stride: number
  left: number
  top: number
  width: number
  height: number
}
/** Luma and the two chroma planes. */
export type Patch = [PatchPlane, PatchPlane, PatchPlane]

export type Blender = {
  /** Lays the patch over the kernel's frame, in place. */
  blend: (patch: Patch) => void
  /** Of a picture drawn over white and over black: `white` becomes how much shows through. */
  subtract: (white: number, black: number, bytes: number) => void
  /** The columns in which anything is drawn, even numbers; `end` is behind the last. No columns when there is nothing. */
  columns: (through: number, width: number, rows: number) => { left: number; end: number }
}

type Exports = {
  blend: (...args: number[]) => void
  subtract: (white: number, black: number, bytes: number) => void
  columns: (through: number, width: number, rows: number) => number
}

const compiled = new WebAssembly.Module(readFileSync(new URL('overlay.wasm', import.meta.url)))

export function createBlender(kernel: FrameMemory, { widthPx, heightPx }: VideoFormat): Blender {
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory: kernel.memory } })
  const wasm = exports as unknown as Exports
  const planes = planesOf(widthPx, heightPx)
  return {
    blend: (patch) => {
      for (const [index, { address, stride }] of planes.entries()) {
        const { left, top, width, height, ...picture } = patch[index]!
        const below = kernel.frameAddress + address + top * stride + left
        wasm.blend(below, stride, picture.colour, picture.through, picture.stride, width, height)
      }
    },
    subtract: wasm.subtract,
    columns: (...plane) => {
      const columns = wasm.columns(...plane)
      return { left: columns & 0xffff, end: columns >>> 16 }
    },
  }
}

/** Where each plane starts, from the frame's start, and how long its rows are. */
function planesOf(widthPx: number, heightPx: number): { address: number; stride: number }[] {
  const luma = widthPx * heightPx
  return [
    { address: 0, stride: widthPx },
    { address: luma, stride: widthPx / 2 },
    { address: luma * 1.25, stride: widthPx / 2 },
  ]
}
