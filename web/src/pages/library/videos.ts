// The list of videos: page by page, by what is searched for, kept true while some of them are in the making.
import { effect, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { VideoList, VideoSummary } from '../../../../api/schemas/videos.ts'
import { ApiError, get } from '../../api.ts'
import { useOnReturn } from '../../connection.ts'
import { go, href, route } from '../../router.ts'
import { token } from '../../session.ts'
import { isUnderWay } from '../video/state.ts'

export const noWish = { q: '', status: '', format: '' }
/** What is searched for; stays while somebody looks at a video and comes back. */
export const wish = signal(noWish)

/** Keeps what is searched for in the address, so that it can be kept and sent on; first takes it from there. */
export function useWishInAddress(statuses: readonly string[], formats: readonly string[]): void {
  const inAddress = () => {
    const { q = '', status = '', format = '' } = route.peek().query
    return {
      q: q.slice(0, 100),
      status: statuses.includes(status) ? status : '',
      format: formats.includes(format) ? format : '',
    }
  }
  // Before the first question is asked.
  useState(() => {
    const asked = inAddress()
    if (Object.values(asked).some((part) => part !== '')) wish.value = asked
  })
  useEffect(() => {
    // Somebody went to another address; ours do not tell.
    const onChange = () => {
      if (route.peek().page === 'library') wish.value = inAddress()
    }
    addEventListener('hashchange', onChange)
    return () => removeEventListener('hashchange', onChange)
  }, [])
  const now = wish.value
  useEffect(() => {
    const given = Object.entries(now).filter(([, value]) => value.trim() !== '')
    const path = given.length === 0 ? '/videos' : `/videos?${new URLSearchParams(given).toString()}`
    if (route.peek().page === 'library' && href(path) !== location.hash) go(path, { replace: true })
  }, [now])
}

export const hasWish = () => Object.values(wish.value).some((part) => part.trim() !== '')

// Another key's owner has not searched for anything yet.
effect(() => {
  if (token.value === undefined) wish.value = noWish
})

export type Videos = {
  list: VideoSummary[] | undefined
  error: ApiError | undefined
  hasMore: boolean
  isLoadingMore: boolean
  more: () => Promise<void>
  reload: () => void
  forget: (id: string) => void
}

const pageSize = 24
/** Between keystrokes and the search. */
const typingMs = 250
const lookAgainMs = 3000

export function useVideos(): Videos {
  const [list, setList] = useState<VideoSummary[]>()
  const [next, setNext] = useState<string>()
  const [error, setError] = useState<ApiError>()
  const [isLoadingMore, setLoadingMore] = useState(false)
  const [turn, setTurn] = useState(0)
  const wanted = JSON.stringify(wish.value)

  const ask = async (cursor: string | undefined, settle: (page: VideoList) => void, left?: AbortSignal) => {
    try {
      const page = await pageAt(wanted, cursor, left)
      if (left?.aborted) return
      settle(page)
      setError(undefined)
    } catch (failure) {
      if (left?.aborted) return
      if (!(failure instanceof ApiError)) throw failure
      setError(failure)
    }
  }
  useEffect(() => {
    const over = new AbortController()
    const first = (page: VideoList) => {
      setList(page.videos)
      setNext(page.next)
    }
    const timer = setTimeout(() => void ask(undefined, first, over.signal), list ? typingMs : 0)
    return () => {
      over.abort()
      clearTimeout(timer)
    }
  }, [wanted, turn])

  const isBusy = list?.some(({ status }) => isUnderWay(status)) ?? false
  useEffect(() => {
    if (!isBusy) return undefined
    const over = new AbortController()
    // The newest come first, and are what is in the making. What has left the first page stays as it was.
    const merge = (page: VideoList) => setList((before = []) => merged(before, page.videos))
    const timer = setInterval(() => {
      if (!document.hidden) void ask(undefined, merge, over.signal)
    }, lookAgainMs)
    return () => {
      over.abort()
      clearInterval(timer)
    }
  }, [isBusy, wanted])

  useOnReturn(() => setTurn((before) => before + 1))

  const more = async () => {
    if (next === undefined || isLoadingMore) return
    setLoadingMore(true)
    await ask(next, (page) => {
      setList((before = []) => merged(before, page.videos))
      setNext(page.next)
    })
    setLoadingMore(false)
  }
  return {
    list,
    error,
    hasMore: next !== undefined,
    isLoadingMore,
    more,
    reload: () => setTurn((before) => before + 1),
    forget: (id) => setList((before) => before?.filter((video) => video.id !== id)),
  }
}

/** A search may find nothing for a while and still have more to look through: then it goes on for some pages. */
async function pageAt(wanted: string, cursor: string | undefined, left: AbortSignal | undefined): Promise<VideoList> {
  let page = await get<VideoList>(pathOf(wanted, cursor), left)
  for (let tries = 1; page.videos.length === 0 && page.next !== undefined && tries < 10; tries++)
    page = await get<VideoList>(pathOf(wanted, page.next), left)
  return page
}

function pathOf(wanted: string, cursor: string | undefined): string {
  const { q, status, format } = JSON.parse(wanted) as typeof noWish
  const given = Object.entries({ q: q.trim(), status, format, cursor: cursor ?? '' }).filter(
    ([, value]) => value !== '',
  )
  return `/v1/videos?${new URLSearchParams([['limit', String(pageSize)], ...given]).toString()}`
}

/** Newest first; what is in both as it came last. */
function merged(before: VideoSummary[], now: VideoSummary[]): VideoSummary[] {
  const byId = new Map([...before, ...now].map((video) => [video.id, video]))
  return [...byId.values()].toSorted((one, other) =>
    one.createdAt < other.createdAt ? 1 : one.createdAt > other.createdAt ? -1 : 0,
  )
}
