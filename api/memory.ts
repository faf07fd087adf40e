// What the API need not ask its stores for twice. All of it can be lost at any time.
import { deliverableKey, deliverablesOf } from '../core/keys.ts'
import type { ObjectStore, VideoEvent, VideoRecord, VideoStore } from '../core/ports.ts'
import { keep } from './kept.ts'

export type SeenEvent = VideoEvent & { seq: number }
export type Memory = {
  /** All of a video's events; only those are read that came since the last time. */
  eventsOf: (video: Pick<VideoRecord, 'id' | 'createdAt'>) => Promise<SeenEvent[]>
  /**
   * JSON under a key that stands for its content; undefined when nothing is there. `state`: of a key that does not, what
   * becomes another one before something else can lie there.
   */
  readOnce: <Value>(key: string, state?: string) => Promise<Value | undefined>
  /** Names of the files of a version that is finished. */
  filesOf: (videoId: string, edition: number) => Promise<string[]>
}

const [assetBytes, eventLists] = [32_000_000, 500]

export function openMemory({ objects, videos }: { objects: ObjectStore; videos: VideoStore }): Memory {
  const assets = keep(assetBytes)
  const histories = newestOnly<Promise<SeenEvent[]>>(eventLists)
  return {
    eventsOf({ id, createdAt }) {
      // An id may be used again once its video is deleted: then what was created at another time is another one.
      const name = `${id} ${createdAt}`
      const known = histories.get(name) ?? Promise.resolve([])
      const extended = known.then(
        (events) => extend(events, videos, id),
        () => extend([], videos, id),
      )
      histories.set(name, extended)
      return extended
    },

    readOnce: (key, state) =>
      assets.of(state === undefined ? key : `${key} ${state}`, async () => {
        if (!(await objects.head(key))) return undefined
        const bytes = await objects.get(key)
        return { value: JSON.parse(new TextDecoder().decode(bytes)), bytes: bytes.length * 4 }
      }),

    filesOf: async (videoId, edition) =>
      (await assets.of(`files ${deliverableKey(videoId, '', edition)}`, async () => {
        const names = await deliverablesOf(objects, videoId, edition)
        return { value: names, bytes: names.length * 60 }
      }))!,
  }
}

/** One that is not the next number means that what is known is of another life of that id. */
async function extend(known: SeenEvent[], { events }: VideoStore, id: string): Promise<SeenEvent[]> {
  const after = known.at(-1)?.seq ?? 0
  const more = await events(id, { after })
  if (more.length === 0) return known
  return more[0]!.seq === after + 1 ? [...known, ...more] : events(id)
}

function newestOnly<Value>(most: number) {
  const entries = new Map<string, Value>()
  return {
    get: (name: string) => entries.get(name),
    set: (name: string, value: Value) => {
      entries.delete(name)
      entries.set(name, value)
      if (entries.size > most) entries.delete(entries.keys().next().value!)
    },
  }
}
