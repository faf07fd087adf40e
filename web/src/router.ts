// Which page the address names. Addresses are behind a '#', so that any static host can serve them.
import { signal } from '@preact/signals'

export type PageName = 'create' | 'library' | 'video' | 'usage' | 'watch' | 'sign-in' | 'missing'
/** `id`: of the video, the token of a shared one, or the code of a sign-in link. */
export type Route = { page: PageName; id?: string; query: Record<string, string> }

const pages: { pattern: RegExp; page: PageName }[] = [
  { pattern: /^\/?$/, page: 'create' },
  { pattern: /^\/videos\/?$/, page: 'library' },
  { pattern: /^\/videos\/([\w-]+)$/, page: 'video' },
  { pattern: /^\/usage$/, page: 'usage' },
  { pattern: /^\/watch\/([\w.~-]+)$/, page: 'watch' },
  { pattern: /^\/sign-in(?:\/([\w.~-]+))?$/, page: 'sign-in' },
]

export const route = signal<Route>(routeOf(location.hash))

addEventListener('hashchange', () => {
  route.value = routeOf(location.hash)
})

/** `path` as in '/videos/vid_…' or '/?from=vid_…'. */
export function href(path: string): string {
  return `#${path}`
}

export function go(path: string, { replace = false } = {}): void {
  if (replace) {
    history.replaceState(null, '', href(path))
    route.value = routeOf(location.hash)
  } else location.hash = path
}

function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#/, '').split('?')
  const query = Object.fromEntries(new URLSearchParams(search))
  for (const { pattern, page } of pages) {
    const match = pattern.exec(path)
    if (match) return { page, id: match[1], query }
  }
  return { page: 'missing', query }
}
