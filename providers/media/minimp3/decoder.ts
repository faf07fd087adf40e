// minimp3 (decoder.c as decoder.wasm), which decodes the frames of one MP3 file in their order.
import { readFileSync } from 'node:fs'

/** How many samples the frame has, 0 when its sound begins in frames that were not there, −1 when it is damaged. */
export type FrameDecoder = {
  decode: (frame: Uint8Array) => number
  /** Left and right, which are the same in mono: what was decoded last, from the start of each. */
  sides: [Float32Array, Float32Array]
}

type Exports = {
  memory: WebAssembly.Memory
  frame_address: () => number
  sides_address: () => number
  decode: (bytes: number) => number
}

// As in decoder.c.
const MAX_FRAME_BYTES = 1441
const MAX_SAMPLES = 1152
const IS_DAMAGED = -1

const compiled = new WebAssembly.Module(readFileSync(new URL('decoder.wasm', import.meta.url)))

export function createFrameDecoder(): FrameDecoder {
  const wasm = new WebAssembly.Instance(compiled).exports as unknown as Exports
  const { buffer } = wasm.memory
  const input = new Uint8Array(buffer, wasm.frame_address(), MAX_FRAME_BYTES)
  const side = (index: number) =>
    new Float32Array(buffer, wasm.sides_address() + index * MAX_SAMPLES * Float32Array.BYTES_PER_ELEMENT, MAX_SAMPLES)
  const decode = (frame: Uint8Array) => {
    if (frame.length > MAX_FRAME_BYTES) return IS_DAMAGED
    input.set(frame)
    try {
      return wasm.decode(frame.length)
    } catch (error) {
      // What no check of minimp3's stopped led out of its memory.
      if (error instanceof WebAssembly.RuntimeError) return IS_DAMAGED
      throw error
    }
  }
  return { decode, sides: [side(0), side(1)] }
}
