// HLS of a render, when the timeline asks for it: the segments again in smaller sizes, each a part, and the playlists.
import { join } from 'node:path'
import { smallerSizes } from './hls-sizes.ts'
import type { Part } from './parts.ts'
import type { MadeFile } from './place.ts'
import type { Work } from './work.ts'
import type { Segment } from './segments.ts'
import { soundSamplesOf } from './sound-part.ts'

/** Nothing unless asked for; else the master playlist first. `made` are the segments' files in their own size. */
export async function makeHls(work: Work, segments: Segment[], made: Part[], soundPath: string): Promise<MadeFile[]> {
  const { timeline, scratchDir } = work.composition
  const { width, height, fps, title, language, output } = timeline
  if (!output.hls) return []
  const own = { name: `${Math.min(width, height)}p`, widthPx: width, heightPx: height, files: made }
  const smaller = smallerSizes({ widthPx: width, heightPx: height }).map(async (size) => ({
    ...size,
    files: await Promise.all(made.map((part, at) => makeRenditionPart(work, segments[at]!, part, { ...size, fps }))),
  }))
  const renditions = [own, ...(await Promise.all(smaller))].map(({ files, ...size }) => ({
    ...size,
    segments: segments.map(({ firstFrame, frameCount }, at) => ({ path: files[at]!.path, firstFrame, frameCount })),
  }))
  const dir = join(scratchDir, 'hls')
  const task = { renditions, soundPath, soundSamples: soundSamplesOf(timeline), fps, title, language, dir }
  const names = await work.pool.run('packageHls', task, 'the HLS playlists')
  return names.map((name) => ({ path: join(dir, name), name: `hls/${name}` }))
}

function makeRenditionPart(
  { parts, pool }: Work,
  { firstFrame, frameCount }: Segment,
  { path: from, hash, isKept }: Part,
  { name, widthPx, heightPx, fps }: { name: string; widthPx: number; heightPx: number; fps: number },
): Promise<Part> {
  const format = { widthPx, heightPx, fps }
  return parts.file('mp4', ['rendition', hash, format], async (path) => {
    const doing = `frames ${firstFrame} to ${firstFrame + frameCount - 1} in ${name}`
    await pool.run('rendition', { from, frameCount, format, path }, doing)
    // Of a segment that shows something else, so does this.
    return isKept ? undefined : false
  })
}
