// Writes the small pictures of a video: the task of a child process.
import { writeFile } from 'node:fs/promises'
import { markJpeg } from '../provenance.ts'
import { animate } from './animation.ts'
import type { Shot } from './shots.ts'
import { drawStoryboard, gridOf, storyboardTimes } from './storyboard.ts'
import type { Tile } from './tiles.ts'
import { openVideoFrames } from './video-frames.ts'

export type PreviewTask = {
  videoPath: string
  fps: number
  title: string
  shots: Shot[]
  tiles: Tile[]
  previewPath: string
  storyboardPath: string
  /** What the times call the storyboard. */
  storyboardName: string
  timesPath: string
}

export async function makePreviewFiles(task: PreviewTask): Promise<void> {
  const { fps, title, shots, tiles } = task
  using video = openVideoFrames(task.videoPath, fps)
  const storyboard = await drawStoryboard(video, tiles)
  await writeFile(task.storyboardPath, markJpeg(storyboard, title))
  await writeFile(task.timesPath, storyboardTimes(tiles, gridOf(video, tiles.length), fps, task.storyboardName))
  await writeFile(task.previewPath, await animate(video, shots, fps, title))
}
