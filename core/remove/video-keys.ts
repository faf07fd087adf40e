// Everything among its owner's objects that a video refers to, by what its record, its calls and its events say.
import { partsListKey, speechKeyOf } from '../keys.ts'
import { assetOf, readJson } from '../once.ts'
import type { ObjectStore, VideoRecord, VideoStore } from '../ports.ts'
import type { Render } from '../stages/compose.ts'
import type { Narration } from '../stages/narrate.ts'

/**
 * `assets`: of all its versions, with the uploads that it shows. `renders`: the keys of their render.json. `kept`: parts
 * that others are rendered from.
 */
export type VideoKeys = { assets: Set<string>; renders: Set<string>; kept: Set<string> }
type Ports = { videos: VideoStore; objects: ObjectStore }

/** Events come by the page: a long render leaves thousands. */
const eventsAtOnce = 500

export async function keysOf({ videos, objects }: Ports, video: VideoRecord): Promise<VideoKeys> {
  const found = new Set<string>()
  collect(found, video.owner, [video.request, video.edition])
  for (const call of await videos.calls(video.id)) found.add(assetOf(call))
  for (let after = 0; ;) {
    const events = await videos.events(video.id, { after, limit: eventsAtOnce })
    collect(found, video.owner, events)
    if (events.length < eventsAtOnce) break
    after = events.at(-1)!.seq
  }
  const renders = new Set([...found].filter((key) => /\/renders\/[^/]+\/render\.json$/.test(key)))
  const assets = new Set([...found].filter((key) => !key.includes('/renders/')))
  for (const key of assets) for (const named of await namedBy(objects, key)) assets.add(named)
  return { assets, renders, kept: new Set() }
}

/** The parts that finished renders were joined from, and those made for renders that were never finished. */
export async function rendersOf(objects: ObjectStore, renders: Iterable<string>): Promise<{ parts: Set<string> }> {
  const parts = new Set<string>()
  for (const key of renders) {
    for (const named of [key, partsListKey(key)]) {
      if (!(await objects.head(named))) continue
      for (const part of ((await readJson(objects, named)) as Pick<Render, 'parts'>).parts ?? []) parts.add(part)
    }
  }
  return { parts }
}

/** Strings that are keys of the owner's, wherever they stand. */
function collect(found: Set<string>, owner: string, value: unknown): void {
  if (typeof value === 'string') {
    if (value.startsWith(`owners/${owner}/`)) found.add(value)
  } else if (value !== null && typeof value === 'object') {
    for (const part of Object.values(value)) collect(found, owner, part)
  }
}

/** A narration's sound is named in it, and what a service said lies beside what is told of it. */
async function namedBy(objects: ObjectStore, key: string): Promise<string[]> {
  if (key.includes('/assets/spoken/')) return [speechKeyOf(key)]
  if (!key.includes('/assets/narration/') || !(await objects.head(key))) return []
  const { speech } = (await readJson(objects, key)) as Narration
  return speech === undefined ? [] : [speech]
}
