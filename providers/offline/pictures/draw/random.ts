// What is done with chance; chance itself is seeded, so the same seed gives the same picture on every machine.

/** Numbers in 0…1, one a call, as core/random.ts gives them. */
export type Random = () => number

/** A 32-bit number from any text (FNV-1a). */
export function hash(text: string): number {
  let value = 2166136261
  for (const character of text) {
    value ^= character.codePointAt(0)!
    value = Math.imul(value, 16777619)
  }
  return value >>> 0
}

export const pickFrom = <Item>(items: readonly Item[], random: Random): Item =>
  items[Math.min(items.length - 1, Math.floor(random() * items.length))]!

export const between = (low: number, high: number, random: Random): number => low + (high - low) * random()
