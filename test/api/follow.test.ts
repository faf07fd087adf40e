import { setTimeout } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VideoEvent, VideoRecord } from '../../core/ports.ts'
import { openWorld, type World } from './world.ts'

let world: World
beforeEach(() => void (world = openWorld()))
afterEach(() => world.close())

const make = async () => String((await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' } })).body['id'])
const happens = (id: string, event: object) =>
  world.ports.videos.appendEvent(id, { at: '2026-11-23T05:00:01.000Z', ...event } as VideoEvent)
const update = async (id: string, patch: Partial<VideoRecord>) => {
  const { version } = (await world.ports.videos.get(id))!
  await world.ports.videos.update(id, version, patch)
}
type Told = { event: string; id: string; retry?: string; data: Record<string, unknown> }
const messagesIn = (text: string): Told[] =>
  text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const fields = Object.fromEntries(block.split('\n').map((line) => /^(\w+): (.*)$/.exec(line)!.slice(1)))
      return { ...fields, data: JSON.parse(fields.data) }
    })
const follow = async (id: string, headers: Record<string, string> = {}, query = '') =>
  messagesIn((await world.ask('GET', `/v1/videos/${id}/events${query}`, { headers })).text)

describe('following a video', () => {
  it('tells what happens, in order, until it is over', async () => {
    const id = await make()
    const followed = follow(id)
    await setTimeout(50)
    await happens(id, { type: 'done', stage: 'plan', output: { planKey: 'p', scenes: [0, 1] } })
    await happens(id, { type: 'done', stage: 'illustrate', scene: 1, output: {} })
    await happens(id, { type: 'done', stage: 'narrate', output: {} })
    await setTimeout(900)
    await update(id, { status: 'done' })
    const told = await followed
    expect(told[0]).toMatchObject({ event: 'status', data: { status: 'running' }, retry: '1000' })
    const names = told.map(({ event }) => event)
    expect(names.filter((name) => name !== 'progress' && name !== 'status')).toEqual([
      'plan',
      'scene',
      'narration',
      'end',
    ])
    expect(told.find(({ event }) => event === 'plan')!.data).toEqual({ scenes: 2 })
    expect(told.find(({ event }) => event === 'scene')!.data).toEqual({ number: 2 })
    const percents = told.filter(({ event }) => event === 'progress').map(({ data }) => Number(data['percent']))
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect(percents.at(-1)).toBe(100)
    const ids = told.map((message) => Number(message.id))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
    expect(told.at(-1)).toMatchObject({ event: 'end', data: { status: 'done' } })
  })

  it('goes on from where it was cut off', async () => {
    const id = await make()
    await happens(id, { type: 'done', stage: 'plan', output: { scenes: [0] } })
    const seq = await happens(id, { type: 'done', stage: 'narrate', output: {} })
    await update(id, { status: 'failed' })
    const news = (told: Told[]) =>
      told.map(({ event }) => event).filter((name) => name !== 'progress' && name !== 'status')
    expect(news(await follow(id))).toEqual(['plan', 'narration', 'end'])
    expect(news(await follow(id, { 'Last-Event-ID': String(seq - 1) }))).toEqual(['narration', 'end'])
    expect(news(await follow(id, {}, `?after=${seq}`))).toEqual(['end'])
    expect(news(await follow(id, { 'Last-Event-ID': 'x' }))).toEqual(['plan', 'narration', 'end'])
    expect((await world.ask('GET', `/v1/videos/${id}/events?after=x`)).status).toBe(422)
    expect((await world.ask('HEAD', `/v1/videos/${id}/events`)).text).toBe('')
  })

  it('answers as soon as there is something, where answers do not stream', async () => {
    world.ports.eventsMaxSeconds = 1
    const id = await make()
    const first = await follow(id)
    expect(first.map(({ event }) => event)).toEqual(['status', 'progress'])
    const waiting = follow(id, { 'Last-Event-ID': first.at(-1)!.id })
    await happens(id, { type: 'done', stage: 'narrate', output: {} })
    expect((await waiting).map(({ event }) => event)).toContain('narration')
    const quiet = await follow(id, { 'Last-Event-ID': '2' })
    expect(quiet.map(({ event }) => event)).toEqual(['status', 'progress'])
  })

  it('ends when the key is revoked', async () => {
    const id = await make()
    const followed = follow(id)
    await setTimeout(50)
    world.ports.surroundings = () => ({ caller: undefined, basePath: '' })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 16_000 })
    try {
      expect((await followed).map(({ event }) => event)).not.toContain('end')
    } finally {
      vi.useRealTimers()
    }
  })

  it('holds so many open for an owner, and forgets those who have gone', async () => {
    const id = await make()
    const gone = new AbortController()
    const open = await Promise.all(
      Array.from({ length: 20 }, async () =>
        world.app.request(`/v1/videos/${id}/events`, { headers: { 'x-owner': 'ann' }, signal: gone.signal }),
      ),
    )
    const readers = open.map((response) => response.body!.getReader())
    await Promise.all(readers.map((reader) => reader.read()))
    const refused = await world.ask('GET', `/v1/videos/${id}/events`)
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
    await Promise.all(readers.map((reader) => reader.cancel()))
    await update(id, { status: 'done' })
    await expect.poll(async () => (await follow(id)).at(-1)?.event, { timeout: 3000 }).toBe('end')
  })
})
