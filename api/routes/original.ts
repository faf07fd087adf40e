// The routes of the original ClipForge, so that its clients move over: the same paths, fields and statuses, and errors
// as {"detail": …}. What they make are videos like any other. One thing is new: a key. A client that knows of none but
// its server's address has it there, as the user's name ('http://cf_…@host'), and its HTTP library sends it.
import { type Context, Hono } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { VideoRecord } from '../../core/ports.ts'
import { remove } from '../../core/remove.ts'
import { submit } from '../../core/submit.ts'
import { accepted } from '../accept.ts'
import type { ApiEnv } from '../app.ts'
import { bodyOf } from '../body.ts'
import { count } from '../limits.ts'
import type { ApiPorts } from '../ports.ts'
import { Problem, type ProblemKind, problemOf } from '../problem.ts'
import { videoId } from '../schemas/fields.ts'
import { madeEdition } from '../view.ts'
import { choices } from './original/choices.ts'
import { downloadLink, jobOf, videosOf, viewOf } from './original/jobs.ts'
import { requestOf } from './original/request.ts'

export function originalRoutes(ports: ApiPorts): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>()
  const open = { config: choices.config, styles: choices.styles, voices: choices.voices, formats: choices.formats }
  for (const [name, answer] of Object.entries(open)) routes.get(`/${name}`, (context) => context.json(answer))

  const keyed = (path: string, method: 'get' | 'post' | 'delete', answer: (context: Keyed) => Promise<Response>) =>
    routes[method](path, async (context) => {
      const { caller } = await ports.surroundings(context.req.raw, context.env)
      if (!caller)
        throw new Problem('unauthorized', "no valid key came with the request; send 'Authorization: Bearer cf_…'")
      context.set('caller', caller)
      context.header('Cache-Control', 'no-store')
      await count(context, ports, 'request')
      return answer(context)
    })
  const theirs = async (context: Keyed): Promise<VideoRecord | undefined> => {
    const id = context.req.param('id') ?? ''
    const video = videoId.safeParse(id).success ? await ports.videos.get(id) : undefined
    return video?.owner === context.get('caller').owner ? video : undefined
  }

  keyed('/create-video', 'post', async (context) => {
    const { owner } = context.get('caller')
    const { request, notices } = await accepted(ports, owner, requestOf(await bodyOf(context)))
    await count(context, ports, 'video')
    const video = await submit(ports, { owner, request, notices })
    const { queue_position } = await jobOf(ports, video)
    const message = 'Video generation started'
    return context.json({ job_id: video.id, message, queue_position: Math.max(0, queue_position) }, 202)
  })

  keyed('/job-status/:id', 'get', async (context) => {
    const video = await theirs(context)
    return video ? context.json(await jobOf(ports, video)) : notThere(context, 'Job')
  })

  keyed('/queue', 'get', async (context) => {
    const unfinished = (await videosOf(ports, context.get('caller').owner)).filter(({ status }) =>
      ['queued', 'running'].includes(status),
    )
    const jobs = await Promise.all(unfinished.map((video) => jobOf(ports, video)))
    const of = (status: string) => jobs.filter((job) => job.status === status)
    const queued = of('queued').toSorted((a, b) => a.queue_position - b.queue_position)
    return context.json({ queued, processing: of('processing') })
  })

  keyed('/all-videos', 'get', async (context) => {
    const all = await videosOf(ports, context.get('caller').owner)
    const made = all.filter((video) => madeEdition(video) !== undefined)
    return context.json(await Promise.all(made.map((video) => viewOf(ports, video))))
  })

  keyed('/video/:id', 'get', async (context) => {
    const video = await theirs(context)
    if (!video || madeEdition(video) === undefined) return notThere(context, 'Video')
    return context.json(await viewOf(ports, video))
  })

  keyed('/video/:id', 'delete', async (context) => {
    const video = await theirs(context)
    if (!video) return notThere(context, 'Video')
    await remove(ports, video)
    return context.json({ message: 'Video deleted successfully' })
  })

  keyed('/download/:id', 'get', async (context) => {
    const video = await theirs(context)
    const link = video && (await downloadLink(ports, video))
    return link === undefined ? notThere(context, 'Video') : context.redirect(link, 302)
  })

  routes.onError((error, context) => {
    const problem = problemOf(error)
    if (problem.kind === 'internal') ports.onError(error)
    const { kind, message, retryAfterSeconds } = problem
    if (kind === 'unauthorized') context.header('WWW-Authenticate', 'Basic realm="clipforge"')
    if (retryAfterSeconds !== undefined) context.header('Retry-After', String(Math.ceil(retryAfterSeconds)))
    // The original answers 400 to whatever is wrong with a request.
    return context.json({ error: message, detail: message }, statuses[kind] ?? 400)
  })
  return routes
}

type Keyed = Context<ApiEnv>

const statuses: Partial<Record<ProblemKind, ContentfulStatusCode>> = {
  unauthorized: 401,
  'not-found': 404,
  conflict: 409,
  limited: 429,
  internal: 500,
  'try-again': 503,
}

function notThere(context: Context, what: 'Job' | 'Video'): Response {
  const detail = `${what} not found`
  return context.json({ error: detail, detail }, 404)
}
