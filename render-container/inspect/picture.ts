// Decodes every frame and looks for what a viewer would stumble over: missing frames, black, standing still.
import { open, stat } from 'node:fs/promises'
import { Decoder, Demuxer } from 'node-av/api'
import { AVCOL_PRI_BT709, AVCOL_RANGE_MPEG, AVCOL_SPC_BT709, AVCOL_TRC_BT709, AV_NOPTS_VALUE } from 'node-av/constants'
import type { Frame, Stream } from 'node-av/lib'
import type { Finding } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import { withOptions } from '../encoder.ts'
import { turn } from '../graph.ts'
import { inspectCaptions } from './captions.ts'
import { createStillnessWatch, type Stretch } from './stillness.ts'

export type InspectPictureTask = {
  videoPath: string
  timeline: Timeline
  captionsAss: string | undefined
  fontsDir: string
}

const LONGEST_BLACK_S = 0.1
const LONGEST_STILL_S = 0.5

export async function inspectPicture(task: InspectPictureTask): Promise<Finding[]> {
  const { timeline, videoPath } = task
  const seen = await watch(videoPath, timeline).catch((error: unknown) => String(error))
  if (typeof seen === 'string') return [{ check: 'decodes', ok: false, measured: seen, wanted: 'no error' }]
  const { fps, durationFrames, width, height } = timeline
  const captions = await inspectCaptions(task)
  return [
    { check: 'decodes', ok: seen.errors === 0, measured: `${seen.errors} errors`, wanted: 'no error' },
    {
      check: 'frames',
      ok: Math.abs(seen.frames - durationFrames) <= 1,
      measured: `${seen.frames}`,
      wanted: `${durationFrames} ± 1`,
    },
    {
      check: 'even frame times',
      ok: seen.unevenFrames === 0,
      measured: `${seen.unevenFrames} frames early or late`,
      wanted: `one every 1/${fps} s`,
    },
    {
      check: 'size',
      ok: seen.size === `${width}x${height}`,
      measured: seen.size,
      wanted: `${width}x${height}`,
    },
    { check: 'colour tags', ok: seen.isBt709, measured: seen.isBt709 ? 'BT.709' : 'others', wanted: 'BT.709, limited' },
    stretchFinding('black', seen.black, LONGEST_BLACK_S, fps),
    stretchFinding('still', seen.still, LONGEST_STILL_S, fps),
    await inspectLayout(videoPath),
    ...captions,
  ]
}

function stretchFinding(check: string, longest: Stretch, mostS: number, fps: number): Finding {
  const seconds = longest.frames / fps
  const at = longest.frames > 0 ? ` at ${(longest.firstFrame / fps).toFixed(2)} s` : ''
  return { check, ok: seconds <= mostS, measured: `${seconds.toFixed(2)} s${at}`, wanted: `at most ${mostS} s` }
}

async function watch(path: string, timeline: Timeline) {
  using demuxer = Demuxer.openSync(path)
  const stream = demuxer.video()
  if (!stream) throw new Error('there is no picture track')
  using decoder = Decoder.createSync(stream, {
    context: { threadCount: 2 },
    // A fifth of the decoding time, and nothing that is looked for hides in smoothed block edges.
    configure: withOptions({ skip_loop_filter: 'all' }),
  })
  const stillness = createStillnessWatch(timeline)
  const seen = { frames: 0, errors: 0, unevenFrames: 0, size: '', isBt709: hasBt709Tags(stream.codecpar) }
  const look = (frame: Frame) => {
    const expected = Math.round((seen.frames * stream.timeBase.den) / (stream.timeBase.num * timeline.fps))
    if (frame.pts === AV_NOPTS_VALUE || Math.abs(Number(frame.pts) - expected) > 1) seen.unevenFrames++
    if (frame.decodeErrorFlags !== 0) seen.errors++
    seen.size = `${frame.width}x${frame.height}`
    seen.isBt709 &&= hasBt709Tags(frame)
    stillness.next(() => lumaOf(frame))
    seen.frames++
    frame.free()
  }
  const decode = (packet: Parameters<typeof decoder.decodeAllSync>[0]) => {
    try {
      for (const frame of decoder.decodeAllSync(packet)) look(frame)
    } catch {
      seen.errors++
    }
  }
  for (const packet of demuxer.packetsSync(stream.index)) {
    decode(packet)
    if (packet === null) break
    packet.free()
    await turn()
  }
  return { ...seen, ...stillness.longest() }
}

function lumaOf(frame: Frame) {
  const { buffer, byteOffset, byteLength } = frame.data![0]!
  // Not as Node's Buffer, which takes twice as long to read.
  const luma = new Uint8Array(buffer, byteOffset, byteLength)
  return { luma, stride: frame.linesize[0]!, widthPx: frame.width, heightPx: frame.height }
}

/** All four, in the picture and in the container, which must not disagree. */
function hasBt709Tags(tagged: Frame | Stream['codecpar']): boolean {
  return (
    tagged.colorRange === AVCOL_RANGE_MPEG &&
    tagged.colorPrimaries === AVCOL_PRI_BT709 &&
    tagged.colorTrc === AVCOL_TRC_BT709 &&
    tagged.colorSpace === AVCOL_SPC_BT709
  )
}

/** A player can start before it has the whole file only when the index ('moov') stands before the media ('mdat'). */
async function inspectLayout(path: string): Promise<Finding> {
  const boxes = await topLevelBoxes(path)
  const isIndexFirst = boxes.includes('moov') && boxes.indexOf('moov') < boxes.indexOf('mdat')
  return { check: 'starts fast', ok: isIndexFirst, measured: boxes.join(' '), wanted: 'moov before mdat' }
}

async function topLevelBoxes(path: string): Promise<string[]> {
  const { size: end } = await stat(path)
  await using file = await open(path)
  const boxes: string[] = []
  const header = Buffer.alloc(16)
  for (let at = 0; at + 8 <= end;) {
    await file.read(header, 0, 16, at)
    boxes.push(header.toString('latin1', 4, 8))
    const size = header.readUInt32BE(0)
    // 1: the real size follows in 64 bits; 0: the box goes to the end of the file.
    const bytes = size === 1 ? Number(header.readBigUInt64BE(8)) : size === 0 ? end - at : size
    if (bytes < 8) break
    at += bytes
  }
  return boxes
}
