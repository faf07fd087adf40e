// Follows one video: its details, kept true by its events while it is made, and by asking again where no events come.
import { type ReadonlySignal, signal } from '@preact/signals'
import type { VideoDetails, VideoEvents } from '../../../../api/schemas/videos.ts'
import { ApiError, get, watch } from '../../api.ts'
import { onReturn } from '../../connection.ts'
import { follows, isNews, isUnderWay, told } from './state.ts'

/** `problem`: why there is nothing to show. `reload` ends when what was asked for is shown. */
export type Live = {
  details: ReadonlySignal<VideoDetails | undefined>
  problem: ReadonlySignal<ApiError | undefined>
  reload: () => Promise<void>
}

/** So long without an event, and the video is asked for: events may not get through, and nobody is to wait in vain. */
const quietMs = 10_000

export function follow(id: string, abort: AbortSignal): Live {
  const details = signal<VideoDetails | undefined>(undefined)
  const problem = signal<ApiError | undefined>(undefined)
  let heardMs = Date.now()
  let watching: AbortController | undefined
  let isStale = false
  let loading: Promise<void> | undefined

  const load = async () => {
    heardMs = Date.now()
    try {
      const now = await get<VideoDetails>(`/v1/videos/${id}`, abort)
      if (abort.aborted) return
      details.value = follows(details.value, now, Date.now())
      problem.value = undefined
      if (isUnderWay(now.status)) connect()
      else disconnect()
    } catch (error) {
      if (abort.aborted) return
      if (!(error instanceof ApiError)) throw error
      // What was shown stays: the connection may be back in a moment, and the page says that it is lost.
      if (!details.value || error.problem.status === 404) problem.value = error
    }
  }
  // However many events come while an answer is on its way, one more request is enough.
  const reload = () => {
    isStale = true
    loading ??= (async () => {
      while (isStale && !abort.aborted) {
        isStale = false
        await load()
      }
    })().finally(() => {
      loading = undefined
    })
    return loading
  }
  const connect = () => {
    if (watching) return
    const own = new AbortController()
    watching = own
    void watch(
      `/v1/videos/${id}/events`,
      {
        event: (name, data) => {
          if (!details.value) return
          heardMs = Date.now()
          details.value = told(details.value, name as keyof VideoEvents, data as VideoEvents[keyof VideoEvents])
          if (isNews(name as keyof VideoEvents)) void reload()
        },
        closed: () => {
          if (watching !== own) return
          watching = undefined
          // If it is not over, no events come here: from now on it is asked for.
          heardMs = 0
        },
      },
      own.signal,
    )
  }
  const disconnect = () => {
    watching?.abort()
    watching = undefined
  }
  const timer = setInterval(() => {
    const isQuiet = Date.now() - heardMs > quietMs
    if (isQuiet && (details.value ? isUnderWay(details.value.status) : problem.value?.problem.status === 0))
      void reload()
  }, 2000)
  const stopReturns = onReturn(() => void reload())
  abort.addEventListener('abort', () => {
    clearInterval(timer)
    stopReturns()
    disconnect()
  })
  void reload()
  return { details, problem, reload }
}
