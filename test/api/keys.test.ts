import { expect, test } from 'vitest'
import { keysRoutes } from '../../api/routes/keys.ts'
import { Key, KeyList, NewKey } from '../../api/schemas/house.ts'
import { openHouse } from './house.ts'

async function open() {
  const house = openHouse()
  house.app.route('/v1/keys', keysRoutes(house.ports))
  const ann = await house.keyOf('ann')
  const make = async (by: string, wish: object = {}): Promise<NewKey> => {
    // Those of one millisecond stand in no order of their own.
    house.passMs(1)
    const { status, body } = await house.ask(by, 'POST', '/v1/keys', { name: 'laptop', ...wish })
    expect(status).toBe(201)
    return NewKey.strict().parse(body)
  }
  const seen = async (by: string): Promise<string[]> => {
    const { body } = await house.ask(by, 'GET', '/v1/keys')
    return KeyList.parse(body).keys.map(({ id }) => id)
  }
  const works = async (key: string) => (await house.ask(key, 'GET', '/v1/keys')).status === 200
  const ownerOf = async (id: string) => (await house.keys.list('ann')).find((key) => key.id === id)?.owner
  return { ...house, ann, make, seen, works, ownerOf }
}

test('a new key has an owner of its own, or its maker’s, and is counted with it', async () => {
  const { ann, make, keys, ask } = await open()
  const [own, shared] = [await make(ann), await make(ann, { space: 'shared', name: '  ci\n2  ' })]
  expect(own).toMatchObject({ name: 'laptop', space: 'own', isThis: false })
  expect(shared).toMatchObject({ name: 'ci 2', space: 'shared' })
  const [root, first, second] = await keys.list('ann')
  expect(second).toMatchObject({ owner: 'ann', issuer: 'ann' })
  expect(first!.owner).toMatch(/^own_[\w-]{22}$/)
  expect(new Set([root, first, second].map((key) => key!.usageIdentifier)).size).toBe(1)
  expect(JSON.stringify(await keys.list('ann'))).not.toContain(own.key)
  const { body } = await ask(ann, 'GET', '/v1/keys')
  expect(KeyList.parse(body).keys.map((key) => [Key.strict().parse(key).id, key.isThis])).toEqual([
    [root!.id, true],
    [own.id, false],
    [shared.id, false],
  ])
})

test('a key sees itself and what it made, and of all others learns nothing', async () => {
  const { ann, make, seen, ask, keyOf, keys } = await open()
  const first = await make(ann)
  const second = await make(ann)
  const third = await make(first.key)
  const bob = await keyOf('bob')
  const [root] = await keys.list('ann')
  expect(await seen(ann)).toEqual([root!.id, first.id, second.id])
  expect(await seen(first.key)).toEqual([first.id, third.id])
  expect(await seen(third.key)).toEqual([third.id])
  for (const [key, id] of [
    [first.key, root!.id],
    [first.key, second.id],
    [ann, third.id],
    [bob, first.id],
    [bob, 'no-such-key'],
  ] as const) {
    expect(await ask(key, 'DELETE', `/v1/keys/${id}`)).toMatchObject({ status: 404 })
    const { status, body } = await ask(key, 'POST', `/v1/keys/${id}/rotate`)
    expect([status, body.detail]).toEqual([404, `there is no key '${id}' of yours`])
  }
  expect(await seen(second.key)).toEqual([second.id])
})

test('a key that is revoked stops at once, its own included; again is no mistake', async () => {
  const { ann, make, works, ask, passMs } = await open()
  const [first, second] = [await make(ann), await make(ann)]
  expect(await ask(ann, 'DELETE', `/v1/keys/${first.id}`)).toMatchObject({ status: 204, body: undefined })
  expect([await works(first.key), await works(second.key)]).toEqual([false, true])
  passMs(5000)
  expect((await ask(ann, 'DELETE', `/v1/keys/${first.id}`)).status).toBe(204)
  expect((await ask(second.key, 'DELETE', `/v1/keys/${second.id}`)).status).toBe(204)
  expect(await works(second.key)).toBe(false)
  const { body } = await ask(ann, 'GET', '/v1/keys')
  expect(body.keys.map(({ revokedAt }: Key) => revokedAt)).toEqual([
    undefined,
    '2026-11-23T08:00:00.002Z',
    '2026-11-23T08:00:05.002Z',
  ])
  expect(await ask(ann, 'POST', `/v1/keys/${first.id}/rotate`)).toMatchObject({ status: 409 })
})

test('a rotated key has the same owner and name; the old one works as long as was asked for', async () => {
  const { ann, make, works, ask, passMs, ownerOf } = await open()
  const old = await make(ann)
  const { status, body } = await ask(old.key, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 60 })
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'laptop', space: 'own' })
  expect(await ownerOf(body.id)).toBe(await ownerOf(old.id))
  expect([await works(old.key), await works(body.key)]).toEqual([true, true])
  passMs(60_000)
  expect([await works(old.key), await works(body.key)]).toEqual([false, true])
  // By itself, and without a body: the old one stops at once.
  const next = await ask(body.key, 'POST', `/v1/keys/${body.id}/rotate`)
  expect(next).toMatchObject({ status: 201 })
  expect([await works(body.key), await works(next.body.key)]).toEqual([false, true])
})

test('whoever made a key gets none into its space by rotating it', async () => {
  const { ann, make, works, ask } = await open()
  const [own, shared] = [await make(ann), await make(ann, { space: 'shared' })]
  const { status, body } = await ask(ann, 'POST', `/v1/keys/${own.id}/rotate`)
  expect([status, body.detail]).toEqual([409, expect.stringMatching(/only the key itself.*you may revoke it$/)])
  expect(await works(own.key)).toBe(true)
  expect((await ask(ann, 'POST', `/v1/keys/${shared.id}/rotate`)).status).toBe(201)
})

test('an overlap is cut short by revoking, which leaves the new key', async () => {
  const { ann, make, works, ask } = await open()
  const old = await make(ann)
  const { body } = await ask(old.key, 'POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 604_800 })
  const inside = await make(body.key)
  await ask(ann, 'DELETE', `/v1/keys/${old.id}`)
  expect(await Promise.all([old, body, inside].map(({ key }) => works(key)))).toEqual([false, true, true])
})

test('with the last key to a space go the keys that were made in it', async () => {
  const { ann, make, works, ask } = await open()
  const door = await make(ann)
  const inside = [await make(door.key), await make(door.key, { space: 'shared' })]
  const deeper = await make(inside[0]!.key)
  await ask(door.key, 'DELETE', `/v1/keys/${door.id}`)
  expect(await works(inside[1]!.key)).toBe(true)
  await ask(ann, 'DELETE', `/v1/keys/${door.id}`)
  for (const { key } of [...inside, deeper]) expect(await works(key)).toBe(false)
  expect(await works(ann)).toBe(true)
})

test('at most 100 keys work at once, however many are asked for together', async () => {
  const { ann, ask } = await open()
  const answers = await Promise.all(
    Array.from({ length: 105 }, () => ask(ann, 'POST', '/v1/keys', { name: 'one of many' })),
  )
  const statuses = Object.entries(Object.groupBy(answers, ({ status }) => status)).map(([status, of]) => [
    status,
    of!.length,
  ])
  expect(statuses).toEqual([
    ['201', 99],
    ['409', 6],
  ])
  const { body } = await ask(ann, 'GET', '/v1/keys')
  const { id: first } = KeyList.parse(body).keys.find(({ isThis }) => isThis)!
  expect((await ask(ann, 'POST', `/v1/keys/${first}/rotate`, { overlapSeconds: 1 })).status).toBe(409)
  expect((await ask(ann, 'POST', `/v1/keys/${first}/rotate`, {})).status).toBe(201)
})

test.each<[unknown, number, string]>([
  ['{', 400, 'not-json'],
  [{}, 422, 'name: '],
  [{ name: '' }, 422, 'name: '],
  [{ name: 'x'.repeat(101) }, 422, 'at most 100'],
  [{ name: 'x', space: 'all' }, 422, 'space: '],
  [{ name: 'x', owner: 'bob' }, 422, 'owner'],
  [{ name: '😀'.repeat(100) }, 201, '😀'],
  [{ name: '\u0000 \ud800' }, 201, '\ufffd'],
  [{ name: ' ' }, 201, '"key"'],
])('of a wish like %j comes %i', async (wish, status, told) => {
  const { ann, ask } = await open()
  const answer = await ask(ann, 'POST', '/v1/keys', wish)
  expect(answer.status).toBe(status)
  expect(JSON.stringify(answer.body)).toContain(told)
})

test.each([{ overlapSeconds: -1 }, { overlapSeconds: 604_801 }, { overlapSeconds: 1.5 }, { overlap: 1 }])(
  'an overlap like %j is refused',
  async (wish) => {
    const { ann, ask, seen } = await open()
    const [id] = await seen(ann)
    expect((await ask(ann, 'POST', `/v1/keys/${id}/rotate`, wish)).status).toBe(422)
  },
)

test('the description says what the rules are', async () => {
  const { app } = await open()
  const { paths, components } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 't', version: '1' } })
  expect(Object.keys(paths ?? {})).toEqual(['/v1/keys', '/v1/keys/{id}/rotate', '/v1/keys/{id}'])
  expect(JSON.stringify(paths?.['/v1/keys']?.post?.requestBody)).toContain('#/components/schemas/KeyWish')
  const wish = JSON.stringify(components?.schemas?.['KeyWish'])
  expect(wish).toContain('"name":{"type":"string","minLength":1,"maxLength":100}')
  expect(wish).toContain('"required":["name"]')
  expect(wish).toContain('"additionalProperties":false')
  expect(JSON.stringify(components?.schemas?.['KeyRotation'])).toContain('"maximum":604800')
})
