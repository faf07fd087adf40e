// What every Webhooks store promises. `make` gives an empty one.
import { beforeEach, describe, expect, test } from 'vitest'
import { newVideoId } from '../../core/submit.ts'
import type { WebhookMessage, Webhooks } from '../../core/webhooks.ts'
import { messageId } from '../../core/webhooks/messages.ts'

/** Seconds from now, in ISO 8601. */
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()
const start = Date.now()

export function newMessage(fields: Partial<WebhookMessage> = {}): WebhookMessage {
  const videoId = fields.videoId ?? newVideoId()
  return {
    id: messageId(videoId, crypto.randomUUID()),
    videoId,
    owner: 'ann',
    url: 'https://example.com/hook',
    type: 'video.started',
    body: '{"type":"video.started"}',
    createdAt: at(0),
    state: 'waiting',
    attempts: 0,
    nextAttemptAt: at(0),
    ...fields,
  }
}

export function webhooksContract(name: string, make: () => Webhooks | Promise<Webhooks>) {
  describe(`${name} as a store of webhooks`, () => {
    let store: Webhooks
    beforeEach(async () => {
      store = await make()
    })
    const dueIds = async (now: string, limit = 10) => (await store.due(now, limit)).map(({ id }) => id)

    test('keeps a message as it is, and the first under an id', async () => {
      const message = newMessage()
      await store.put(message)
      await store.put({ ...message, body: 'another' })
      expect(await store.get(message.id)).toEqual(message)
      expect(await store.get(newMessage().id)).toBeUndefined()
      expect(await store.get('no id of a message')).toBeUndefined()
    })

    test('gives what is due, earliest first, and nothing that is not', async () => {
      const messages = [3, 1, 2, 60].map((seconds) => newMessage({ nextAttemptAt: at(seconds) }))
      for (const message of messages) await store.put(message)
      const [third, first, second] = messages.map(({ id }) => id)
      expect(await dueIds(at(3))).toEqual([first, second, third])
      expect(await dueIds(at(3), 2)).toEqual([first, second])
      expect(await dueIds(at(0))).toEqual([])
      await store.update(first!, { state: 'delivered', nextAttemptAt: undefined, deliveredAt: at(4) })
      await store.update(second!, { nextAttemptAt: at(50) })
      expect(await dueIds(at(10))).toEqual([third])
      expect(await store.get(first!)).toMatchObject({ state: 'delivered', deliveredAt: at(4) })
      expect(await store.get(first!)).not.toHaveProperty('nextAttemptAt', expect.anything())
    })

    test('of many who claim a message at once, one gets it', async () => {
      const message = newMessage()
      await store.put(message)
      const claims = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          store.update(message.id, { nextAttemptAt: at(30 + index), attempts: 1 }, message.nextAttemptAt),
        ),
      )
      expect(claims.filter(Boolean)).toHaveLength(1)
      expect(await dueIds(at(1))).toEqual([])
      expect(await dueIds(at(60))).toEqual([message.id])
    })

    test('what was delivered, or is not there, cannot be claimed; it can be replayed', async () => {
      const message = newMessage()
      expect(await store.update(message.id, { attempts: 1 }, message.nextAttemptAt)).toBe(false)
      expect(await store.update(message.id, { attempts: 1 })).toBe(false)
      await store.put(message)
      await store.update(message.id, { state: 'given-up', lastAnswer: '500', nextAttemptAt: undefined })
      expect(await store.update(message.id, { attempts: 1 }, message.nextAttemptAt)).toBe(false)
      expect(await store.update(message.id, { state: 'waiting', attempts: 0, nextAttemptAt: at(5) })).toBe(true)
      expect(await dueIds(at(5))).toEqual([message.id])
      expect(await store.get(message.id)).toMatchObject({ body: message.body, lastAnswer: '500' })
    })

    test('lists an owner’s own, newest first', async () => {
      const [older, newer] = [newMessage({ createdAt: at(-20) }), newMessage({ createdAt: at(-10) })]
      const sameVideo = newMessage({ videoId: older.videoId, createdAt: at(-5) })
      const others = newMessage({ videoId: older.videoId, owner: 'ben' })
      for (const message of [newer, older, sameVideo, others]) await store.put(message)
      const listed = async (...of: Parameters<Webhooks['list']>) => (await store.list(...of)).map(({ id }) => id)
      expect(await listed('ann')).toEqual([sameVideo.id, newer.id, older.id])
      expect(await listed('ann', { limit: 2 })).toEqual([sameVideo.id, newer.id])
      expect(await listed('ann', { videoId: older.videoId })).toEqual([sameVideo.id, older.id])
      expect(await listed('ann', { videoId: older.videoId, limit: 1 })).toEqual([sameVideo.id])
      expect(await listed('ben')).toEqual([others.id])
      expect(await listed('cleo')).toEqual([])
    })

    test('forgets what is about a video, and nothing else', async () => {
      const [gone, kept] = [newMessage(), newMessage()]
      const goneToo = newMessage({ videoId: gone.videoId })
      for (const message of [gone, goneToo, kept]) await store.put(message)
      await store.forget(gone.videoId)
      expect(await dueIds(at(1))).toEqual([kept.id])
      expect([await store.get(gone.id), await store.get(goneToo.id)]).toEqual([undefined, undefined])
    })

    test('shows no message after its 30 days', async () => {
      const old = newMessage({ createdAt: at(-31 * 86_400) })
      await store.put(old)
      await store.put(newMessage({ createdAt: at(-29 * 86_400) }))
      expect(await store.get(old.id)).toBeUndefined()
      expect(await dueIds(at(0))).toHaveLength(1)
      expect(await store.list('ann')).toHaveLength(1)
    })

    test('makes an owner’s secret once, however many ask at once', async () => {
      const asked = await Promise.all(Array.from({ length: 5 }, () => store.secret('ann')))
      expect(new Set(asked).size).toBe(1)
      expect(asked[0]).toMatch(/^whsec_[A-Za-z0-9+/]{32}$/)
      expect(await store.secret('ben')).not.toBe(asked[0])
      expect(await store.signingSecrets('ann', at(0))).toEqual([asked[0]])
    })

    test('a secret that was replaced signs for another 24 hours', async () => {
      const first = await store.secret('ann')
      const second = await store.rotateSecret('ann', at(0))
      expect(await store.secret('ann')).toBe(second)
      expect(await store.signingSecrets('ann', at(86_399))).toEqual([second, first])
      expect(await store.signingSecrets('ann', at(86_401))).toEqual([second])
      const third = await store.rotateSecret('ann', at(50_000))
      expect(await store.signingSecrets('ann', at(86_401))).toEqual([third, second])
      const [newest, ...older] = await Promise.all([1, 2].map(() => store.rotateSecret('ann', at(50_001))))
      expect(older).toHaveLength(1)
      expect([newest, ...older]).toContain(await store.secret('ann'))
      expect(await store.signingSecrets('ann', at(50_002))).toHaveLength(3)
    })
  })
}
