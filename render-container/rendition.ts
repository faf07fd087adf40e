// A segment once more, smaller: decoded, scaled, and encoded as H.264, for HLS.
import { Decoder, Demuxer, FilterAPI } from 'node-av/api'
import { AVCHROMA_LOC_LEFT } from 'node-av/constants'
import type { Frame } from 'node-av/lib'
import { rational, type VideoFormat } from './encoder.ts'
import { turn } from './graph.ts'
import { HEADER_IS_ENOUGH } from './joined-packets.ts'
import { openSegmentFile } from './segment-file.ts'

export type RenditionTask = {
  /** The segment's file, whatever its size and codec. */
  from: string
  frameCount: number
  format: VideoFormat
  path: string
}

/** H.264 also below a video of another codec: these sizes are for players that want little. */
const ENCODER = { name: 'libx264', codec: 'h264', quality: 'standard' } as const
const SCALER = 'bicubic+accurate_rnd'

/** A closed group of pictures as the segment is one, of as many frames. Throws when the segment has another number. */
export async function makeRendition({ from, frameCount, format, path }: RenditionTask): Promise<void> {
  const { widthPx, heightPx } = format
  using demuxer = Demuxer.openSync(from, { copyTs: true, ...HEADER_IS_ENOUGH })
  const video = demuxer.video()!
  using decoder = Decoder.createSync(video, { context: { threadCount: 1 } })
  using scaler = FilterAPI.create(`scale=${widthPx}:${heightPx}`, {
    graph: { nbThreads: 1, scaleSwsOpts: `flags=${SCALER}` },
  })
  using file = openSegmentFile(path, ENCODER, format)
  let count = 0
  const encode = (scaled: Frame) => {
    using frame = scaled
    frame.timeBase = rational(format.fps).inv()
    frame.pts = BigInt(count++)
    frame.duration = 1n
    frame.chromaLocation = AVCHROMA_LOC_LEFT
    file.encode(frame)
  }
  for (const packet of demuxer.packetsSync(video.index)) {
    for (const decoded of decoder.decodeAllSync(packet)) {
      using frame = decoded
      for (const scaled of scaler.processAllSync(frame)) encode(scaled)
    }
    packet?.free()
    if (packet === null) break
    await turn()
  }
  if (count !== frameCount) throw new Error(`${from} has ${count} frames, not ${frameCount}`)
  file.finish()
}
