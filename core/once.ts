import type { Billed, CallRecord, Charge } from './ports.ts'
import { receiptKey } from './keys.ts'
import type { StagePorts } from './stage.ts'

export type Purchase = { videoId: string; stage: string; scene?: number; provider: string; key: string }

/**
 * Makes an asset unless it is there already. `make` stores everything else that belongs to the asset and gives the
 * body to be kept under `key`, which is written last: "it exists" means "it is whole".
 * The order is intent, call, asset, receipt, settlement. The asset comes straight after the call, cancelled meanwhile
 * or not, so that what was paid for is not bought again. Killed before it, the intent stays in the bill as one without
 * a result, beside the call of the next try; killed after it, the next run settles from the receipt, if it is there.
 */
export async function once(
  ports: StagePorts,
  { key, videoId, ...call }: Purchase,
  contentType: string,
  make: () => Promise<Billed<Uint8Array>>,
): Promise<void> {
  const { objects, videos, now } = ports
  const tries = (await videos.calls(videoId)).filter((earlier) => assetOf(earlier) === key)
  if (await objects.head(key)) return settleFromReceipt(ports, videoId, tries)
  const callKey = tries.length === 0 ? key : `${key}#${tries.length + 1}`
  await videos.recordCall(videoId, { key: callKey, ...call, startedAt: now().toISOString() })
  const { made, charges } = await make()
  await objects.put(key, made, { contentType })
  await objects.put(receiptKey(key), json(charges), { contentType: 'application/json' })
  await videos.settleCall(videoId, callKey, { settledAt: now().toISOString(), charges })
}

/** A further try for an asset has '#2' and so on behind the asset's key. */
function assetOf({ key }: CallRecord): string {
  return key.replace(/#\d+$/, '')
}

async function settleFromReceipt({ objects, videos, now }: StagePorts, videoId: string, tries: CallRecord[]) {
  const last = tries.at(-1)
  if (!last || last.settledAt || !(await objects.head(receiptKey(assetOf(last))))) return
  const charges = (await readJson(objects, receiptKey(assetOf(last)))) as Charge[]
  await videos.settleCall(videoId, last.key, { settledAt: now().toISOString(), charges })
}

export async function readJson(objects: StagePorts['objects'], key: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await objects.get(key)))
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}
