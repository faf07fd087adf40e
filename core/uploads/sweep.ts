// What was sent with a form and never checked.
import type { ObjectStore } from '../ports.ts'
import { waitingMs } from './records.ts'

/** Of all that incomingKey gives. */
const prefix = 'incoming/'

/** Deletes what has lain there for longer than an upload waits. */
export async function sweepIncoming(objects: Pick<ObjectStore, 'list' | 'delete'>, now: Date): Promise<void> {
  let after: string | undefined
  do {
    const page = await objects.list(prefix, after === undefined ? {} : { after })
    for (const { key, modifiedAt } of page.objects)
      if (now.getTime() - Date.parse(modifiedAt) > waitingMs) await objects.delete(key)
    after = page.next
  } while (after !== undefined)
}
