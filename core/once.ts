import type { Billed, Charge } from './ports.ts'
import { receiptKey } from './keys.ts'
import type { StagePorts } from './stage.ts'

export type Purchase = { videoId: string; stage: string; scene?: number; provider: string; key: string }

/**
 * Makes an asset unless it is there already. `make` stores everything else that belongs to the asset and gives the
 * body to be kept under `key`, which is written last: "it exists" means "it is whole".
 * The order is intent, call, receipt, asset, settlement. Killed between any two, the next run either finds the asset
 * and settles from its receipt, or finds an intent without a result, which the bill shows.
 */
export async function once(
  ports: StagePorts,
  { key, videoId, ...call }: Purchase,
  contentType: string,
  make: () => Promise<Billed<Uint8Array>>,
): Promise<void> {
  const { objects, videos, now } = ports
  if (await objects.head(key)) return settleFromReceipt(ports, videoId, key)
  await videos.recordCall(videoId, { key, ...call, startedAt: now().toISOString() })
  const { made, charges } = await make()
  ports.signal.throwIfAborted()
  await objects.put(receiptKey(key), json(charges), { contentType: 'application/json' })
  await objects.put(key, made, { contentType })
  await videos.settleCall(videoId, key, { settledAt: now().toISOString(), charges })
}

async function settleFromReceipt({ objects, videos, now }: StagePorts, videoId: string, key: string) {
  const open = (await videos.calls(videoId)).some((call) => call.key === key && !call.settledAt)
  if (!open) return
  const charges = (await readJson(objects, receiptKey(key))) as Charge[]
  await videos.settleCall(videoId, key, { settledAt: now().toISOString(), charges })
}

export async function readJson(objects: StagePorts['objects'], key: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode(await objects.get(key)))
}

export function json(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`)
}
