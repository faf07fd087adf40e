import type { MiddlewareHandler } from 'hono'
import { Problem, respond } from '../../api/problem.ts'

/** For whatever asks with another method than `allow`. What browsers ask before they ask is answered elsewhere. */
export function onlyFor(allow: string[]): MiddlewareHandler {
  return async (context, next) => {
    const { method } = context.req
    if (method === 'OPTIONS') return next()
    return respond(
      context,
      new Problem('wrong-method', `${method} is nothing that is done here; ${allow.join(', ')} is`, { allow }),
    )
  }
}
