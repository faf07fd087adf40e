// Filter graphs whose sources open their files themselves ('amovie=…'): text in, frames out.
import { AVERROR_EOF } from 'node-av/constants'
import { FFmpegError, FilterGraph, Frame } from 'node-av/lib'

/** After so many frames the event loop gets a turn, in which a child notices that its parent has gone. */
const FRAMES_PER_TURN = 16

/**
 * Every frame of `graph`, which ends in the one label '[out]'. A frame is good until the next one is asked for.
 * `sink` is 'abuffersink' for sound, 'buffersink' for pictures.
 */
export async function* framesOf(graph: string, sink: 'abuffersink' | 'buffersink'): AsyncGenerator<Frame> {
  const native = new FilterGraph()
  native.alloc()
  const frame = new Frame()
  frame.alloc()
  try {
    // One thread: the other cores are busy with segments, and the order of work is always the same.
    native.nbThreads = 1
    FFmpegError.throwIfError(native.parsePtr(`${graph};[out]${sink}`), `filter graph '${graph}'`)
    FFmpegError.throwIfError(native.configSync(), `filter graph '${graph}'`)
    const end = native.filters!.find(({ filter }) => filter?.name === sink)!
    for (let count = 1; ; count++) {
      const code = end.buffersinkGetFrameSync(frame)
      if (code === AVERROR_EOF) return
      FFmpegError.throwIfError(code, 'filter graph')
      yield frame
      frame.unref()
      if (count % FRAMES_PER_TURN === 0) await turn()
    }
  } finally {
    frame.free()
    native.free()
  }
}

export const turn = () => new Promise((resolve) => setImmediate(resolve))
