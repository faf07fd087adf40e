// How often a key may come. Whoever runs the API counts; here it is told.
import type { Context } from 'hono'
import type { ApiEnv } from './app.ts'
import type { ApiPorts } from './ports.ts'
import { Problem } from './problem.ts'

/** Counts one request, or one video that is to be made. Its headers stand on whatever the answer is. Throws Problem. */
export async function count(
  context: Context<ApiEnv>,
  { limit }: Pick<ApiPorts, 'limit'>,
  kind: 'request' | 'video',
): Promise<void> {
  const counted = await limit?.(context.get('caller'), kind)
  if (!counted) return
  for (const [name, value] of Object.entries(counted.headers)) context.header(name, value, { append: kind === 'video' })
  const { retryAfterSeconds } = counted
  if (retryAfterSeconds === undefined) return
  const what = kind === 'video' ? 'videos were ordered' : 'requests were sent'
  throw new Problem(
    'limited',
    `more ${what} with this key than it may; come again in ${Math.ceil(retryAfterSeconds)} s`,
    {
      retryAfterSeconds,
    },
  )
}

/** Counts a video that is ordered, unless this Idempotency-Key has ordered it before. Throws Problem. */
export async function countOrder(
  context: Context<ApiEnv>,
  ports: Pick<ApiPorts, 'limit' | 'createdWith'>,
  idempotencyKey: string | undefined,
): Promise<void> {
  const { owner } = context.get('caller')
  const before = idempotencyKey === undefined ? undefined : await ports.createdWith?.(owner, idempotencyKey)
  if (before === undefined) await count(context, ports, 'video')
}
