// What a deleted video was made of, while another one may be about to use it: written down, so that it can go later.
import { leftKey, leftPrefix } from '../keys.ts'
import { json, readJson } from '../once.ts'
import type { ObjectStore, VideoRecord } from '../ports.ts'
import type { VideoKeys } from './video-keys.ts'

/** Of a video that is gone, as much as tells whether another one is going to be made of the same. */
export type Left = { video: Pick<VideoRecord, 'id' | 'owner' | 'request'>; own: VideoKeys }

type Written = { video: Left['video']; assets: string[]; renders: string[] }

export async function writeDown(objects: ObjectStore, { id, owner, request }: VideoRecord, own: VideoKeys) {
  const written: Written = { video: { id, owner, request }, assets: [...own.assets], renders: [...own.renders] }
  await objects.put(leftKey(owner, id), json(written), { contentType: 'application/json' })
}

/** The keys of what was written down, a page at a time. */
export async function* leftOf(objects: ObjectStore, owner: string): AsyncGenerator<string> {
  for (let after: string | undefined; ;) {
    const page = await objects.list(leftPrefix(owner), { ...(after !== undefined && { after }) })
    for (const { key } of page.objects) yield key
    if (page.next === undefined) return
    after = page.next
  }
}

export async function readLeft(objects: ObjectStore, key: string): Promise<Left> {
  const { video, assets, renders } = (await readJson(objects, key)) as Written
  return { video, own: { assets: new Set(assets), renders: new Set(renders), kept: new Set() } }
}
