// Which methods an address has: what is none of them is told apart from what is not there.
import type { Hono } from 'hono'
import type { ApiEnv } from './app.ts'

/** The methods that `app` has at a path; none where there is nothing. */
export function methodsAt(app: Hono<ApiEnv>): (path: string) => string[] {
  let known: { method: string; pattern: RegExp }[] | undefined
  return (path) => {
    known ??= app.routes
      .filter(({ method, path: route }) => method !== 'ALL' && !route.includes('*'))
      .map(({ method, path: route }) => ({ method, pattern: patternOf(route) }))
    const methods = new Set(known.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method))
    if (methods.has('GET')) methods.add('HEAD')
    return [...methods]
  }
}

/** '/v1/videos/:id' → what stands between slashes. */
function patternOf(route: string): RegExp {
  const parts = route
    .split('/')
    .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[.+?^$()[\]{}|\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`)
}
