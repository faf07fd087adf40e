// Somebody's alone for a while, over any number of machines.
import { claimKey } from './schema.ts'
import type { Table } from './table.ts'

export type Claims = {
  /** Gives false while somebody else has it and its time is not up. Who has it may take it again, for longer. */
  take: (key: string, holder: string, seconds: number) => Promise<boolean>
  /** Nothing happens when `holder` does not have it (any more). */
  release: (key: string, holder: string) => Promise<void>
}

export function openClaims(table: Table): Claims {
  return {
    take(key, holder, seconds) {
      const untilMs = Date.now() + seconds * 1000
      return table.put(
        { ...claimKey(key), holder, untilMs, expiresAt: Math.ceil(untilMs / 1000) },
        {
          expression: 'attribute_not_exists(#pk) OR #holder = :holder OR #untilMs < :now',
          values: { holder, now: Date.now() },
        },
      )
    },

    async release(key, holder) {
      await table.remove(claimKey(key), { expression: '#holder = :holder', values: { holder } })
    },
  }
}
