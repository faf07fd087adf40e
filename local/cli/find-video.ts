import { InputError } from '../../core/errors.ts'
import type { VideoRecord, VideoStore } from '../../core/ports.ts'
import { localOwner } from '../stores.ts'

/** The video of that id, or the only one whose id begins so. Throws InputError. */
export async function findVideo(videos: VideoStore, id: string): Promise<VideoRecord> {
  const exact = await videos.get(id)
  if (exact) return exact
  const found = id === '' ? [] : (await allVideos(videos)).filter((video) => video.id.startsWith(id))
  if (found.length === 1) return found[0]!
  throw new InputError(
    found.length === 0
      ? `'${id}': no such video; clipforge list shows them`
      : `'${id}': ${found.length} videos begin so; give more of the id (clipforge list shows them)`,
  )
}

async function allVideos(videos: VideoStore): Promise<VideoRecord[]> {
  const all: VideoRecord[] = []
  let before: string | undefined
  do {
    const page = await videos.list(localOwner, { limit: 1000, ...(before === undefined ? {} : { before }) })
    all.push(...page.videos)
    before = page.next
  } while (before !== undefined)
  return all
}
