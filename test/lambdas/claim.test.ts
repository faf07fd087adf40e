import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { TransientError } from '../../core/errors.ts'
import { refusalKey } from '../../core/keys.ts'
import { claimed } from '../../lambdas/claim.ts'
import { clock } from '../../providers/calls/clock.ts'
import { openAwsStores } from '../../stores/aws.ts'
import { startDynamo } from '../loopback/dynamodb.ts'
import { startS3 } from '../loopback/s3.ts'

const key = (name: string) => `owners/me/assets/picture/${name}.jpg`
const picture = { contentType: 'image/jpeg' }
let servers: { close: () => unknown }[]
let stores: ReturnType<typeof openAwsStores>
/** Runs with every look for the asset; each of those is a moment away. */
let onWait = () => {}
clock.timer = (run) => {
  onWait()
  return setTimeout(run, 5)
}

beforeAll(async () => {
  const [s3, dynamo] = await Promise.all([startS3({ buckets: ['work'] }), startDynamo()])
  servers = [s3, dynamo]
  Object.assign(process.env, s3.environment, dynamo.environment, { CLIPFORGE_WORK_BUCKET: 'work' })
  stores = openAwsStores()
})
afterAll(async () => {
  for (const server of servers) await server.close()
})
beforeEach(() => {
  onWait = () => {}
})

function claimOf(holder: string, signal = new AbortController().signal) {
  return { claims: stores.claims, objects: stores.objects, holder, signal }
}

describe('a claim on an asset', () => {
  it('keeps everybody else from making it, and they find it', async () => {
    const made: string[] = []
    const make = (holder: string) =>
      claimed(key('shared'), claimOf(holder), async () => {
        if (await stores.objects.head(key('shared'))) return
        made.push(holder)
        await new Promise((resolve) => setTimeout(resolve, 50))
        await stores.objects.put(key('shared'), new Uint8Array([1]), picture)
      })
    await Promise.all(['one', 'two', 'three'].map(make))
    expect(made).toHaveLength(1)
  })

  it('goes to who waits when its holder has made nothing', async () => {
    await stores.claims.take(key('failed'), 'first', 60)
    let looks = 0
    onWait = () => {
      if (++looks === 3) void stores.claims.release(key('failed'), 'first')
    }
    expect(await claimed(key('failed'), claimOf('second'), async () => 'made')).toBe('made')
  })

  it('is not waited for once the asset was refused: that is found, too', async () => {
    await stores.claims.take(key('refused'), 'first', 60)
    await stores.objects.put(refusalKey(key('refused')), new Uint8Array([1]), picture)
    expect(await claimed(key('refused'), claimOf('second'), async () => 'found')).toBe('found')
  })

  it('is let go of when the work fails', async () => {
    const work = () => Promise.reject(new Error('no'))
    await expect(claimed(key('broken'), claimOf('first'), work)).rejects.toThrow('no')
    expect(await stores.claims.take(key('broken'), 'second', 60)).toBe(true)
  })

  it('is waited for until the time is up', async () => {
    await stores.claims.take(key('slow'), 'first', 60)
    const stop = new AbortController()
    onWait = () => stop.abort(new TransientError('time is up'))
    await expect(claimed(key('slow'), claimOf('second', stop.signal), async () => {})).rejects.toThrow('time is up')
  })
})
