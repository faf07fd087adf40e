// Joins the segments and the sound into the finished MP4, without encoding again.
import { appendFile } from 'node:fs/promises'
import { Demuxer } from 'node-av/api'
import { Dictionary, FFmpegError, FormatContext, type Packet, type Stream } from 'node-av/lib'
import { rational } from './encoder.ts'
import { turn } from './graph.ts'
import { PROVENANCE_COMMENT, xmpBox } from './provenance.ts'

export type JoinTask = {
  segments: { path: string; firstFrame: number; frameCount: number }[]
  soundPath: string
  fps: number
  /** The sound ends here, to the sample. */
  soundSamples: number
  title: string
  /** BCP 47, for the sound track. */
  language: string
  path: string
}

const PACKETS_PER_TURN = 200
/** An MP4's header says all that is copied; without this, FFmpeg also decodes the first pictures of each segment. */
const HEADER_IS_ENOUGH = { skipStreamInfo: true }

/** Writes `path` with the index first (faststart), titles and the provenance mark. Same input, same bytes. */
export async function joinSegments(task: JoinTask): Promise<void> {
  using output = openOutput(task.path)
  using sound = Demuxer.openSync(task.soundPath, HEADER_IS_ENOUGH)
  const firstPath = task.segments[0]!.path
  using first = Demuxer.openSync(firstPath, HEADER_IS_ENOUGH)
  const { num, den } = rational(task.fps)
  const video = output.addStream(first.video()!, { num: den, den: num })
  const audio = output.addStream(sound.audio()!, sound.audio()!.timeBase)
  audio.metadata = Dictionary.fromObject({ language: iso639(task.language) })
  output.writeHeader({ title: task.title, comment: PROVENANCE_COMMENT })

  const sources = [
    { stream: video, timeBase: { num: den, den: num }, packets: videoPackets(task, { num: den, den: num }) },
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

type TimeBase = { num: number; den: number }
const seconds = (packet: Packet, { num, den }: TimeBase) => (Number(packet.dts) * num) / den

/**
 * All pictures with the times of the whole video. Within a segment x264 shows frames in another order than it
 * stores them; the stored order is counted through, held back by the furthest that any picture is moved.
 */
function* videoPackets({ segments, fps }: JoinTask, timeBase: TimeBase): Generator<Packet, undefined> {
  let stored = 0
  for (const segment of segments) {
    using demuxer = Demuxer.openSync(segment.path, { copyTs: true, ...HEADER_IS_ENOUGH })
    const { timeBase: from, index } = demuxer.video()!
    const before = stored
    for (const packet of demuxer.packetsSync(index)) {
      if (packet === null) break
      packet.rescaleTs({ num: from.num, den: from.den }, timeBase)
      packet.pts += BigInt(segment.firstFrame)
      packet.dts = BigInt(stored++ - REORDER_FRAMES)
      packet.duration = 1n
      yield packet
    }
    if (stored - before !== segment.frameCount)
      throw new Error(`${segment.path} has ${stored - before} frames, not ${segment.frameCount} (at ${fps} fps)`)
  }
}

/** libx264's B-pyramid, the default, stores a picture at most two places before the one it follows. */
const REORDER_FRAMES = 2

/** The encoder works in blocks of 1024 samples; the last one counts only as far as the video goes. */
function* soundPackets(demuxer: Demuxer, samples: number): Generator<Packet, undefined> {
  const { index } = demuxer.audio()!
  for (const packet of demuxer.packetsSync(index)) {
    if (packet === null) break
    const left = BigInt(samples) - packet.pts
    if (left <= 0n) packet.free()
    else {
      if (packet.duration > left) packet.duration = left
      yield packet
    }
  }
}

/** A thin layer over libavformat: node-av's own Muxer corrects time stamps, ours are right already. */
function openOutput(path: string) {
  const context = new FormatContext()
  FFmpegError.throwIfError(context.allocOutputContext2(null, 'mp4', path), `could not write ${path}`)
  FFmpegError.throwIfError(context.openOutputSync(), `could not write ${path}`)
  let isOpen = true
  return {
    addStream: (from: Stream, timeBase: TimeBase): Stream => {
      const stream = context.newStream()
      FFmpegError.throwIfError(from.codecpar.copy(stream.codecpar), 'codec parameters')
      stream.codecpar.codecTag = 0
      stream.timeBase = timeBase as Stream['timeBase']
      return stream
    },
    writeHeader: (metadata: Record<string, string>) => {
      context.metadata = Dictionary.fromObject(metadata)
      // No version and no date of any library in the file: the same video is the same bytes.
      FFmpegError.throwIfError(context.setOption('movflags', '+faststart'), 'movflags')
      FFmpegError.throwIfError(context.setOption('fflags', '+bitexact'), 'fflags')
      FFmpegError.throwIfError(context.writeHeaderSync(), `could not write ${path}`)
    },
    write: (packet: Packet, stream: Stream, timeBase: TimeBase) => {
      packet.streamIndex = stream.index
      packet.rescaleTs(timeBase, { num: stream.timeBase.num, den: stream.timeBase.den })
      FFmpegError.throwIfError(context.interleavedWriteFrameSync(packet), `could not write ${path}`)
      packet.free()
    },
    finish: () => {
      FFmpegError.throwIfError(context.writeTrailerSync(), `could not write ${path}`)
      context.closeOutputSync()
      context.freeContext()
      isOpen = false
    },
    [Symbol.dispose]: () => {
      if (isOpen) context.freeContext()
    },
  }
}

/** MP4 wants the three letters of ISO 639-2/T, which Intl does not know. */
function iso639(language: string): string {
  return threeLetters.get(language.slice(0, 2).toLowerCase()) ?? 'und'
}

const threeLetters = new Map(
  `ar ara bn ben cs ces da dan de deu el ell en eng es spa fa fas fi fin fr fra he heb hi hin hu hun id ind it ita ja jpn
  ko kor ms msa nl nld no nor pl pol pt por ro ron ru rus sv swe th tha tr tur uk ukr vi vie zh zho`
    .match(/\w\w \w\w\w/g)!
    .map((pair) => pair.split(' ') as [string, string]),
)
