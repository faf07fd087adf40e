import { describe, expect, it } from 'vitest'
import type { VideoRequest } from '../../core/video.ts'
import { parseRequest } from '../../core/video.ts'
import { begin, submit, type SubmitPorts, videoIdOf } from '../../core/submit.ts'
import { chooseModels } from '../../core/models.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

function world() {
  const videos = openSqliteVideos(openDatabase(':memory:'))
  const started: string[] = []
  const stopped: string[] = []
  const ports: SubmitPorts = {
    videos,
    start: async (id, attempt) => void started.push(`${id}-${attempt}`),
    stop: async (id, attempt) => void stopped.push(`${id}-${attempt}`),
    choose: ({ models }: VideoRequest) => chooseModels(models, { available: [], today: '2026-11-23' }),
    now: () => new Date('2026-11-23T05:00:00.000Z'),
  }
  return { videos, ports, started, stopped }
}
const request = parseRequest({ script: 'A goat walks over a hill.' })

describe('submit', () => {
  it('records the video with its choices, starts its first attempt and says that it is running', async () => {
    const { videos, ports, started } = world()
    const video = await submit(ports, { owner: 'ann', request })
    expect(video).toMatchObject({ owner: 'ann', status: 'running', createdAt: '2026-11-23T05:00:00.000Z' })
    expect(video.request.choices).toMatchObject({ narrate: 'embedded' })
    expect(started).toEqual([`${video.id}-1`])
    expect(await videos.events(video.id)).toMatchObject([{ type: 'attempt', attempt: 1 }])
  })

  it.each([
    [{ script: '🦊' }, /^script: it has no words to say/],
    [{ script: 'One two.', scenes: 7 }, /^scenes: 7 scenes cannot share 2 words/],
    [{ topic: 'Goats' }, /^topic: writing a script/],
    [{ script: 'Hello.', logo: 'owners/ben/uploads/abc.png' }, /^logo: .* is no upload of yours/],
    [{ script: 'Hello.', webhookUrl: 'http://a.example' }, /^webhookUrl: must be an https address/],
    [{ script: 'Hello.', webhookUrl: 'https://169.254.169.254/' }, /^webhookUrl/],
    [{ script: 'Hello.', models: { narrate: 'openai' } }, /^models\.narrate/],
  ])('makes nothing of %j', async (raw, message) => {
    const { videos, ports, started } = world()
    await expect(submit(ports, { owner: 'ann', request: parseRequest(raw) })).rejects.toThrow(message)
    expect(started).toEqual([])
    expect((await videos.list('ann')).videos).toEqual([])
  })

  it('makes one video of one idempotency key, and refuses the key for another request', async () => {
    const { ports, started } = world()
    const wish = { owner: 'ann', request, idempotencyKey: 'a' }
    const [first, second] = [await submit(ports, wish), await submit(ports, wish)]
    expect(second.id).toBe(first.id)
    expect(started).toHaveLength(1)
    const other = { ...wish, request: parseRequest({ script: 'Another.' }) }
    await expect(submit(ports, other)).rejects.toThrow(/^Idempotency-Key: it was used for another request/)
    expect((await submit(ports, { ...other, owner: 'ben' })).id).not.toBe(first.id)
  })

  it('makes one video of one id, and leaves what is past waiting alone', async () => {
    const { videos, ports, started } = world()
    const wish = { owner: 'ann', request, id: videoIdOf('inbox', 'a') }
    const { id } = await submit(ports, wish)
    await videos.update(id, 2, { status: 'done' })
    expect(await submit(ports, wish)).toMatchObject({ id, status: 'done' })
    expect(started).toHaveLength(1)
    await expect(submit(ports, { ...wish, owner: 'ben' })).rejects.toThrow('exists already')
  })

  it('goes on with a video that was recorded and never started, under the same attempt', async () => {
    const { videos, ports, started } = world()
    const wish = { owner: 'ann', request, id: videoIdOf('inbox', 'b') }
    const dying = { ...ports, start: () => Promise.reject(new Error('killed')) }
    await expect(submit(dying, wish)).rejects.toThrow('killed')
    expect(await videos.get(wish.id)).toMatchObject({ status: 'queued' })
    expect(await submit(ports, wish)).toMatchObject({ status: 'running' })
    expect(started).toEqual([`${wish.id}-1`])
  })

  it('stops what it has started when the video was cancelled meanwhile', async () => {
    const { videos, ports, started, stopped } = world()
    const cancelling: SubmitPorts = {
      ...ports,
      start: async (id, attempt) => {
        await ports.start(id, attempt)
        await videos.update(id, 1, { status: 'cancelled' })
      },
    }
    const video = await submit(cancelling, { owner: 'ann', request })
    expect(video.status).toBe('cancelled')
    expect(stopped).toEqual(started)
    expect(await begin(ports, video)).toMatchObject({ status: 'cancelled' })
    expect(started).toHaveLength(1)
  })
})
