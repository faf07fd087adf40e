import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { countEnd, metricsOf } from '../../api/metrics.ts'
import { metricsRoutes } from '../../api/routes/metrics.ts'

const inner = new Hono()
  .get('/:id', (context) => context.json({ id: context.req.param('id') }))
  .post('/', (context) => context.json({}, 202))
const app = new Hono()
  .use(metricsOf())
  .use('/v1/*', async (_, next) => next())
  .route('/v1/videos', inner)
  .get('/fails', () => {
    throw new Error('on purpose')
  })
  .route('/metrics', metricsRoutes({ gauges: async () => ({ queued: 4, running: 2 }) }))
app.onError((_, context) => context.text('', 500))

test('tells how long requests took by the pattern of their path, and what became of videos', async () => {
  for (const id of ['vid_1', 'vid_2']) await app.request(`/v1/videos/${id}?who=ann`)
  await app.request('/v1/videos', { method: 'POST' })
  await app.request('/nothing/here')
  await app.request('/fails')
  countEnd('done')
  countEnd('failed')
  countEnd('done')
  const answer = await app.request('/metrics')
  expect(answer.headers.get('Content-Type')).toMatch(/^text\/plain/)
  const text = await answer.text()
  for (const line of [
    'clipforge_http_request_duration_seconds_count{method="GET",route="/v1/videos/:id",status="200"} 2',
    'clipforge_http_request_duration_seconds_count{method="POST",route="/v1/videos",status="202"} 1',
    'clipforge_http_request_duration_seconds_count{method="GET",route="none",status="404"} 1',
    'clipforge_http_request_duration_seconds_count{method="GET",route="/fails",status="500"} 1',
    'clipforge_videos_accepted_total 1',
    'clipforge_videos_finished_total{status="done"} 2',
    'clipforge_videos_finished_total{status="failed"} 1',
    'clipforge_videos{status="queued"} 4',
    'clipforge_videos{status="running"} 2',
  ])
    expect(text.split('\n')).toContain(line)
  expect(text).toMatch(/^clipforge_nodejs_eventloop_lag_p99_seconds /m)
  expect(text).toMatch(/^clipforge_process_resident_memory_bytes \d/m)
  expect(text).not.toMatch(/vid_1|ann|nothing/)
})

test('says nothing of a queue where nobody knows', async () => {
  const text = await (await new Hono().route('/metrics', metricsRoutes({})).request('/metrics')).text()
  expect(text).toContain('clipforge_http_request_duration_seconds')
})
