// Which encoder this machine has for a video, and why not a faster one.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AV_LOG_ERROR, type FFEncoderCodec } from 'node-av/constants'
import { Codec, Log } from 'node-av/lib'
import { InputError } from '../core/errors.ts'
import { codecs, type CodecId, type QualityId } from '../core/output.ts'
import { createEncoder, type EncoderChoice, type VideoFormat, videoFrame } from './encoder.ts'
import { type Encoding, encodings } from './encoder-settings.ts'
import { turn } from './graph.ts'
import { plainRefusal } from './nvenc-refusals.ts'

export type WantedEncoder = {
  codec: CodecId
  quality: QualityId
  format: VideoFormat
  /** Set when a GPU's encoder was chosen and then failed: what it said. No GPU is asked any more. */
  hardwareFailure?: string | undefined
}

/** Enough for NVENC to give the first back, which it does not do at once. */
const PROBE_FRAMES = 8

/**
 * The first of the codec's encoders that works. One on a GPU really encodes some frames of the wanted size with the
 * wanted settings: a driver that lists an encoder may still refuse to open it. Where there plainly is no NVIDIA GPU,
 * nothing is tried. Throws InputError when FFmpeg was built without any encoder for the codec.
 *
 * That NVENC works has not been seen: it was written against its documentation, on machines without one.
 */
export async function chooseEncoder(wanted: WantedEncoder): Promise<EncoderChoice> {
  const { codec, quality, hardwareFailure } = wanted
  let noHardware = hardwareFailure ?? (hasNvidiaGpu() ? undefined : 'no NVIDIA GPU in this machine')
  for (const { name, isHardware } of encodings[codec] as readonly Encoding[]) {
    const choice = { name, codec, quality, isHardware }
    if (!Codec.findEncoderByName(name as FFEncoderCodec)) continue
    if (!isHardware) return { ...choice, reason: noHardware ?? 'this FFmpeg has no encoder for a GPU' }
    if (noHardware !== undefined) continue
    const refusal = await tryEncoder({ ...choice, reason: '' }, wanted.format)
    const { widthPx, heightPx } = wanted.format
    if (refusal === undefined)
      return { ...choice, reason: `the NVIDIA GPU encoded ${PROBE_FRAMES} frames of ${widthPx}x${heightPx} for a try` }
    noHardware = `the NVIDIA GPU does not encode ${codecs[codec].name}: ${refusal}`
  }
  throw new InputError(`this FFmpeg has no encoder for ${codecs[codec].name}; choose another codec`)
}

/** Whether it is worth asking the driver. WSL shows its GPU as /dev/dxg; a Mac has had none for years. */
function hasNvidiaGpu(): boolean {
  if (process.platform === 'linux')
    return ['/dev/nvidiactl', '/dev/nvidia0', '/dev/dxg'].some((device) => existsSync(device))
  const windows = process.env['SystemRoot']
  return windows !== undefined && existsSync(join(windows, 'System32', 'nvEncodeAPI64.dll'))
}

/** Undefined when it works, else why not. What FFmpeg would print is in the answer instead. */
async function tryEncoder(choice: EncoderChoice, format: VideoFormat): Promise<string | undefined> {
  const said: string[] = []
  Log.setCallback((_level, message) => said.push(message), { maxLevel: AV_LOG_ERROR })
  try {
    const packets = encodeGrey(choice, format)
    return packets === PROBE_FRAMES ? undefined : `${packets} of ${PROBE_FRAMES} frames came out`
  } catch (error) {
    await turn() // what FFmpeg said comes in the next one
    return plainRefusal(said.join(' '), error instanceof Error ? error.message : String(error))
  } finally {
    Log.resetCallback()
  }
}

function encodeGrey(choice: EncoderChoice, format: VideoFormat): number {
  const grey = new Uint8Array((format.widthPx * format.heightPx * 3) / 2).fill(128)
  using encoder = createEncoder(choice, format)
  let count = 0
  for (let pts = 0; pts <= PROBE_FRAMES; pts++) {
    using frame = pts < PROBE_FRAMES ? videoFrame(grey, format, pts) : null
    for (const packet of encoder.encodeAllSync(frame)) {
      count++
      packet.free()
    }
  }
  return count
}
