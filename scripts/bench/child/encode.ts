// Encoding and nothing else: raw frames from a file into a segment, as the renderer writes its own.
import { closeSync, openSync, readSync } from 'node:fs'
import { videoFrame, type EncoderChoice, type VideoFormat } from '../../../render-container/encoder.ts'
import { openSegmentFile } from '../../../render-container/segment-file.ts'
import { cpuMs } from './cpu.ts'
import { quiet } from './quiet.ts'

export type EncodeInput = {
  encoder: EncoderChoice
  format: VideoFormat
  frameCount: number
  rawPath: string
  path: string
}
/** `readMs` (wall) is no part of the floor: the frames only lie in files because there is no memory for all. */
export type Encoded = { readMs: number; encodeCpuMs: number }

export async function encode({ encoder: choice, format, frameCount, rawPath, path }: EncodeInput): Promise<Encoded> {
  quiet()
  const spent = { readMs: 0, encodeCpuMs: 0 }
  const planes = new Uint8Array((format.widthPx * format.heightPx * 3) / 2)
  const raw = openSync(rawPath, 'r')
  try {
    let before = cpuMs()
    using segment = openSegmentFile(path, choice, format)
    for (let number = 0; number < frameCount; number++) {
      spent.encodeCpuMs += cpuMs() - before
      const startedAt = performance.now()
      readAll(raw, planes)
      spent.readMs += performance.now() - startedAt
      before = cpuMs()
      using frame = videoFrame(planes, format, number)
      segment.encode(frame)
    }
    segment.finish()
    spent.encodeCpuMs += cpuMs() - before
  } finally {
    closeSync(raw)
  }
  return spent
}

function readAll(file: number, into: Uint8Array): void {
  for (let filled = 0; filled < into.length;) {
    const count = readSync(file, into, filled, into.length - filled, null)
    if (count === 0) throw new Error('the raw frames end too early')
    filled += count
  }
}
