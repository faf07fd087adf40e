// Keys, for whoever has one: to make more, to see them, to renew them, to end them. A key sees those of its owner and
// those that its owner's keys made; of all others it learns nothing.
import { createRoute, type RouteHandler, z } from '@hono/zod-openapi'
import { type ApiKeyRecord, newApiKey, newOwnerName, worksAt } from '../../core/api-keys.ts'
import { ConflictError, NotFoundError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import { json, refusals } from '../answers.ts'
import type { ApiEnv } from '../app.ts'
import { bodyIfAny, bodyOf, checked } from '../body.ts'
import { endKey } from '../keys/end-key.ts'
import { inTurns } from '../keys/turns.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts, Caller } from '../ports.ts'
import { refTo } from '../schemas/video-request.ts'
import { Key, KeyList, KeyRotation, KeyWish, NewKey } from '../schemas/house.ts'

/** That work, of those that a key sees. */
const mostKeys = 100
/** Of those that work no more, so many of the last are shown. */
const mostEnded = 100

const tags = ['Keys']
const named = z.object({ id: z.string().openapi({ description: 'The id of the key; no secret.' }) })

const list = createRoute({
  method: 'get',
  path: '/',
  operationId: 'listKeys',
  tags,
  summary: 'List keys',
  description: `Your own key, those with the same videos, and those that they made, oldest first; of those that work no more, the last ${mostEnded}.`,
  responses: { ...json(200, KeyList, 'The keys.'), ...refusals() },
})
const create = createRoute({
  method: 'post',
  path: '/',
  operationId: 'createKey',
  tags,
  summary: 'Make a key',
  description: `The key is shown this once. With space 'own' it sees none of your videos, and you none of its. At most ${mostKeys} keys may work at once.`,
  request: { body: { content: { 'application/json': { schema: refTo('KeyWish') } }, required: true } },
  responses: {
    ...json(201, NewKey, 'The key, shown this once.'),
    ...refusals(400, 409, 413, 415, 422),
  },
})
const rotate = createRoute({
  method: 'post',
  path: '/{id}/rotate',
  operationId: 'rotateKey',
  tags,
  summary: 'Renew a key',
  description:
    'A new key for the same videos and of the same name, shown this once. The old one stops at once, or after `overlapSeconds`. A key with a space of its own is renewed by itself alone: whoever made it would see into that space, and may revoke it instead.',
  request: { params: named, body: { content: { 'application/json': { schema: refTo('KeyRotation') } } } },
  responses: {
    ...json(201, NewKey, 'The new key, shown this once.'),
    ...refusals(400, 404, 409, 413, 415, 422),
  },
})
const end = createRoute({
  method: 'delete',
  path: '/{id}',
  operationId: 'revokeKey',
  tags,
  summary: 'Revoke a key',
  description:
    'It stops at once; one that has stopped stays as it is. With the last key to a space that you made, the keys that were made in that space stop too.',
  request: { params: named },
  responses: { 204: { description: 'It lets nobody in any more.' }, ...refusals(404) },
})

type Ports = Pick<ApiPorts, 'keys' | 'now'>

export function keysRoutes(ports: Ports) {
  const turn = inTurns()
  const handlers = {
    list: async (context) => {
      const caller = context.get('caller')
      const keys = shown(await ports.keys.list(caller.owner), ports.now())
      return context.json({ keys: keys.map((key) => viewOf(key, caller)) }, 200)
    },

    create: async (context) => {
      const caller = context.get('caller')
      const { name, space } = checked(KeyWish, await bodyOf(context))
      const made = await turn(caller.owner, async () => {
        const keys = await ports.keys.list(caller.owner)
        checkCount(keys, ports.now())
        return make(ports, {
          owner: space === 'shared' ? caller.owner : newOwnerName(),
          name,
          issuer: caller.owner,
          plan: caller.plan ?? 'standard',
          usageIdentifier: countedAs(caller, keys),
        })
      })
      return context.json({ ...viewOf(made.record, caller), key: made.key }, 201)
    },

    rotate: async (context) => {
      const caller = context.get('caller')
      const { overlapSeconds = 0 } = checked(KeyRotation, await bodyIfAny(context))
      const { id } = context.req.valid('param')
      const made = await turn(caller.owner, async () => {
        const keys = await ports.keys.list(caller.owner)
        const old = theirs(keys, id)
        const now = ports.now()
        if (old.owner !== caller.owner)
          throw new ConflictError('only the key itself can rotate it, as it has a space of its own; you may revoke it')
        if (!worksAt(old, now)) throw new ConflictError('the key is revoked already; make a new one')
        if (overlapSeconds > 0) checkCount(keys, now)
        const { owner, name, issuer, plan, usageIdentifier } = old
        const renewed = await make(ports, {
          owner,
          name,
          ...(issuer !== undefined && { issuer }),
          plan,
          usageIdentifier,
        })
        await ports.keys.revoke(old.hash, new Date(now.getTime() + overlapSeconds * 1000).toISOString())
        return renewed
      })
      return context.json({ ...viewOf(made.record, caller), key: made.key }, 201)
    },

    end: async (context) => {
      const { owner } = context.get('caller')
      const { id } = context.req.valid('param')
      await turn(owner, async () => {
        const keys = await ports.keys.list(owner)
        await endKey(ports, theirs(keys, id), owner)
      })
      return context.body(null, 204)
    },
  } satisfies {
    list: RouteHandler<typeof list, ApiEnv>
    create: RouteHandler<typeof create, ApiEnv>
    rotate: RouteHandler<typeof rotate, ApiEnv>
    end: RouteHandler<typeof end, ApiEnv>
  }
  const routes = newRoutes()
  routes.openAPIRegistry.register('KeyWish', KeyWish)
  routes.openAPIRegistry.register('KeyRotation', KeyRotation)
  return routes
    .openapi(list, handlers.list)
    .openapi(create, handlers.create)
    .openapi(rotate, handlers.rotate)
    .openapi(end, handlers.end)
}

async function make(
  { keys, now }: Ports,
  wish: Pick<ApiKeyRecord, 'owner' | 'name' | 'issuer' | 'plan' | 'usageIdentifier'>,
): Promise<{ key: string; record: ApiKeyRecord }> {
  const { key, id, hash } = newApiKey()
  const record = { hash, id, ...wish, createdAt: now().toISOString() }
  await keys.put(record)
  return { key, record }
}

function checkCount(keys: ApiKeyRecord[], now: Date) {
  if (keys.filter((key) => worksAt(key, now)).length >= mostKeys)
    throw new ConflictError(`there are ${mostKeys} keys that work, which is the most; revoke one that is not needed`)
}

/** Others' keys are not there: whoever asks learns nothing from the difference. */
function theirs(keys: ApiKeyRecord[], id: string): ApiKeyRecord {
  const key = keys.find((each) => each.id === id)
  if (key) return key
  throw new NotFoundError(`there is no key '${clip(id)}' of yours`)
}

/** With the key that asks, so that a key does not multiply what may be asked for. */
function countedAs({ usageIdentifier, keyId, owner }: Caller, keys: ApiKeyRecord[]): string {
  return usageIdentifier ?? keys.find(({ id }) => id === keyId)?.usageIdentifier ?? owner
}

function shown(keys: ApiKeyRecord[], now: Date): ApiKeyRecord[] {
  const ended = keys
    .filter((key) => !worksAt(key, now))
    .toSorted((a, b) => (a.revokedAt! < b.revokedAt! ? -1 : 1))
    .slice(-mostEnded)
  return keys.filter((key) => worksAt(key, now) || ended.includes(key))
}

function viewOf(key: ApiKeyRecord, { keyId }: Caller): Key {
  const { id, name, owner, issuer, createdAt, lastUsedAt, revokedAt } = key
  return {
    id,
    name,
    space: issuer === owner ? 'shared' : 'own',
    createdAt,
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(revokedAt !== undefined && { revokedAt }),
    isThis: id === keyId,
  }
}
