import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { videosOf } from './made.ts'
import { openWorld, type World } from './world.ts'

let world: World
let videos: ReturnType<typeof videosOf>
beforeEach(() => {
  world = openWorld()
  videos = videosOf(world)
})
afterEach(() => world.close())

describe('the list', () => {
  const pages = async (query: string) => {
    const found: string[][] = []
    for (let cursor = ''; ;) {
      const { body, status } = await world.ask('GET', `/v1/videos?${query}${cursor && `&cursor=${cursor}`}`)
      if (status !== 200) throw new Error(JSON.stringify(body))
      found.push((body['videos'] as { id: string }[]).map(({ id }) => id))
      if (body['next'] === undefined) return found
      cursor = body['next'] as string
    }
  }

  it('comes page by page, newest first, with and without a filter', async () => {
    const ids: string[] = []
    let ms = Date.parse('2026-11-23T05:00:00.000Z')
    world.ports.now = () => new Date((ms += 86_400_000))
    for (let count = 0; count < 7; count++)
      ids.unshift(
        await videos.make({
          body: { script: count % 2 ? 'A Goat sings.' : 'A cat.', format: count < 3 ? '1:1' : '9:16' },
        }),
      )
    expect((await pages('limit=3')).flat()).toEqual(ids)
    expect(await pages('limit=2&q=goat')).toEqual([[ids[1], ids[3]], [ids[5]]])
    expect((await pages('format=1:1')).flat()).toEqual(ids.slice(4))
    await videos.update(ids[2]!, { status: 'failed' })
    await videos.update(ids[4]!, { status: 'done' })
    expect((await pages('status=failed&status=done')).flat()).toEqual([ids[2], ids[4]])
    expect((await pages('status=failed,done&limit=1')).flat()).toEqual([ids[2], ids[4]])
    const first = (await videos.look(ids[6]!))['createdAt'] as string
    expect((await pages(`to=${first.slice(0, 10)}`)).flat()).toEqual(ids.slice(6))
    const third = ((await videos.look(ids[4]!))['createdAt'] as string).slice(0, 10)
    expect((await pages(`from=${third}&limit=2`)).flat()).toEqual(ids.slice(0, 5))
  })

  it.each([
    ['limit=0', 422],
    ['limit=x', 422],
    ['limit=101', 422],
    ['cursor=!', 422],
    ['cursor=AAAA', 404],
    ['status=ready', 422],
    ['from=2026-02-30', 422],
    ['format=4:3', 422],
  ])('says what is wrong with %s', async (query, status) => {
    expect((await world.ask('GET', `/v1/videos?${query}`)).status).toBe(status)
  })
})
