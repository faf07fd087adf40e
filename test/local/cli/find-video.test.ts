import { expect, it } from 'vitest'
import { parseRequest } from '../../../core/video.ts'
import { findVideo } from '../../../local/cli/find-video.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'

it('finds a video by its id or by how only one id begins', async () => {
  const videos = openSqliteVideos(openDatabase(':memory:'))
  for (const id of ['vid_ab', 'vid_abc', 'vid_xy'])
    await videos.create({
      id,
      owner: 'local',
      createdAt: new Date().toISOString(),
      status: 'queued',
      request: parseRequest({ script: 'A goat.' }),
      notices: [],
    })
  expect((await findVideo(videos, 'vid_ab')).id).toBe('vid_ab')
  expect((await findVideo(videos, 'vid_x')).id).toBe('vid_xy')
  await expect(findVideo(videos, 'vid_a')).rejects.toThrow("'vid_a': 2 videos begin so")
  await expect(findVideo(videos, 'nope')).rejects.toThrow("'nope': no such video")
  await expect(findVideo(videos, '')).rejects.toThrow("'': no such video")
})
