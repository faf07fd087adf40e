import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { billOf } from '../../core/cost.ts'
import { assetKey } from '../../core/keys.ts'
import { once } from '../../core/once.ts'
import type { ObjectStore, VideoStore } from '../../core/ports.ts'
import type { StagePorts } from '../../core/stage.ts'
import { parseRequest } from '../../core/video.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

const key = assetKey('local', 'picture', 'somebody', 'model', 'a goat')
const purchase = { videoId: 'vid_1', stage: 'illustrate', scene: 0, provider: 'somebody', key }
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
  const request = parseRequest({ script: 'A goat.' })
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

const buy = async () => {
  bought++
  return { made: new Uint8Array([1, 2, 3]), charges }
}
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
    await once(portsOf({ objects, videos }), purchase, 'image/jpeg', buy)
    await once(portsOf({ objects, videos }), purchase, 'image/jpeg', buy)
    expect(bought).toBe(1)
    expect([...(await objects.get(key))]).toEqual([1, 2, 3])
    expect(billOf('vid_1', await videos.calls('vid_1'), []).totalMicroUsd).toBe(39_000)
  })

  // The steps: look at earlier calls, look for the asset, intent, [call,] asset, receipt, settlement.
  it.each([
    { fatal: 1, purchases: 1, unsettled: 0 },
    { fatal: 2, purchases: 1, unsettled: 0 },
    { fatal: 3, purchases: 1, unsettled: 0 },
    { fatal: 4, purchases: 2, unsettled: 1 },
    { fatal: 5, purchases: 1, unsettled: 1 },
    { fatal: 6, purchases: 1, unsettled: 0 },
  ])(
    'killed before step $fatal: $purchases purchase(s) in all, and the bill shows $unsettled without a result',
    async ({ fatal, purchases, unsettled }) => {
      await expect(once(portsOf(dyingAt(fatal)), purchase, 'image/jpeg', buy)).rejects.toThrow('killed')
      await once(portsOf({ objects, videos }), purchase, 'image/jpeg', buy)
      await once(portsOf({ objects, videos }), purchase, 'image/jpeg', buy)
      const bill = billOf('vid_1', await videos.calls('vid_1'), [])
      expect([bought, bill.unsettled.length]).toEqual([purchases, unsettled])
      // Every purchase is in the bill: with what it cost, or as one that may have cost something.
      expect(bill.lines.length + bill.unsettled.length).toBe(purchases)
      expect([...(await objects.get(key))]).toEqual([1, 2, 3])
    },
  )

  it('keeps what was paid for when it is cancelled during the call', async () => {
    const stop = new AbortController()
    const cancelled = async () => {
      stop.abort(new Error('cancelled'))
      return buy()
    }
    await once({ ...portsOf({ objects, videos }), signal: stop.signal }, purchase, 'image/jpeg', cancelled)
    expect(await objects.head(key)).toBeDefined()
  })

  it('shows a call that never came back as unsettled', async () => {
    const hangsUp = async () => {
      throw new Error('killed')
    }
    await expect(once(portsOf({ objects, videos }), purchase, 'image/jpeg', hangsUp)).rejects.toThrow('killed')
    expect(billOf('vid_1', await videos.calls('vid_1'), []).unsettled).toHaveLength(1)
    expect(await objects.head(key)).toBeUndefined()
  })
})
