// Which encoder this machine would use for a vertical 1080p video, found out as a render does, and then used.
import { AV_LOG_ERROR } from 'node-av/constants'
import { Log } from 'node-av/lib'
import { createEncoder, type VideoFormat, videoFrame } from '../encoder.ts'
import { chooseEncoder } from '../encoder-choice.ts'

const format: VideoFormat = { widthPx: 1080, heightPx: 1920, fps: 30 }
const FRAMES = 30

export type Probe = { encoder: string; isHardware: boolean; reason: string; frames: number; encodeMs: number }

export async function probe(): Promise<Probe> {
  Log.setLevel(AV_LOG_ERROR)
  const choice = await chooseEncoder({ codec: 'h264', quality: 'standard', format })
  const startedMs = performance.now()
  const grey = new Uint8Array((format.widthPx * format.heightPx * 3) / 2).fill(128)
  using encoder = createEncoder(choice, format)
  let frames = 0
  for (let pts = 0; pts <= FRAMES; pts++) {
    using frame = pts < FRAMES ? videoFrame(grey, format, pts) : null
    for (const packet of encoder.encodeAllSync(frame)) {
      frames++
      packet.free()
    }
  }
  const { name, isHardware, reason } = choice
  return { encoder: name, isHardware, reason, frames, encodeMs: Math.round(performance.now() - startedMs) }
}
