// The address that a request came to, for links in its answer: whoever found the server there finds them there, too.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { MiddlewareHandler } from 'hono'

const current = new AsyncLocalStorage<string>()

/** `fixed`: what the server is called from outside, where something in front of it hides that. */
export function rememberOrigin(fixed: string): MiddlewareHandler {
  return (context, next) => {
    const host = context.req.header('host') ?? ''
    return current.run(fixed || (/^[\w.:[\]-]{1,255}$/.test(host) ? `http://${host}` : ''), next)
  }
}

/** Without a slash at its end; '' outside of a request. */
export function originOfRequest(): string {
  return current.getStore() ?? ''
}
