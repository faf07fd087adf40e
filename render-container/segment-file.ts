// A segment as a file of its own: encoded frame by frame, written as MP4.
import type { Frame, Packet } from 'node-av/lib'
import { createEncoder, type EncoderChoice, type VideoFormat } from './encoder.ts'
import { frameTimeBase } from './joined-packets.ts'
import { openMp4 } from './mp4.ts'

export type SegmentFileWriter = {
  /** Frames count from 0 (`pts`). */
  encode: (frame: Frame) => void
  /** Encodes what is held back, and writes the file. Throws when it could not be written. */
  finish: () => void
  [Symbol.dispose]: () => void
}

/**
 * Its packets are held until the end (a few megabytes, four seconds at most): by how far the encoder moves pictures is
 * seen from them alone. The encoders' own decoding times are not used; x265's of very short segments are random.
 */
export function openSegmentFile(
  path: string,
  choice: Pick<EncoderChoice, 'name' | 'codec' | 'quality'>,
  format: VideoFormat,
): SegmentFileWriter {
  const encoder = createEncoder(choice, format)
  const timeBase = frameTimeBase(format.fps)
  const packets: Packet[] = []
  return {
    encode: (frame) => void packets.push(...encoder.encodeAllSync(frame)),
    finish: () => {
      packets.push(...encoder.encodeAllSync(null))
      const delay = Math.max(0, ...packets.map(({ pts }, stored) => stored - Number(pts)))
      using file = openMp4(path)
      const stream = file.addStream(encoder.getCodecContext()!, timeBase)
      file.writeHeader()
      for (const [stored, packet] of packets.entries()) {
        packet.dts = BigInt(stored - delay)
        packet.duration = 1n
        file.write(packet, stream, timeBase)
      }
      packets.length = 0
      file.finish()
    },
    [Symbol.dispose]: () => {
      for (const packet of packets) packet.free()
      encoder[Symbol.dispose]()
    },
  }
}
