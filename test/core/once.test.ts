import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { billOf } from '../../core/cost.ts'
import { assetKey } from '../../core/keys.ts'
import { type Body, once } from '../../core/once.ts'
import { ServiceError } from '../../core/errors.ts'
import type { Making, ObjectStore, VideoStore } from '../../core/ports.ts'
import type { StagePorts } from '../../core/stage.ts'
import { parseRequest } from '../../core/video.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

const key = assetKey('local', 'picture', 'somebody', 'model', 'a goat')
const request = parseRequest({ script: 'A goat.' })
const by = { provider: 'somebody', model: 'model' }
const purchase = { video: { id: 'vid_1', request }, stage: 'illustrate', scene: 0, key, by }
const intent = { provider: 'somebody', model: 'model', estimateMicroUsd: 40_000 }
const charges = [{ provider: 'somebody', model: 'model', unit: 'images', units: 1, costMicroUsd: 39_000 }]

let dir: string
let db: ReturnType<typeof openDatabase>
let objects: ObjectStore
let videos: VideoStore
let bought: number

beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'once-'))
  db = openDatabase(join(dir, 'test.db'))
  objects = openDiskObjects({ dir: join(dir, 'objects'), db })
  videos = openSqliteVideos(db)
  bought = 0
  await videos.create({
    id: 'vid_1',
    owner: 'local',
    createdAt: new Date().toISOString(),
    status: 'running',
    request,
    notices: [],
  })
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

const picture = { bytes: new Uint8Array([1, 2, 3]), contentType: 'image/jpeg' }
const answer = async () => {
  bought++
  return { made: picture, charges }
}
const make = ({ buy }: Making) => buy(intent, answer)
const portsOf = (stores: { objects: ObjectStore; videos: VideoStore }) =>
  ({ ...stores, now: () => new Date(), signal: new AbortController().signal }) as StagePorts

/** The process dies before its `fatal`-th step on either store. */
function dyingAt(fatal: number) {
  let step = 0
  const mortal = <Store extends object>(store: Store) =>
    new Proxy(store, {
      get:
        (target, name) =>
        (...args: unknown[]) => {
          if (++step >= fatal) throw new Error('killed')
          return (target[name as keyof Store] as (...args: unknown[]) => unknown)(...args)
        },
    })
  return { objects: mortal(objects), videos: mortal(videos) }
}

describe('once', () => {
  it('makes an asset the first time and never again', async () => {
    await once(portsOf({ objects, videos }), purchase, make)
    await once(portsOf({ objects, videos }), purchase, make)
    expect(bought).toBe(1)
    expect([...(await objects.get(key))]).toEqual([1, 2, 3])
    expect(billOf('vid_1', await videos.calls('vid_1'), []).totalMicroUsd).toBe(39_000)
  })

  // The steps: look at earlier calls, for the asset, for a refusal, intent, [call,] asset, receipt, settlement.
  it.each([
    { fatal: 1, purchases: 1, unsettled: 0 },
    { fatal: 2, purchases: 1, unsettled: 0 },
    { fatal: 3, purchases: 1, unsettled: 0 },
    { fatal: 4, purchases: 1, unsettled: 0 },
    { fatal: 5, purchases: 2, unsettled: 1 },
    { fatal: 6, purchases: 1, unsettled: 0 },
    { fatal: 7, purchases: 1, unsettled: 0 },
  ])(
    'killed before step $fatal: $purchases purchase(s) in all, and the bill shows $unsettled without a result',
    async ({ fatal, purchases, unsettled }) => {
      await expect(once(portsOf(dyingAt(fatal)), purchase, make)).rejects.toThrow('killed')
      await once(portsOf({ objects, videos }), purchase, make)
      await once(portsOf({ objects, videos }), purchase, make)
      const bill = billOf('vid_1', await videos.calls('vid_1'), [])
      expect([bought, bill.unsettled.length]).toEqual([purchases, unsettled])
      // Every purchase is in the bill: with what it cost, or as one that may have cost something.
      expect(bill.lines.length + bill.unsettled.length).toBe(purchases)
      expect([...(await objects.get(key))]).toEqual([1, 2, 3])
    },
  )

  it('keeps what was paid for when it is cancelled during the call', async () => {
    const stop = new AbortController()
    const cancelled = ({ buy }: Making) =>
      buy(intent, () => {
        stop.abort(new Error('cancelled'))
        return answer()
      })
    await once({ ...portsOf({ objects, videos }), signal: stop.signal }, purchase, cancelled)
    expect(await objects.head(key)).toBeDefined()
  })

  it('shows a call that never came back as unsettled', async () => {
    const hangsUp = ({ buy }: Making) =>
      buy<Body>(intent, async () => {
        throw new Error('killed')
      })
    await expect(once(portsOf({ objects, videos }), purchase, hangsUp)).rejects.toThrow('killed')
    expect(billOf('vid_1', await videos.calls('vid_1'), []).unsettled).toHaveLength(1)
    expect(await objects.head(key)).toBeUndefined()
  })

  it('buys once for two videos that want the same at the same moment', async () => {
    await videos.create({ ...(await videos.get('vid_1'))!, id: 'vid_2' })
    const other = { ...purchase, video: { id: 'vid_2', request } }
    const ports = portsOf({ objects, videos })
    await Promise.all([once(ports, purchase, make), once(ports, other, make)])
    expect(bought).toBe(1)
    const bills = await Promise.all(['vid_1', 'vid_2'].map(async (id) => billOf(id, await videos.calls(id), [])))
    expect(bills.map(({ totalMicroUsd }) => totalMicroUsd)).toEqual([39_000, 0])
    expect((await videos.calls('vid_2'))[0]).toMatchObject({ ...by, outcome: 'made' })
  })

  it('bills an answer that was of no use, and the one after it', async () => {
    const twice = async (making: Making) => {
      const broken = new ServiceError('BrokenAnswerError', 'somebody sent half a picture', { charges })
      await making.buy(intent, () => Promise.reject(broken)).catch(() => {})
      return make(making)
    }
    await once(portsOf({ objects, videos }), purchase, twice)
    const bill = billOf('vid_1', await videos.calls('vid_1'), [])
    expect(bill.totalMicroUsd).toBe(78_000)
    expect(bill.failures).toMatchObject([{ outcome: 'failed', reason: 'somebody sent half a picture', scene: 0 }])
    expect(bill.unsettled).toEqual([])
  })

  it('keeps a refusal and never asks again, in this video or another', async () => {
    await videos.create({ ...(await videos.get('vid_1'))!, id: 'vid_2' })
    const refuses = ({ buy }: Making) =>
      buy<Body>(intent, () => {
        bought++
        throw new ServiceError('RefusedError', 'somebody refused the goat', { charges: [] })
      })
    const ports = portsOf({ objects, videos })
    const asked = [purchase, purchase, { ...purchase, video: { id: 'vid_2', request } }]
    for (const wanted of asked)
      await expect(once(ports, wanted, refuses)).rejects.toMatchObject({
        name: 'RefusedError',
        message: 'somebody refused the goat',
      })
    expect(bought).toBe(1)
    const kept = billOf('vid_2', await videos.calls('vid_2'), [])
    expect(kept.failures).toMatchObject([{ outcome: 'refused', reason: 'somebody refused the goat' }])
  })

  describe('with a maxCostUsd', () => {
    const capped = (maxCostUsd: number, asset: string) => ({
      ...purchase,
      video: { id: 'vid_1', request: { ...request, maxCostUsd } },
      key: assetKey('local', 'picture', asset),
    })

    it('calls as long as it is sure to suffice, and not once more', async () => {
      const ports = portsOf({ objects, videos })
      await once(ports, capped(0.08, 'one'), make)
      await once(ports, capped(0.08, 'two'), make)
      await expect(once(ports, capped(0.08, 'three'), make)).rejects.toMatchObject({
        name: 'BudgetError',
        message: expect.stringMatching(/^maxCostUsd: .*\$0\.0800, of which \$0\.0780 is spent/) as string,
      })
      expect(bought).toBe(2)
    })

    it('is never passed by calls made at once', async () => {
      const ports = portsOf({ objects, videos })
      const all = Array.from({ length: 7 }, (_, i) => once(ports, capped(0.13, `at once ${i}`), make))
      await Promise.allSettled(all)
      const bill = billOf('vid_1', await videos.calls('vid_1'), [])
      expect(bill.totalMicroUsd).toBeLessThanOrEqual(130_000)
      expect(bill.totalMicroUsd).toBe(bought * 39_000)
    })

    it('counts a call that never came back at what was reserved for it', async () => {
      const lost = ({ buy }: Making) => buy<Body>(intent, () => Promise.reject(new Error('cut off')))
      const ports = portsOf({ objects, videos })
      await expect(once(ports, capped(0.06, 'lost'), lost)).rejects.toThrow('cut off')
      await expect(once(ports, capped(0.06, 'next'), make)).rejects.toMatchObject({ name: 'BudgetError' })
      expect(billOf('vid_1', await videos.calls('vid_1'), []).unsettled).toMatchObject([{ estimateMicroUsd: 40_000 }])
    })
  })
})
