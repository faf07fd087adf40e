import type { VideoRecord } from '../../core/ports.ts'
import type { SqliteVideos } from '../../stores/videos/sqlite.ts'

/**
 * The videos that somebody has to make, most urgent first: those that were begun and stopped, then those that wait, the
 * oldest first. Some of them may be in other hands.
 */
export async function* nextVideos(videos: SqliteVideos): AsyncGenerator<string> {
  for await (const { id, origin } of allOf(videos, 'running')) {
    // What somebody began at the command line is his to go on with.
    if (origin !== 'command line') yield id
  }
  for await (const { id } of allOf(videos, 'queued')) yield id
}

/** A page is asked for when it is needed; what leaves the state meanwhile is not missed by the next one. */
async function* allOf(videos: SqliteVideos, state: 'queued' | 'running'): AsyncGenerator<VideoRecord> {
  for (let after: string | undefined; ;) {
    const page = await videos.listByState(state, { limit: 20, ...(after !== undefined && { after }) })
    yield* page.videos
    if (page.next === undefined) return
    after = page.next
  }
}
