// A scene's picture or clip, made ready once, so that any child can show it in any segment.
import { InputError } from '../../core/errors.ts'
import type { ClipMedia, Motion, SceneMedia } from '../../core/timeline.ts'
import type { Rectangle } from '../motion/view.ts'
import { prepareClip } from './prepare-clip.ts'
import { preparePicture } from './pictures.ts'

export type MediaTask = {
  path: string
  /** From 0; messages count from 1. */
  scene: number
  media: SceneMedia
  motion: Motion
  frame: { widthPx: number; heightPx: number; fps: number }
  /** Where a picture's planes are written. */
  planesPath: string
  /** How many frames a clip is on screen: so much of it is looked through for damage. 20 s when absent. */
  framesOnScreen?: number
}

export type PreparedPicture = {
  kind: 'picture'
  /** YUV 4:2:0, BT.709 limited range, three planes without gaps; the sides are even. */
  planesPath: string
  widthPx: number
  heightPx: number
  /** The motion's two ends, in pixels of these planes. */
  from: Rectangle
  to: Rectangle
}
/** `widthPx` and `heightPx`: of the video's frame. */
export type PreparedClip = Pick<ClipMedia, 'kind' | 'fit' | 'focus' | 'fromMs' | 'speed' | 'loopMs'> & {
  path: string
  widthPx: number
  heightPx: number
  fps: number
}
export type PreparedMedia = PreparedPicture | PreparedClip

/**
 * Throws InputError that names the scene when its file cannot be shown. `notices`: a line for each thing that is shown
 * otherwise than the file would have it.
 */
export async function prepareMedia(task: MediaTask): Promise<{ prepared: PreparedMedia; notices: string[] }> {
  try {
    return task.media.kind === 'picture'
      ? { prepared: await preparePicture(task, task.media), notices: [] }
      : await prepareClip(task, task.media)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(`scene ${task.scene + 1}: ${error.message}`, { cause: error })
  }
}
