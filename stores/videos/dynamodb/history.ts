// A video's events and calls. Each is an item of its own beside the video's.
import { NotFoundError } from '../../../core/errors.ts'
import type { CallRecord, Settlement, VideoEvent, VideoStore } from '../../../core/ports.ts'
import { isLive, type VideoItem } from './record.ts'
import { callKey, eventKey, recordKey } from './schema.ts'
import type { Condition, Item, Table } from './table.ts'

type History = Pick<VideoStore, 'appendEvent' | 'events' | 'recordCall' | 'settleCall' | 'calls'>

/**
 * Of a video that is not there or has expired, `events` and `calls` are empty, and the others throw NotFoundError.
 * What is written in the moment in which its video is deleted may stay behind: nobody sees it.
 */
export function openHistory(table: Table): History {
  const find = async (id: string) => {
    const video = (await table.get(recordKey(id))) as VideoItem | undefined
    return video && isLive(video) ? video : undefined
  }
  const lifeOf = async (id: string) => {
    const video = await find(id)
    if (!video) throw new NotFoundError(`there is no video ${id}`)
    return video.life
  }
  const inTurn = turns()
  const nextPlace = placesInTime()

  return {
    appendEvent: (id, event) =>
      inTurn(id, async () => {
        // Whoever loses a number to somebody else takes the next: so none is left out, and somebody always gets on.
        for (;;) {
          const life = await lifeOf(id)
          const seq = (await lastSeq(table, id, life)) + 1
          if (await table.put({ ...eventKey(id, seq), life, event: JSON.stringify(event) }, unlessOf(life))) return seq
        }
      }),

    async events(id, { after = 0, limit = Infinity } = {}) {
      const life = (await find(id))?.life
      const events: (VideoEvent & { seq: number })[] = []
      if (life === undefined) return events
      const pageSize = Number.isFinite(limit) ? limit : undefined
      for await (const item of table.query({ ...eventsAfter(id, after, life), pageSize })) {
        events.push({ ...(JSON.parse(String(item['event'])) as VideoEvent), seq: seqOf(item) })
        if (events.length >= limit) break
      }
      return events
    },

    async recordCall(id, call) {
      const life = await lifeOf(id)
      const item = { ...callKey(id, call.key), life, place: nextPlace(), call: JSON.stringify(call) }
      await table.put(item, unlessOf(life))
    },

    async settleCall(id, key, settled) {
      const life = await lifeOf(id)
      const change = { set: { settled: JSON.stringify(settled) } }
      if (!(await table.update(callKey(id, key), change, { expression: '#life = :life', values: { life } })))
        throw new NotFoundError(`video ${id} has recorded no call ${key}`)
    },

    async calls(id) {
      const life = (await find(id))?.life
      if (life === undefined) return []
      const { pk, sk: first } = callKey(id, '')
      const items: Item[] = []
      for await (const item of table.query({ partition: pk, first, last: 'CALL$', where: ofLife(life) }))
        items.push(item)
      return items
        .toSorted((a, b) => (String(a['place']) < String(b['place']) ? -1 : 1))
        .map(({ call, settled = '{}' }) => ({
          ...(JSON.parse(String(call)) as CallRecord),
          ...(JSON.parse(String(settled)) as Partial<Settlement>),
        }))
    },
  }
}

async function lastSeq(table: Table, id: string, life: string): Promise<number> {
  for await (const item of table.query({ ...eventsAfter(id, 0, life), newestFirst: true, pageSize: 1 }))
    return seqOf(item)
  return 0
}

function eventsAfter(id: string, after: number, life: string) {
  const { pk: partition, sk: first } = eventKey(id, after + 1)
  return { partition, first, last: 'EVENT$', where: ofLife(life) }
}

function seqOf({ sk }: Item): number {
  return Number(sk.slice('EVENT#'.length))
}

function ofLife(life: string): Condition {
  return { expression: '#life = :life', values: { life } }
}

/** What is left there of an earlier life of the id does not count. */
function unlessOf(life: string): Condition {
  return { expression: 'attribute_not_exists(#pk) OR #life <> :life', values: { life } }
}

/** One after the other for one id: many at once in one process would only take the numbers from each other. */
function turns() {
  const last = new Map<string, Promise<unknown>>()
  return <Result>(id: string, work: () => Promise<Result>): Promise<Result> => {
    const done = (last.get(id) ?? Promise.resolve()).then(work, work)
    last.set(id, done)
    const leave = () => {
      if (last.get(id) === done) last.delete(id)
    }
    done.then(leave, leave)
    return done
  }
}

/** Text that sorts by when it was asked for: across machines as far as their clocks agree, within one always. */
function placesInTime() {
  let [lastMs, count] = [0, 0]
  return () => {
    const nowMs = Math.max(Date.now(), lastMs)
    count = nowMs === lastMs ? count + 1 : 0
    lastMs = nowMs
    return `${new Date(nowMs).toISOString()}#${String(count).padStart(6, '0')}`
  }
}
