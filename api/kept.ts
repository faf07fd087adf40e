// What never changes is read once: the newest-used of it stays in memory.

export type Kept = {
  /** What `read` gave before under the same name, or gives now. What is undefined is not kept. */
  of: <Value>(
    name: string,
    read: () => Promise<{ value: Value; bytes: number } | undefined>,
  ) => Promise<Value | undefined>
}

/** At most about `limitBytes` of it. Whoever asks for the same at the same time waits for the same read. */
export function keep(limitBytes: number): Kept {
  const kept = new Map<string, { value: unknown; bytes: number }>()
  const reading = new Map<string, Promise<{ value: unknown; bytes: number } | undefined>>()
  let total = 0
  const add = (name: string, entry: { value: unknown; bytes: number }) => {
    kept.set(name, entry)
    total += entry.bytes
    for (const [oldest, { bytes }] of kept) {
      if (total <= limitBytes || oldest === name) break
      kept.delete(oldest)
      total -= bytes
    }
  }
  return {
    async of<Value>(name: string, read: () => Promise<{ value: Value; bytes: number } | undefined>) {
      const known = kept.get(name)
      if (known) {
        // A map gives its entries in the order in which they were set: the last is the newest.
        kept.delete(name)
        kept.set(name, known)
        return known.value as Value
      }
      const under = reading.get(name) ?? read().finally(() => reading.delete(name))
      reading.set(name, under)
      const entry = await under
      if (entry && !kept.has(name)) add(name, entry)
      return entry?.value as Value | undefined
    },
  }
}
