// Frames through a chain of filters, one in, one out: a filter graph that is kept for all frames of one kind.
import { AV_BUFFERSRC_FLAG_KEEP_REF } from 'node-av/constants'
import { FFmpegError, FilterGraph, Frame, type FilterContext } from 'node-av/lib'

export type Converter = {
  /** The planes (without gaps) of what the chain makes of `frame`, which stays the caller's. */
  convert: (frame: Frame) => Buffer
  close: () => void
}

/** `filtersFor` is asked when the first frame of a size, pixel format or colour space comes. */
export function createConverter(filtersFor: (frame: Frame) => string): Converter {
  let graph: Graph | undefined
  let graphFor: string | undefined
  return {
    convert: (frame) => {
      const source = sourceOf(frame)
      if (graphFor !== source) {
        graph?.close()
        graph = graphFor = undefined
        graph = openGraph(frame, filtersFor(frame))
        graphFor = source
      }
      graph!.push(frame)
      const out = graph!.pull()
      if (!out) throw new Error(`the filters gave no picture for one of ${source}`)
      return out.toBuffer()
    },
    close: () => {
      graph?.close()
      graph = graphFor = undefined
    },
  }
}

export type Graph = {
  push: (frame: Frame | null) => void
  /** The next frame, good until it is asked for another; undefined when there is none yet. */
  pull: () => Frame | undefined
  close: () => void
}

/** For frames like `frame`. One thread: the other cores are busy with segments. */
export function openGraph(frame: Frame, filters: string): Graph {
  const native = new FilterGraph()
  native.alloc()
  const out = new Frame()
  out.alloc()
  const close = () => {
    out.free()
    native.free()
  }
  try {
    native.nbThreads = 1
    const text = `buffer=${sourceOf(frame)},${filters},buffersink`
    FFmpegError.throwIfError(native.parsePtr(text), `filter graph '${text}'`)
    FFmpegError.throwIfError(native.configSync(), `filter graph '${text}'`)
    const [source, sink] = ['buffer', 'buffersink'].map((name): FilterContext =>
      native.filters!.find(({ filter }) => filter?.name === name)!,
    )
    return {
      push: (next) =>
        FFmpegError.throwIfError(source!.buffersrcAddFrameSync(next, AV_BUFFERSRC_FLAG_KEEP_REF), `'${text}'`),
      pull: () => {
        out.unref()
        return sink!.buffersinkGetFrameSync(out) < 0 ? undefined : out
      },
      close,
    }
  } catch (error) {
    close()
    throw error
  }
}

/** All that a buffer source must know of its frames beforehand. */
function sourceOf({ width, height, format, colorSpace, colorRange }: Frame): string {
  const colours = `colorspace=${colorSpace}:range=${colorRange}`
  return `video_size=${width}x${height}:pix_fmt=${format}:time_base=1/1000:pixel_aspect=1/1:${colours}`
}
