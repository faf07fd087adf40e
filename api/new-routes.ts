// Routes that describe themselves: what validates a request is what /openapi.json says of it.
import { OpenAPIHono } from '@hono/zod-openapi'
import type { ApiEnv } from './app.ts'
import { InputError, NotFoundError } from '../core/errors.ts'
import { toldInOurWords } from './words.ts'

/** A group of routes; what a request's schema refuses is told as any other mistake of the user's. */
export function newRoutes(): OpenAPIHono<ApiEnv> {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result, { req }) => {
      if (result.success) return
      // What cannot be an id is nobody's id.
      if (result.target === 'param') throw new NotFoundError(`there is nothing at ${req.path}`)
      const name = result.target === 'header' ? headerName : (field: string) => field
      const lines = result.error.issues.map(
        (issue) => `${name(issue.path.map(String).join('.')) || 'the request'}: ${toldInOurWords(issue)}`,
      )
      throw new InputError(lines.join('; '), { lines })
    },
  })
}

/** 'idempotency-key' as people write it. */
function headerName(name: string): string {
  return name.replaceAll(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
}
