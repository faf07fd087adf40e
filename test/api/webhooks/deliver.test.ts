import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverDue, type SenderPorts } from '../../../api/webhooks/deliver.ts'
import { openPost } from '../../../api/webhooks/post.ts'
import type { WebhookMessage, Webhooks } from '../../../core/webhooks.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteWebhooks } from '../../../stores/webhooks/sqlite.ts'
import { newMessage } from '../../contract/webhooks.ts'
import { startReceiver, status } from './receiver.ts'

let webhooks: Webhooks
let secret = ''
let receiver: Awaited<ReturnType<typeof startReceiver>>
let poster: ReturnType<typeof openPost>
let ports: SenderPorts
const refused: string[] = []
beforeEach(async () => {
  webhooks = openSqliteWebhooks(openDatabase(':memory:'))
  secret = await webhooks.secret('ann')
  receiver = await startReceiver(() => secret)
  open({})
})
afterEach(async () => {
  await poster.close()
  await receiver.close()
})

function open(options: Partial<Parameters<typeof openPost>[0]>) {
  poster = openPost({ allowed: [receiver.host], ...options })
  refused.length = 0
  const onRefused = ({ id }: WebhookMessage, reason: string) => refused.push(`${id} ${reason}`)
  ports = { webhooks, post: poster.post, random: () => 0, onRefused }
}
async function put(fields: Partial<WebhookMessage> = {}): Promise<string> {
  const message = newMessage({ url: receiver.url, ...fields })
  await webhooks.put(message)
  return message.id
}
const later = (seconds: number) => new Date(Date.now() + seconds * 1000)

describe('a round of sending', () => {
  it('sends what is due, signed, once, and notes that it arrived', async () => {
    const id = await put({ body: '{"type":"video.completed","data":{"title":"Grüße 🦊"}}' })
    expect(await deliverDue(ports, later(0))).toBe(1)
    expect(await deliverDue(ports, later(60))).toBe(0)
    expect(receiver.told).toMatchObject([{ id, body: { type: 'video.completed', data: { title: 'Grüße 🦊' } } }])
    expect(receiver.told[0]!.headers).toMatchObject({ 'content-type': 'application/json' })
    const message = await webhooks.get(id)
    expect(message).toMatchObject({ state: 'delivered', attempts: 1, lastAnswer: '204' })
    expect(message).not.toHaveProperty('nextAttemptAt')
  })

  it('tries again under the same id until it is taken', async () => {
    const id = await put()
    receiver.answers.push(status(500), status(503, { 'retry-after': '900' }))
    await deliverDue(ports, later(0))
    expect(await webhooks.get(id)).toMatchObject({ state: 'waiting', attempts: 1, lastAnswer: '500' })
    expect(await deliverDue(ports, later(3))).toBe(0)
    await deliverDue(ports, later(6))
    const { nextAttemptAt = '' } = (await webhooks.get(id))!
    expect((Date.parse(nextAttemptAt) - Date.now()) / 1000).toBeGreaterThan(900)
    // Nobody takes a signature from the future.
    await webhooks.update(id, { nextAttemptAt: later(0).toISOString() })
    await deliverDue(ports, later(0))
    expect(receiver.told.map((each) => each.id)).toEqual([id, id, id])
    expect(await webhooks.get(id)).toMatchObject({ state: 'delivered', attempts: 3 })
  })

  it('signs with the secret before, too, for a day after it was replaced', async () => {
    await webhooks.rotateSecret('ann', new Date().toISOString())
    await put()
    await deliverDue(ports, later(0))
    expect(receiver.told).toHaveLength(1)
    expect(receiver.told[0]!.headers['webhook-signature']!.split(' ')).toHaveLength(2)
    secret = await webhooks.secret('ann')
    await put()
    await deliverDue(ports, later(0))
    expect(receiver.told).toHaveLength(2)
  })

  it('a sender that was killed between sending and writing down leaves the same message to the next', async () => {
    const id = await put()
    const dying = {
      ...webhooks,
      update: (...[of, patch, dueAt]: Parameters<Webhooks['update']>) =>
        patch.state === undefined ? webhooks.update(of, patch, dueAt) : Promise.reject(new Error('killed')),
    }
    await expect(deliverDue({ ...ports, webhooks: dying }, later(0))).rejects.toThrow('killed')
    expect(await deliverDue(ports, later(10))).toBe(0)
    await deliverDue(ports, later(31))
    expect(receiver.told.map((each) => each.id)).toEqual([id, id])
    expect(receiver.told[0]!.body).toEqual(receiver.told[1]!.body)
    expect(await webhooks.get(id)).toMatchObject({ state: 'delivered', attempts: 2 })
  })

  it('two senders at once send each message once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => put()))
    const sent = await Promise.all([deliverDue(ports, later(0)), deliverDue(ports, later(0))])
    expect(sent[0] + sent[1]).toBe(12)
    expect(receiver.told.map(({ id }) => id).toSorted()).toEqual(ids.toSorted())
  })

  it('a host that is silent holds up nobody else', async () => {
    open({ patienceMs: 300 })
    receiver.answers.push(() => {})
    const slow = await put()
    const other = await startReceiver(() => secret)
    await poster.close()
    open({ patienceMs: 300, allowed: [receiver.host, other.host] })
    const quick = await put({ url: other.url })
    await deliverDue(ports, later(0))
    expect(await webhooks.get(slow)).toMatchObject({ state: 'waiting', lastAnswer: 'no answer within 0.3 s' })
    expect(await webhooks.get(quick)).toMatchObject({ state: 'delivered' })
    await other.close()
  })

  it('follows no redirect, and gives up what is gone', async () => {
    const elsewhere = await startReceiver(() => secret)
    receiver.answers.push(status(302, { location: elsewhere.url }), status(410))
    const [redirected, gone] = [await put(), await put({ nextAttemptAt: later(1).toISOString() })]
    await deliverDue(ports, later(2))
    expect(elsewhere.told).toEqual([])
    expect(await webhooks.get(redirected)).toMatchObject({
      state: 'waiting',
      lastAnswer: '302: redirects are not followed',
    })
    expect(await webhooks.get(gone)).toMatchObject({ state: 'given-up', lastAnswer: expect.stringMatching(/^410/) })
    await elsewhere.close()
  })

  it('does not read what is answered at length, nor wait for what never ends', async () => {
    let sentBytes = 0
    receiver.answers.push((response) => {
      response.writeHead(200)
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536))) sentBytes += 65_536
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const id = await put()
    await deliverDue(ports, later(0))
    expect(await webhooks.get(id)).toMatchObject({ state: 'delivered', lastAnswer: '200' })
    expect(sentBytes).toBeLessThan(20_000_000)
    receiver.answers.push((response) => void response.writeHead(200).write('and then nothing'))
    const endless = await put()
    await deliverDue(ports, later(0))
    expect(await webhooks.get(endless)).toMatchObject({ state: 'delivered' })
  })

  it('sends nothing to where it may not, says it once, and goes on with the others', async () => {
    const ids = [
      await put({ url: `http://127.0.0.1:1/` }),
      await put({ url: 'https://u:p@example.com/' }),
      await put({ url: 'no url at all' }),
    ]
    const fine = await put()
    await deliverDue(ports, later(0))
    for (const id of ids) expect(await webhooks.get(id)).toMatchObject({ state: 'given-up', attempts: 1 })
    expect(refused).toHaveLength(3)
    expect(await webhooks.get(fine)).toMatchObject({ state: 'delivered' })
  })
})
