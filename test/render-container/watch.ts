// node watch.ts <file or playlist>: every frame's time and mean brightness, and the sound's start, as JSON.
import { Decoder, Demuxer } from 'node-av/api'
import type { Watched } from './ramp.ts'

const path = process.argv[2]!
const demuxer = Demuxer.openSync(path)
const [video, audio] = [demuxer.video(), demuxer.audio()]
const watched: Watched = {
  widthPx: video?.codecpar.width ?? 0,
  heightPx: video?.codecpar.height ?? 0,
  frames: [],
  soundStartS: undefined,
  soundSamples: 0,
}
const decoders = [video, audio]
  .filter((stream) => stream !== undefined)
  .map((stream) => ({ stream, decoder: Decoder.createSync(stream) }))
for (const packet of demuxer.packetsSync()) {
  for (const { stream, decoder } of decoders) {
    if (packet && packet.streamIndex !== stream.index) continue
    for (const frame of decoder.decodeAllSync(packet)) {
      const atS = (Number(frame.pts) * stream.timeBase.num) / stream.timeBase.den
      if (stream === video) {
        const { width, height } = frame
        const luma = frame.toBuffer().subarray(0, width * height)
        watched.frames.push({ atS, mean: luma.reduce((sum, value) => sum + value, 0) / luma.length })
      } else {
        watched.soundStartS ??= atS
        watched.soundSamples += frame.nbSamples
      }
      frame.free()
    }
  }
  packet?.free()
  if (packet === null) break
}
console.log(JSON.stringify(watched))
