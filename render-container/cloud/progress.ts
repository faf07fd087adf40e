// How far a render is, among its video's events, where the API and the page read it.
import type { VideoEvent } from '../../core/ports.ts'
import type { Progress } from '../../core/stage.ts'

export type ProgressEvents = {
  report: (progress: Progress) => void
  /** Writes what is not written yet and takes no more. */
  end: () => Promise<void>
}

/**
 * At most one event in `everyMs`, always the latest, and the last one in any case; never two at once. An event that
 * cannot be written is told to `onLost` and harms nothing: the next one says more.
 */
export function progressEvents(
  append: (event: VideoEvent) => Promise<unknown>,
  { everyMs, onLost }: { everyMs: number; onLost: (error: unknown) => void },
): ProgressEvents {
  let latest: Progress | undefined
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  let nextAtMs = 0
  let isOver = false

  function plan(): void {
    if (isOver || timer || writing || !latest) return
    timer = setTimeout(
      () => {
        timer = undefined
        writing = write().finally(() => {
          writing = undefined
          plan()
        })
      },
      Math.max(0, nextAtMs - performance.now()),
    )
  }
  async function write(): Promise<void> {
    const progress = latest
    if (!progress) return
    latest = undefined
    nextAtMs = performance.now() + everyMs
    try {
      await append({ at: new Date().toISOString(), type: 'progress', ...progress })
    } catch (error) {
      onLost(error)
    }
  }
  return {
    report: (progress) => {
      if (isOver) return
      latest = progress
      plan()
    },
    end: async () => {
      isOver = true
      clearTimeout(timer)
      await writing
      await write()
    },
  }
}
