// The animated preview: a few shots, one after the other, as WebP.
import { Encoder, FilterAPI } from 'node-av/api'
import { FF_ENCODER_LIBWEBP } from 'node-av/constants'
import { type Frame, Rational } from 'node-av/lib'
import { withOptions } from '../encoder.ts'
import { turn } from '../graph.ts'
import type { Shot } from './shots.ts'
import { scaledSize, type VideoFrames } from './video-frames.ts'
import { animatedWebp } from './webp.ts'

const SHORT_SIDE_PX = 320
const FRAMES_PER_SECOND = 10
const MOST_BYTES = 600_000
/** Of libwebp, 0…100: the first is good for nearly all; what is very noisy gets another, and the last whatever it makes of it. */
const QUALITIES = [60, 45, 30, 15, 0]
/** Of libwebp, 0…6: what 4 takes four times as long for is 9 % of size. */
const EFFORT = 0
/** So many pictures show how large all will be. */
const SAMPLES = 2

/** WebP is BT.601, whatever the video is. */
const COLOURS = 'in_color_matrix=bt709:in_range=tv:out_color_matrix=bt601:out_range=tv,format=yuv420p'

/** At most about 600 kB, but for pictures of nothing but noise. */
export async function animate(video: VideoFrames, shots: Shot[], fps: number, title: string): Promise<Buffer> {
  const step = Math.max(1, Math.round(fps / FRAMES_PER_SECOND))
  const size = scaledSize(video, SHORT_SIDE_PX)
  const frames = await scaledFrames(video, shots, step, size)
  try {
    const every = Math.ceil(frames.length / SAMPLES)
    const sample = frames.filter((_, at) => at % every === 0)
    const mostBytes = (MOST_BYTES * sample.length) / frames.length
    const quality = QUALITIES.find((each) => bytesOf(encode(sample, each)) <= mostBytes) ?? QUALITIES.at(-1)!
    await turn()
    return animatedWebp({
      ...size,
      pictures: encode(frames, quality),
      pictureMs: Math.round((1000 * step) / fps),
      title,
    })
  } finally {
    for (const frame of frames) frame.free()
  }
}

async function scaledFrames(
  video: VideoFrames,
  shots: Shot[],
  step: number,
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Promise<Frame[]> {
  using scaler = FilterAPI.create(`scale=${widthPx}:${heightPx}:${COLOURS}`, {
    graph: { nbThreads: 1, scaleSwsOpts: 'flags=bilinear' },
  })
  const frames: Frame[] = []
  for (const { firstFrame, frameCount } of shots)
    for (const frame of video.everyNth(firstFrame, frameCount, step)) {
      frames.push(...scaler.processAllSync(frame))
      await turn()
    }
  return frames
}

function encode(frames: Frame[], quality: number): Buffer[] {
  using encoder = Encoder.createSync(FF_ENCODER_LIBWEBP, {
    context: { timeBase: new Rational(1, FRAMES_PER_SECOND), threadCount: 1 },
    configure: withOptions({ quality, compression_level: EFFORT }),
  })
  return frames.flatMap((frame, at) => {
    frame.pts = BigInt(at)
    frame.timeBase = new Rational(1, FRAMES_PER_SECOND)
    return encoder.encodeAllSync(frame).map((packet) => {
      const bytes = Buffer.from(packet.data!)
      packet.free()
      return bytes
    })
  })
}

const bytesOf = (pictures: Buffer[]) => pictures.reduce((sum, { length }) => sum + length, 0)
