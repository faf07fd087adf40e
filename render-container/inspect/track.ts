// The picture track of a finished video, packet by packet.
import { resolve } from 'node:path'
import { AVMEDIA_TYPE_VIDEO } from 'node-av/constants'
import { FFmpegError, FormatContext, Packet, type Stream } from 'node-av/lib'
import { turn } from '../graph.ts'

export type Track = {
  stream: Stream
  /** In the order of decoding. A packet is good until the next one is asked for. */
  packets: () => AsyncGenerator<Packet>
}

/** After so many packets the event loop gets a turn, in which a child notices that its parent has gone. */
const PACKETS_PER_TURN = 4

/** Throws when the file cannot be opened or has no picture track. Closed when `use` is done. */
export async function withTrack<Result>(path: string, use: (track: Track) => Promise<Result>): Promise<Result> {
  const format = new FormatContext()
  format.allocContext()
  try {
    const code = format.openInputSync(`file:${resolve(path)}`)
    FFmpegError.throwIfError(code < 0 ? code : format.findStreamInfoSync(null), 'opening the video')
    const stream = format.streams.find(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_VIDEO)
    if (!stream) throw new Error('there is no picture track')
    return await use({ stream, packets: () => packetsOf(format, stream) })
  } finally {
    format.closeInputSync()
  }
}

/** One packet is used again and again: node-av's own loop copies each, which takes ten times as long. */
async function* packetsOf(format: FormatContext, stream: Stream): AsyncGenerator<Packet> {
  const packet = new Packet()
  packet.alloc()
  try {
    for (let count = 1; format.readFrameSync(packet) >= 0; count++) {
      if (packet.streamIndex === stream.index) yield packet
      packet.unref()
      if (count % PACKETS_PER_TURN === 0) await turn()
    }
  } finally {
    packet.free()
  }
}
