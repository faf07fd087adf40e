// What lies over every frame: logo, captions (with card texts and watermark), progress bar, in this order.
import type { CaptionTrack } from '../../core/captions.ts'
import type { Timeline } from '../../core/timeline.ts'
import type { VideoFormat } from '../encoder.ts'
import { createBlender, type FrameMemory } from './blender.ts'
import { createCaptions } from './captions.ts'
import { loadLogo } from './logo.ts'
import { createProgressBar } from './progress-bar.ts'

export type OverlayTask = {
  track: CaptionTrack | undefined
  /** The track's script as a file; links to its fonts are put beside it. */
  assPath: string | undefined
  fontsDir: string
  /** PNG, JPEG or WebP. */
  logoPath: string | undefined
  progressBar: Timeline['progressBar']
  /** Of the whole video. */
  durationFrames: number
  format: VideoFormat
}

type Overlay = {
  /** Draws on the kernel's frame 0 what belongs to this frame of the video. */
  drawOver: (frame: number) => void
  close: () => void
}

/** Throws InputError when the logo cannot be used. */
export function createOverlay(task: OverlayTask, kernel: FrameMemory): Overlay {
  const { track, assPath, logoPath, format } = task
  const blender = createBlender(kernel, format)
  const logo = logoPath === undefined ? undefined : loadLogo(logoPath, format, kernel)
  const progressBar =
    task.progressBar && createProgressBar(task.progressBar, task.durationFrames, format, kernel, blender)
  const captions =
    track && assPath !== undefined
      ? createCaptions({ track, assPath, fontsDir: task.fontsDir, format }, kernel, blender)
      : undefined
  return {
    drawOver: (frame) => {
      if (logo) blender.blend(logo)
      captions?.drawOver(frame)
      progressBar?.(frame)
    },
    close: () => captions?.close(),
  }
}
