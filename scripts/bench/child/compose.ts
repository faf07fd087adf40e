// A whole composition, from the call to its end: what a user waits for once everything is narrated and drawn.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compose } from '../../../render-container/compose.ts'
import type { Minute } from '../minute/minute.ts'
import { compositionOf } from './composition.ts'

/** `stopAt`: the share of the frames after which it is aborted, as a kill would. */
export type ComposeInput = { minute: Minute; folder: string; stopAt?: number }
export type Composed = {
  wallMs: number
  encoder: string
  encoderReason: string
  segmentsRendered: number
  segmentsTotal: number
}

export async function composeOnce({ minute, folder, stopAt }: ComposeInput): Promise<Composed> {
  const composition = await compositionOf(minute, folder)
  const stop = new AbortController()
  const startedAt = performance.now()
  try {
    const { encoder, encoderReason, segmentsRendered, segmentsTotal } = await compose(
      composition,
      ({ framesDone, framesTotal }) => {
        if (stopAt !== undefined && framesDone >= framesTotal * stopAt) stop.abort()
      },
      stop.signal,
    )
    return { wallMs: performance.now() - startedAt, encoder, encoderReason, segmentsRendered, segmentsTotal }
  } catch (error) {
    if (!stop.signal.aborted) throw error
    const stopped = { encoder: '', encoderReason: 'stopped', segmentsRendered: 0, segmentsTotal: 0 }
    return { wallMs: performance.now() - startedAt, ...stopped }
  } finally {
    await rm(join(folder, 'scratch'), { recursive: true, force: true })
  }
}
