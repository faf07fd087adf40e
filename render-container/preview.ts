// Small pictures of a finished video, made in a child process.
import { join } from 'node:path'
import type { Previewer } from '../core/ports.ts'
import { plainly } from './failure.ts'
import { withPool } from './pool.ts'
import { chooseShots } from './preview/shots.ts'
import { chooseTiles } from './preview/tiles.ts'
import { planSegments } from './segments.ts'

/**
 * preview.webp: about four seconds of up to four scenes, without sound. storyboard.jpg and .vtt: a picture every two
 * seconds or so, a hundred at most. The same bytes for the same video. Throws when the video cannot be decoded,
 * TransientError when the disk is full, and the signal's reason when aborted.
 */
export const preview: Previewer = async ({ videoPath, timeline, outDir }, signal) => {
  const files = { preview: 'preview.webp', storyboard: 'storyboard.jpg', storyboardTimes: 'storyboard.vtt' } as const
  // Every segment begins with a key frame: from there on decoding is cheap.
  const segments = planSegments(timeline)
  const task = {
    videoPath,
    fps: timeline.fps,
    title: timeline.title,
    shots: chooseShots(segments, timeline),
    tiles: chooseTiles(segments, timeline),
    previewPath: join(outDir, files.preview),
    storyboardPath: join(outDir, files.storyboard),
    storyboardName: files.storyboard,
    timesPath: join(outDir, files.storyboardTimes),
  }
  try {
    await withPool(1, signal, ({ run }) => run('preview', task, 'the preview'))
  } catch (error) {
    throw signal.aborted ? error : plainly(error)
  }
  return files
}
