// Joins the segments and the sound into the finished MP4, without encoding again.
import { appendFile } from 'node:fs/promises'
import { Demuxer } from 'node-av/api'
import { AV_CODEC_ID_AV1, AV_CODEC_ID_H264, AV_CODEC_ID_HEVC } from 'node-av/constants'
import { Dictionary, type Packet } from 'node-av/lib'
import type { CodecId } from '../core/output.ts'
import { turn } from './graph.ts'
import {
  delayOf,
  frameTimeBase,
  HEADER_IS_ENOUGH,
  type SegmentFile,
  soundPackets,
  type TimeBase,
  videoPackets,
} from './joined-packets.ts'
import { iso639, openMp4 } from './mp4.ts'
import { PROVENANCE_COMMENT, xmpBox } from './provenance.ts'

export type JoinTask = {
  segments: SegmentFile[]
  soundPath: string
  fps: number
  /** The sound ends here, to the sample. */
  soundSamples: number
  title: string
  /** BCP 47, for the sound track. */
  language: string
  /** What the segments are encoded with. */
  codec: CodecId
  path: string
}

const PACKETS_PER_TURN = 200
const codecIds = { h264: AV_CODEC_ID_H264, hevc: AV_CODEC_ID_HEVC, av1: AV_CODEC_ID_AV1 } as const

/**
 * Writes `path` with the index first (faststart), titles and the provenance mark. Picture and sound both begin at 0:
 * edit lists skip what codecs store before. Same input, same bytes. Throws when a segment has another codec, other
 * settings or another number of frames than it should.
 */
export async function joinSegments(task: JoinTask): Promise<void> {
  const { segments, fps } = task
  using output = openMp4(task.path, '+faststart')
  using sound = Demuxer.openSync(task.soundPath, HEADER_IS_ENOUGH)
  using first = Demuxer.openSync(segments[0]!.path, HEADER_IS_ENOUGH)
  if (first.video()!.codecpar.codecId !== codecIds[task.codec])
    throw new Error(`${segments[0]!.path} is not encoded as ${task.codec}`)
  const frames = frameTimeBase(fps)
  const video = output.addStream(first.video()!, frames)
  const audio = output.addStream(sound.audio()!, sound.audio()!.timeBase)
  audio.metadata = Dictionary.fromObject({ language: iso639(task.language) })
  output.writeHeader({ title: task.title, comment: PROVENANCE_COMMENT })

  const sources = [
    { stream: video, timeBase: frames, packets: videoPackets(segments, fps, delayOf(segments, fps)) },
    { stream: audio, timeBase: sound.audio()!.timeBase, packets: soundPackets(sound, task.soundSamples) },
  ].map((source) => ({ ...source, next: source.packets.next().value }))
  for (let count = 1; ; count++) {
    const [earliest] = sources
      .filter(({ next }) => next)
      .toSorted((a, b) => seconds(a.next!, a.timeBase) - seconds(b.next!, b.timeBase))
    if (!earliest) break
    output.write(earliest.next!, earliest.stream, earliest.timeBase)
    earliest.next = earliest.packets.next().value
    if (count % PACKETS_PER_TURN === 0) await turn()
  }
  output.finish()
  await appendFile(task.path, xmpBox(task.title))
}

const seconds = (packet: Packet, { num, den }: TimeBase) => (Number(packet.dts) * num) / den
