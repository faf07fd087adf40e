// The secrets that an owner's messages are signed with. Both sides need them in full, so they are kept as they are.
import { randomBytes } from 'node:crypto'

/** `until`: ISO 8601, of one that was replaced. */
export type KeptSecret = { secret: string; until?: string }

const overlapMs = 24 * 60 * 60 * 1000
/** Each is a signature in every message. Who rotates more often within a day does it to be rid of the older ones. */
const mostKept = 3

/** 24 bytes of randomness: what Standard Webhooks recommends at the least. */
export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

/** Newest first. */
export function rotated(kept: KeptSecret[], secret: string, now: string): KeptSecret[] {
  const until = new Date(Date.parse(now) + overlapMs).toISOString()
  const older = kept.filter((each) => signs(each, now)).map((each) => ({ until, ...each }))
  return [{ secret }, ...older].slice(0, mostKept)
}

export function signingAt(kept: KeptSecret[], now: string): string[] {
  return kept.filter((each) => signs(each, now)).map(({ secret }) => secret)
}

function signs({ until }: KeptSecret, now: string): boolean {
  return until === undefined || until > now
}
