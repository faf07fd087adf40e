// How near an encoded segment is to the frames it was encoded from, by FFmpeg's own ssim filter.
import { filterPath } from '../../../render-container/filter-path.ts'
import { framesOf } from '../../../render-container/graph.ts'
import type { VideoFormat } from '../../../render-container/encoder.ts'
import { quiet } from './quiet.ts'

export type SsimInput = { path: string; rawPath: string; format: VideoFormat }

/** 'All' of each frame: luma and chroma weighted by their samples, as ffmpeg prints it. */
export async function ssim({ path, rawPath, format: { widthPx, heightPx, fps } }: SsimInput): Promise<number[]> {
  quiet()
  const raw = `format_opts=video_size=${widthPx}x${heightPx}\\\\:pixel_format=yuv420p\\\\:framerate=${fps}`
  const settled = 'settb=1/1000,setpts=N,setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709'
  const graph = [
    `movie=filename=${filterPath(path)},${settled}[encoded]`,
    `movie=filename=${filterPath(rawPath)}:format_name=rawvideo:${raw},${settled}[raw]`,
    '[encoded][raw]ssim[out]',
  ].join(';')
  const values: number[] = []
  for await (const frame of framesOf(graph, 'buffersink'))
    values.push(Number(frame.getMetadata().get('lavfi.ssim.All')))
  return values
}
