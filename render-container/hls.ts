// HLS: the video in several sizes, each one fragmented MP4 file beside its playlist, and the sound once for all.
import { appendFile, mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Demuxer } from 'node-av/api'
import { Dictionary, type Packet, type Stream } from 'node-av/lib'
import { codecString } from './codec-string.ts'
import { turn } from './graph.ts'
import { type ByteRange, type FragmentedFile, masterPlaylist, mediaPlaylist } from './hls-playlists.ts'
import {
  delayOf,
  frameTimeBase,
  HEADER_IS_ENOUGH,
  readHeader,
  type SegmentFile,
  soundPackets,
  type TimeBase,
  videoPackets,
} from './joined-packets.ts'
import { iso639, openMp4 } from './mp4.ts'
import { PROVENANCE_COMMENT, xmpBox } from './provenance.ts'

export type HlsTask = {
  /** The largest first; all cut into segments at the same frames. `name` is unique and fit for a file. */
  renditions: { name: string; widthPx: number; heightPx: number; segments: SegmentFile[] }[]
  soundPath: string
  soundSamples: number
  fps: number
  title: string
  /** BCP 47. */
  language: string
  /** Where everything goes; made when it is not there. */
  dir: string
}

/** As long as the longest segment of a render, which is how far apart key frames may be (segments.ts). */
const LONGEST_S = 4
/**
 * The header is written after the first fragment, when it is known what the edit list has to skip: both picture and
 * sound begin at 0.
 */
const FRAGMENTED = '+frag_custom+delay_moov+default_base_moof'

/** Gives the names of the files in `dir`, the master playlist first. Same input, same bytes. */
export async function packageHls(task: HlsTask): Promise<string[]> {
  const { renditions, fps, dir, title } = task
  await mkdir(dir, { recursive: true })
  // The same cuts in all sizes, so that a player can change between any two.
  const cuts = fragmentStarts(renditions[0]!.segments, fps)
  const videos = []
  for (const { name, widthPx, heightPx, segments } of renditions) {
    const file = await writeVideo(join(dir, `${name}.mp4`), segments, cuts, task)
    videos.push({ name, ...file, widthPx, heightPx, codec: readHeader(segments[0]!.path, codecString) })
  }
  const sound = {
    name: 'sound',
    ...(await writeSound(join(dir, 'sound.mp4'), task)),
    ...readHeader(task.soundPath, (stream) => ({
      codec: codecString(stream),
      channels: stream.codecpar.channels,
    })),
  }
  for (const rendition of [...videos, sound]) {
    await appendFile(join(dir, `${rendition.name}.mp4`), xmpBox(title))
    await writeFile(join(dir, `${rendition.name}.m3u8`), mediaPlaylist(rendition))
  }
  await writeFile(join(dir, 'master.m3u8'), masterPlaylist(videos, sound, task))
  return ['master.m3u8', ...[...videos, sound].flatMap(({ name }) => [`${name}.m3u8`, `${name}.mp4`])]
}

/** The first frames of the playlists' segments: as many of the render's in one as four seconds hold. */
export function fragmentStarts(segments: SegmentFile[], fps: number): number[] {
  const starts: number[] = []
  for (const { firstFrame, frameCount } of segments)
    if (starts.length === 0 || firstFrame + frameCount - starts.at(-1)! > LONGEST_S * fps) starts.push(firstFrame)
  return starts
}

type Written = Pick<FragmentedFile, 'header' | 'segments'>

async function writeVideo(path: string, segments: SegmentFile[], starts: number[], task: HlsTask): Promise<Written> {
  const { fps } = task
  const last = segments.at(-1)!
  const ends = [...starts.slice(1), last.firstFrame + last.frameCount]
  using first = Demuxer.openSync(segments[0]!.path, HEADER_IS_ENOUGH)
  await writeFragments({
    path,
    stream: first.video()!,
    timeBase: frameTimeBase(fps),
    packets: videoPackets(segments, fps, delayOf(segments, fps)),
    starts: new Set(starts.slice(1)),
    task,
  })
  return withDurations(
    path,
    starts.map((start, at) => (ends[at]! - start) / fps),
  )
}

async function writeSound(path: string, task: HlsTask): Promise<Written> {
  using sound = Demuxer.openSync(task.soundPath, HEADER_IS_ENOUGH)
  const { sampleRate, frameSize } = sound.audio()!.codecpar
  const { num, den } = sound.audio()!.timeBase
  const blocks = Math.floor((LONGEST_S * sampleRate) / frameSize)
  const starts: number[] = []
  function* counted() {
    let count = 0
    for (const packet of soundPackets(sound, task.soundSamples)) {
      if (count++ % blocks === 0) starts.push(Number(packet.pts))
      yield packet
    }
  }
  const packets = [...counted()]
  const end = Math.max(...packets.map(({ pts, duration }) => Number(pts + duration)))
  await writeFragments({
    path,
    stream: sound.audio()!,
    timeBase: sound.audio()!.timeBase,
    packets: packets.values(),
    starts: new Set(starts.slice(1)),
    task,
  })
  const edges = [0, ...starts.slice(1), end]
  return withDurations(
    path,
    starts.map((_, at) => ((edges[at + 1]! - edges[at]!) * num) / den),
  )
}

type Fragments = {
  path: string
  stream: Stream
  timeBase: TimeBase
  packets: Iterable<Packet>
  /** A fragment begins with each packet that is shown then; the first one's is not among them. */
  starts: Set<number>
  task: HlsTask
}

async function writeFragments({ path, stream: from, timeBase, packets, starts, task }: Fragments) {
  using output = openMp4(path, FRAGMENTED)
  const stream = output.addStream(from, timeBase)
  stream.metadata = Dictionary.fromObject({ language: iso639(task.language) })
  output.writeHeader({ title: task.title, comment: PROVENANCE_COMMENT })
  for (const packet of packets) {
    if (packet.isKeyframe && starts.has(Number(packet.pts))) {
      output.endFragment()
      await turn()
    }
    output.write(packet, stream, timeBase)
  }
  output.finish()
}

/** Where the header and the fragments of a file lie. Throws unless there are as many as durations. */
async function withDurations(path: string, durationsS: number[]): Promise<Written> {
  const boxes = await boxesOf(path)
  const fragments = boxes.flatMap(({ type, offset }, at) => {
    const data = boxes[at + 1]
    return type === 'moof' && data ? [{ offset, length: data.offset + data.length - offset }] : []
  })
  if (fragments.length !== durationsS.length)
    throw new Error(`${path} has ${fragments.length} fragments, not ${durationsS.length}`)
  return {
    header: { offset: 0, length: fragments[0]!.offset },
    segments: fragments.map((range, at) => ({ ...range, durationS: durationsS[at]! })),
  }
}

/** The outermost boxes of an MP4 file. */
async function boxesOf(path: string): Promise<(ByteRange & { type: string })[]> {
  await using file = await open(path)
  const { size } = await file.stat()
  const boxes = []
  const start = Buffer.alloc(16)
  for (let offset = 0; offset < size;) {
    await file.read(start, 0, 16, offset)
    const short = start.readUInt32BE(0)
    // ISO 14496-12, 4.2: 1 says that the length stands behind the type, in eight bytes.
    const length = short === 1 ? Number(start.readBigUInt64BE(8)) : short
    if (length < 8) throw new Error(`${path} has a broken box at byte ${offset}`)
    boxes.push({ type: start.toString('latin1', 4, 8), offset, length })
    offset += length
  }
  return boxes
}
