// The ledger: an asset is made once, and every call that is made for it is recorded before it goes out.
import { reservedFor } from './cost.ts'
import { BudgetError, ServiceError } from './errors.ts'
import { receiptKey, refusalKey } from './keys.ts'
import type { CallOutcome, CallRecord, Charge, Intent, Making, ObjectStore, VideoRecord } from './ports.ts'
import type { StagePorts } from './stage.ts'

/** `key`: the asset. `about`: for people, what is out of the ordinary about the call ('with a softened prompt'). */
export type Purchase = {
  video: Pick<VideoRecord, 'id' | 'request'>
  stage: string
  scene?: number
  key: string
  /** Who is to make it. */
  by: { provider: string; model: string }
  about?: string
}
type Ledger = Pick<StagePorts, 'objects' | 'videos' | 'now' | 'signal'>
/** What is kept under an asset's key. */
export type Body = { bytes: Uint8Array; contentType: string }
type Receipt = { videoId: string; calls: { key: string; charges: Charge[] }[] }

/**
 * Makes an asset unless it is there already. `make` stores everything else that belongs to the asset and gives the
 * body to be kept under `key`, which is written last: "it exists" means "it is whole".
 * The order is intent, call, asset, receipt, settlement. The asset comes straight after the call, cancelled meanwhile
 * or not, so that what was paid for is not bought again. Killed before it, the intent stays in the bill as one without
 * a result, beside the call of the next try; killed after it, the next run settles from the receipt, if it is there.
 * A refusal is a result too: it is kept, and the same thing is never asked again. Throws what `make` throws.
 */
export async function once(ledger: Ledger, purchase: Purchase, make: (making: Making) => Promise<Body>): Promise<void> {
  await oneAtATime(ledger.objects, purchase.key, async () => {
    const { objects, videos, signal } = ledger
    const { key, video } = purchase
    const tries = (await videos.calls(video.id)).filter((call) => assetOf(call) === key)
    if (await objects.head(key)) return settleMade(ledger, purchase, tries)
    if (await objects.head(refusalKey(key))) throw await keptRefusal(ledger, purchase, tries)
    signal.throwIfAborted()
    const answered: Receipt['calls'] = []
    let number = tries.length
    const making: Making = {
      signal,
      buy: async (intent, call) => {
        const callKey = `${key}#${++number}`
        await reserve(ledger, purchase, callKey, intent)
        try {
          const { made, charges } = await call()
          answered.push({ key: callKey, charges })
          return made
        } catch (error) {
          await settleFailure(ledger, purchase, callKey, error)
          throw error
        }
      },
    }
    const body = await make(making).catch(async (error: unknown) => {
      // In the words in which it is kept: what is made of them is the same whenever the refusal is met.
      throw (await objects.head(refusalKey(key))) ? await keptRefusal(ledger, purchase, tries) : error
    })
    await objects.put(key, body.bytes, { contentType: body.contentType })
    const receipt: Receipt = { videoId: video.id, calls: answered }
    await objects.put(receiptKey(key), json(receipt), { contentType: 'application/json' })
    await settleAll(ledger, receipt)
  })
}

/** The same for an asset that is a JSON value; gives the value. */
export async function onceJson<Value>(
  ledger: Ledger,
  purchase: Purchase,
  make: (making: Making) => Promise<Value>,
): Promise<Value> {
  await once(ledger, purchase, async (making) => ({
    bytes: json(await make(making)),
    contentType: 'application/json',
  }))
  return (await readJson(ledger.objects, purchase.key)) as Value
}

const underWay = new WeakMap<ObjectStore, Map<string, Promise<void>>>()

/** Two videos of one process that want the same asset: the second finds what the first has made. */
async function oneAtATime(objects: ObjectStore, key: string, work: () => Promise<void>): Promise<void> {
  const running = underWay.get(objects) ?? new Map<string, Promise<void>>()
  underWay.set(objects, running)
  while (running.has(key)) await running.get(key)!.catch(() => {})
  const mine = work().finally(() => running.delete(key))
  running.set(key, mine)
  await mine
}

/**
 * Records the intent, then looks whether the video can afford it: whoever else does so at this moment sees it, too.
 * Calls that never came back may have been charged, so they count.
 */
async function reserve(ledger: Ledger, { video, stage, scene, about }: Purchase, key: string, intent: Intent) {
  const { videos, now } = ledger
  await videos.recordCall(video.id, { key, stage, scene, about, ...intent, startedAt: now().toISOString() })
  const { maxCostUsd } = video.request
  if (maxCostUsd === undefined || intent.estimateMicroUsd === 0) return
  const reservedMicroUsd = (await videos.calls(video.id)).reduce((sum, call) => sum + reservedFor(call), 0)
  if (reservedMicroUsd <= maxCostUsd * 1e6) return
  const already = usd(reservedMicroUsd - intent.estimateMicroUsd)
  const error = new BudgetError(
    `maxCostUsd: the next call (${intent.model}, at most ${usd(intent.estimateMicroUsd)}) could pass ${usd(maxCostUsd * 1e6)}, of which ${already} is spent or reserved; try it again with a higher maxCostUsd, or make it anew with a cheaper preset: what was bought is used`,
  )
  await settle(ledger, video.id, key, { charges: [], outcome: 'not made', reason: 'maxCostUsd' })
  throw error
}

function usd(microUsd: number): string {
  return `$${(microUsd / 1e6).toFixed(microUsd < 100_000 ? 4 : 2)}`
}

async function settleFailure(ledger: Ledger, { video, key }: Purchase, callKey: string, error: unknown) {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  if (name === 'RefusedError')
    await ledger.objects.put(refusalKey(key), json({ message }), { contentType: 'application/json' })
  const charges = error instanceof ServiceError ? error.charges : undefined
  const outcome: CallOutcome = charges === undefined ? 'lost' : name === 'RefusedError' ? 'refused' : 'failed'
  await settle(ledger, video.id, callKey, { charges: charges ?? [], outcome, reason: message })
}

async function keptRefusal(ledger: Ledger, purchase: Purchase, tries: CallRecord[]): Promise<ServiceError> {
  const { message } = (await readJson(ledger.objects, refusalKey(purchase.key))) as { message: string }
  if (tries.length === 0) await note(ledger, purchase, { outcome: 'refused', reason: message })
  return new ServiceError('RefusedError', message, { charges: [] })
}

/** What was found made or refused, by this or another video, shows among this video's calls. It cost nothing. */
async function note(
  ledger: Ledger,
  { video, stage, scene, key, by, about }: Purchase,
  found: { outcome: CallOutcome; reason?: string },
) {
  if ((await ledger.videos.calls(video.id)).some((call) => assetOf(call) === key)) return
  const { provider, model } = by
  const startedAt = ledger.now().toISOString()
  await ledger.videos.recordCall(video.id, { key, stage, scene, about, provider, model, startedAt })
  await settle(ledger, video.id, key, { charges: [], ...found })
}

async function settleMade(ledger: Ledger, purchase: Purchase, tries: CallRecord[]) {
  const { video, key, by } = purchase
  if (tries.length === 0) return note(ledger, purchase, { outcome: 'made' })
  const open = tries.filter(({ settledAt }) => settledAt === undefined)
  if (open.length === 0) return
  const receipt = (await ledger.objects.head(receiptKey(key)))
    ? ((await readJson(ledger.objects, receiptKey(key))) as Receipt)
    : { videoId: video.id, calls: [{ key: open.at(-1)!.key, charges: [supposed(open.at(-1)!, by)] }] }
  if (receipt.videoId === video.id)
    await settleAll(ledger, {
      ...receipt,
      calls: receipt.calls.filter((call) => open.some((it) => it.key === call.key)),
    })
}

/** Killed between the asset and its receipt: the last call has made it, for about what was reserved. */
function supposed({ estimateMicroUsd = 0 }: CallRecord, { provider, model }: Purchase['by']): Charge {
  return { provider, model, unit: 'calls', units: 1, costMicroUsd: estimateMicroUsd }
}

async function settleAll(ledger: Ledger, { videoId, calls }: Receipt) {
  for (const { key, charges } of calls) await settle(ledger, videoId, key, { charges, outcome: 'made' })
}

async function settle(
  { videos, now }: Ledger,
  videoId: string,
  key: string,
  came: { charges: Charge[]; outcome: CallOutcome; reason?: string },
) {
  await videos.settleCall(videoId, key, { settledAt: now().toISOString(), ...came })
}

/** Every try for an asset has '#1', '#2' and so on behind the asset's key. */
export function assetOf({ key }: Pick<CallRecord, 'key'>): string {
  return key.replace(/#\d+$/, '')
}

export async function readJson(objects: Pick<StagePorts['objects'], 'get'>, key: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await objects.get(key)))
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}
