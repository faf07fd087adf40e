// One whole picture of two fields taken at different times.
import type { Frame } from 'node-av/lib'
import { openGraph } from './convert.ts'

/**
 * What bwdif makes of `frame` between its neighbours, in a graph of its own: from these three alone, so it is the same
 * wherever reading began. The caller frees it.
 */
export function deinterlaced(before: Frame | undefined, frame: Frame, after: Frame | undefined): Frame {
  const graph = openGraph(frame, 'bwdif=mode=send_frame:deint=interlaced')
  try {
    const isLike = (other: Frame | undefined): other is Frame =>
      other !== undefined &&
      other.width === frame.width &&
      other.height === frame.height &&
      other.format === frame.format
    const inOrder = [before, frame, after].filter(isLike)
    for (const each of inOrder) graph.push(each)
    graph.push(null)
    const place = inOrder.indexOf(frame)
    for (let index = 0; index < place; index++) graph.pull()
    const whole = graph.pull()?.clone()
    if (!whole) throw new Error('a picture could not be deinterlaced')
    return whole
  } finally {
    graph.close()
  }
}
