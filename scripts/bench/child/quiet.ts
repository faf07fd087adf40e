import { AV_LOG_ERROR } from 'node-av/constants'
import { Log } from 'node-av/lib'

/** FFmpeg says only what went wrong, as in the renderer's own children. */
export function quiet(): void {
  Log.setLevel(AV_LOG_ERROR)
}
