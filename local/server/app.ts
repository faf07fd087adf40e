// Everything that one address of this machine answers: the page, the files behind signed links, and the API.
import type { HttpBindings } from '@hono/node-server'
import { Hono, type MiddlewareHandler } from 'hono'
import { createApi } from '../../api/app.ts'
import type { ApiPorts } from '../../api/ports.ts'
import { isHangUp, Problem, problemOf, respond } from '../../api/problem.ts'
import { fileRoutes } from './files.ts'
import { rememberOrigin } from './origin.ts'
import type { Signer } from './secret.ts'

type Parts = {
  ports: ApiPorts
  sign: Signer
  page: MiddlewareHandler
  /** Takes what forms send. */
  forms: Hono
  /** What it is called from outside, where something in front of it hides that; else ''. */
  publicUrl: string
  /** Where only this machine can reach it, so that every other name in a request is somebody's trick. */
  names: { publicUrl: string } | undefined
}
/** Where files are sent to. */
export const formsPath = '/uploads'
/** Whether a request sends a file, which may take its time. */
export function isUpload(target: string): boolean {
  return target === formsPath || target.startsWith(`${formsPath}?`)
}

export type ServerEnv = { Bindings: HttpBindings }

export function createServerApp({ ports, sign, page, forms, publicUrl, names }: Parts): Hono<ServerEnv> {
  const api = createApi(ports)
  const app = new Hono<ServerEnv>()
  if (names) app.use(refuseOthers(names))
  app.use(rememberOrigin(publicUrl))
  app.use(addHeaders)
  app.use(page)
  app.route('/files', fileRoutes({ objects: ports.objects, sign }))
  app.route(formsPath, forms)
  app.all('*', (context) => api.fetch(context.req.raw, context.env))
  app.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal' && !isHangUp(error, context.req.raw)) ports.onError(error)
    return respond(context, problem)
  })
  return app
}

const ownName = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i

/**
 * A page from elsewhere whose name was made to lead to this machine (DNS rebinding) still says its own name. Browsers
 * do not let it say another.
 */
function refuseOthers({ publicUrl }: { publicUrl: string }): MiddlewareHandler {
  const publicHost = publicUrl === '' ? undefined : new URL(publicUrl).host
  return async (context, next) => {
    const host = context.req.header('host') ?? ''
    if (ownName.test(host) || host === publicHost) return next()
    const detail =
      'this server answers to 127.0.0.1, localhost and [::1]; start it with --host or --url for other names'
    return respond(context, new Problem('not-found', detail))
  }
}

/** Nothing inline, nothing from elsewhere, in nobody's frame. Previews of a file that is about to be sent are blobs. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** What a route says for itself stays. */
const addHeaders: MiddlewareHandler = async (context, next) => {
  await next()
  for (const [name, value] of Object.entries(headers)) {
    if (!context.res.headers.has(name)) context.res.headers.set(name, value)
  }
}
