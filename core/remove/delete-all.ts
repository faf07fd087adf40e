import type { ObjectStore } from '../ports.ts'

/** One page at a time; deleting a page moves no other. */
export async function deleteAll(objects: ObjectStore, prefix: string, except?: string): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = await objects.list(prefix, { ...(after !== undefined && { after }) })
    for (const { key } of page.objects) if (key !== except) await objects.delete(key)
    if (page.next === undefined) return
    after = page.next
  }
}
