// Two videos at once that want the same thing made have it made once.
import { refusalKey } from '../core/keys.ts'
import type { ObjectStore } from '../core/ports.ts'
import { clock, wait } from '../providers/calls/clock.ts'
import type { Claims } from '../stores/videos/dynamodb/claims.ts'

/** Short and renewed: what a function that died had claimed is free again soon. */
const claimSeconds = 45
const renewMs = 15_000
const lookMs = 1000

export type Claim = { claims: Claims; objects: Pick<ObjectStore, 'head'>; holder: string; signal: AbortSignal }

/**
 * Runs `work` while nobody else has the claim on the asset's key. While somebody has, it is looked every second or so
 * whether the asset is there, or refused: then `work`, which finds it, runs without a claim. Throws the signal's reason
 * when it fires meanwhile.
 */
export async function claimed<Made>(key: string, claim: Claim, work: () => Promise<Made>): Promise<Made> {
  const { claims, objects, holder, signal } = claim
  while (!(await claims.take(key, holder, claimSeconds))) {
    await wait(lookMs * (0.75 + clock.random() / 2), signal)
    if ((await objects.head(key)) ?? (await objects.head(refusalKey(key)))) return work()
  }
  // A renewal that fails is made up for by the next one.
  const renewal = setInterval(() => void claims.take(key, holder, claimSeconds).catch(() => {}), renewMs)
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    // It runs out by itself.
    await claims.release(key, holder).catch(() => {})
  }
}
