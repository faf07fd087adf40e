// Whether a user's clip can be used, and what it is: read in a child, for probe-clip.ts.
import { stat } from 'node:fs/promises'
import { AV_NOPTS_VALUE, AVMEDIA_TYPE_AUDIO } from 'node-av/constants'
import { Packet } from 'node-av/lib'
import { InputError } from '../../core/errors.ts'
import { shownSize } from './clip-picture.ts'
import { clipEndMs, openClipReader, startMsOf, type ClipReader } from './clip-reader.ts'

/** `widthPx`, `heightPx`: upright, with square pixels. `fps`: the mean; 1 for a clip of one picture. */
export type ClipFacts = { durationMs: number; widthPx: number; heightPx: number; fps: number; hasSound: boolean }

const MAX_BYTES = 2e9
const MAX_SIDE_PX = 4096
const MAX_MS = 3_600_000

/** Throws InputError naming the file and what is wrong. */
export async function readClipFacts({ path }: { path: string }): Promise<ClipFacts> {
  const info = await stat(path).catch(() => undefined)
  if (!info?.isFile()) throw new InputError(`the clip ${path} is not there; check the path`)
  if (info.size > MAX_BYTES)
    throw new InputError(`the clip ${path} has ${gigabytes(info.size)} GB; the most is ${gigabytes(MAX_BYTES)}`)
  const reader = openClipReader(path)
  try {
    const { widthPx, heightPx, lastMs, meanGapMs } = firstPictures(path, reader)
    const durationMs = Math.round(clipEndMs(reader) ?? lastPacketMs(reader, lastMs + (meanGapMs ?? 0)))
    if (durationMs > MAX_MS)
      throw new InputError(`the clip ${path} takes ${Math.round(durationMs / 60_000)} minutes; the most is 60`)
    const fps = fpsOf(reader) ?? (meanGapMs ? 1000 / meanGapMs : 1)
    const hasSound = reader.format.streams.some(({ codecpar }) => codecpar.codecType === AVMEDIA_TYPE_AUDIO)
    return { durationMs, widthPx, heightPx, fps: Math.round(fps * 1000) / 1000, hasSound }
  } finally {
    reader.close()
  }
}

const gigabytes = (bytes: number) => (bytes / 1e9).toFixed(1)

const LOOKED_AT = 12

function firstPictures(path: string, reader: ClipReader) {
  const { width, height } = reader.stream.codecpar
  if (width > MAX_SIDE_PX || height > MAX_SIDE_PX)
    throw new InputError(`the clip ${path} has ${width}x${height} px; the most is ${MAX_SIDE_PX}x${MAX_SIDE_PX}`)
  const first = reader.next()
  if (!first) throw new InputError(`the clip ${path} has no picture that can be decoded; save it again as H.264`)
  const size = shownSize(first.frame, reader.stream)
  first.frame.free()
  let count = 0
  let lastMs = first.ms
  for (; count < LOOKED_AT; count++) {
    const picture = reader.next()
    if (!picture) break
    lastMs = picture.ms
    picture.frame.free()
  }
  return { ...size, lastMs, meanGapMs: count > 0 ? (lastMs - first.ms) / count : undefined }
}

/** As the file says. Some say the fineness of their clock instead, 1000 or 90000. */
function fpsOf({ stream }: ClipReader): number | undefined {
  const { num, den } = stream.avgFrameRate
  const fps = num / den
  return fps >= 1 && fps <= 240 ? fps : undefined
}

/** What a browser records as it goes has no duration in its header. */
function lastPacketMs({ format, stream }: ClipReader, seenMs: number): number {
  using packet = new Packet()
  packet.alloc()
  let last = seenMs
  const { num, den } = stream.timeBase
  const startMs = startMsOf(format)
  while (format.readFrameSync(packet) >= 0) {
    if (packet.pts !== AV_NOPTS_VALUE && packet.streamIndex === stream.index)
      last = Math.max(last, (Number(packet.pts + packet.duration) * 1000 * num) / den - startMs)
    packet.unref()
  }
  return last
}
