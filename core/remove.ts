// Deleting a video: what was given out of it, and what it was made of as far as no other video of its owner is.
import { receiptKey, refusalKey, videoPrefix } from './keys.ts'
import type { ObjectStore, VideoRecord, VideoStore } from './ports.ts'
import { amend } from './records.ts'
import { isAboutToUse } from './remove/about-to-use.ts'
import { deleteAll } from './remove/delete-all.ts'
import { type Left, leftOf, readLeft, writeDown } from './remove/left.ts'
import { keysOf, rendersOf, type VideoKeys } from './remove/video-keys.ts'
import { attemptOf } from './submit.ts'
import type { Webhooks } from './webhooks.ts'

export type RemovePorts = {
  videos: VideoStore
  objects: ObjectStore
  /** What is not running any more counts as stopped. */
  stop: (videoId: string, attempt: number) => Promise<void>
  webhooks?: Pick<Webhooks, 'forget'>
}

/**
 * Stops the video and deletes it with all its versions; uploads stay. What another video of the owner refers to stays.
 * All that this one was made of stays while another one is being made that may be about to use it: it is written down,
 * and goes with the next video that this owner deletes once nobody is about to use it any more. The record goes last:
 * killed before, the video is still there to be deleted again.
 */
export async function remove(ports: RemovePorts, video: VideoRecord): Promise<void> {
  await stopped(ports, video)
  const own = await keysOf(ports, video)
  if (await leaveToOthers(ports, video, own)) await deleteMade(ports.objects, own)
  else await writeDown(ports.objects, video, own)
  await deleteAll(ports.objects, videoPrefix(video.id))
  await ports.webhooks?.forget(video.id)
  await ports.videos.delete(video.id)
  await deleteLeft(ports, video.owner)
}

/** What deleted videos left because another one was being made. */
async function deleteLeft(ports: RemovePorts, owner: string): Promise<void> {
  const { objects, videos } = ports
  for await (const key of leftOf(objects, owner)) {
    const { video, own } = await readLeft(objects, key)
    // Its own deletion was killed, and is to be asked for again.
    if (await videos.get(video.id)) continue
    if (!(await leaveToOthers(ports, video, own))) continue
    await deleteMade(objects, own)
    await objects.delete(key)
  }
}

async function stopped({ videos, stop }: RemovePorts, { id }: VideoRecord): Promise<void> {
  const { status } = await amend(videos, id, (video) =>
    video.status === 'queued' || video.status === 'running' ? { status: 'cancelled' } : {},
  )
  const attempt = attemptOf(await videos.events(id))
  // One that was cancelled before may have been so by a deletion that was killed.
  if (status === 'cancelled' && attempt > 0) await stop(id, attempt)
}

/** Takes what other videos of the owner refer to out of `own`; false when all of it has to stay. One video at a time. */
async function leaveToOthers(ports: RemovePorts, video: Left['video'], own: VideoKeys): Promise<boolean> {
  const all = new Set(own.assets)
  for (let before: string | undefined; ;) {
    const page = await ports.videos.list(video.owner, { limit: 50, ...(before !== undefined && { before }) })
    for (const other of page.videos) {
      if (other.id === video.id) continue
      const theirs = await keysOf(ports, other)
      const shared = [...theirs.assets].filter((key) => all.has(key))
      if (isAboutToUse(other, { video, all, isShared: shared.some((key) => key.includes('/assets/')) })) return false
      // A part is rendered from assets and uploads: who shares none of them shares no part.
      if (shared.length === 0) continue
      for (const key of theirs.assets) own.assets.delete(key)
      for (const render of theirs.renders) own.renders.delete(render)
      for (const key of (await rendersOf(ports.objects, theirs.renders)).parts) own.kept.add(key)
    }
    if (page.next === undefined) return true
    before = page.next
  }
}

/** What names other things goes after them, so that a deletion that was killed finds them again. */
async function deleteMade(objects: ObjectStore, { assets, renders, kept }: VideoKeys): Promise<void> {
  const { parts } = await rendersOf(objects, renders)
  for (const key of parts) if (!kept.has(key)) await objects.delete(key)
  for (const render of renders) {
    await deleteAll(objects, folderOf(render), render)
    await objects.delete(render)
  }
  const made = [...assets].filter((key) => /^owners\/[^/]+\/assets\//.test(key))
  const isNamed = (key: string) => key.includes('/assets/speech/')
  for (const key of [...made.filter(isNamed), ...made.filter((asset) => !isNamed(asset))])
    for (const beside of [receiptKey(key), refusalKey(key), key]) await objects.delete(beside)
}

function folderOf(key: string): string {
  return key.slice(0, key.lastIndexOf('/') + 1)
}
