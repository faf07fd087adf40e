import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import * as z from 'zod'
import type { Setting } from '../mcp.ts'
import { status } from '../schemas/fields.ts'
import { Share, VideoDetails, VideoList } from '../schemas/videos.ts'
import { answered } from './ask.ts'
import { ofVideo, wait } from './inputs.ts'
import { listResult, result, videoResult, VideoTold, videoTold } from './told.ts'
import { awaited } from './wait.ts'

const readOnly = { readOnlyHint: true, openWorldHint: false }

export function addLooking(server: McpServer, { ask, longestWaitSeconds, pageLink }: Setting): void {
  server.registerTool(
    'video_status',
    {
      title: 'Look at a video',
      description:
        'How far a video is and how long it still takes, its scenes, what it cost, and links to its files once it is done. While a change is made, links are of the version before.',
      inputSchema: z.strictObject({ ...ofVideo, ...wait(longestWaitSeconds) }),
      outputSchema: VideoTold,
      annotations: readOnly,
    },
    async ({ video_id, wait_seconds }, call) => {
      const video = await answered(VideoDetails, ask('GET', `/v1/videos/${video_id}`))
      return videoResult(videoTold(await awaited(ask, video, wait_seconds, call), pageLink))
    },
  )

  server.registerTool(
    'list_videos',
    {
      title: 'List videos',
      description: 'Videos, newest first.',
      inputSchema: z.strictObject({
        status: z.array(status).min(1).describe('Only those; all when absent.').optional(),
        search: z.string().min(1).max(200).describe('Found in titles, topics and scripts.').optional(),
        limit: z.int().min(1).max(100).default(10),
        cursor: z.string().describe("'next_cursor' of the page before.").optional(),
      }),
      outputSchema: z.object({ videos: z.array(VideoTold), next_cursor: z.string().optional() }),
      annotations: readOnly,
    },
    async ({ status: states, search, limit, cursor }) => {
      const query = new URLSearchParams({
        limit: String(limit),
        ...(states && { status: states.join(',') }),
        ...(search !== undefined && { q: search }),
        ...(cursor !== undefined && { cursor }),
      })
      const { videos, next } = await answered(VideoList, ask('GET', `/v1/videos?${query}`))
      return listResult(
        videos.map((video) => videoTold(video, pageLink)),
        next,
      )
    },
  )

  server.registerTool(
    'share_video',
    {
      title: 'Share a video',
      description:
        'A link to a page that plays a finished video, for anybody who has it, without a key. The same each time; it ends with the video.',
      inputSchema: z.strictObject(ofVideo),
      outputSchema: z.object({ link: z.string() }),
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    async ({ video_id }) => {
      const { link } = await answered(Share, ask('POST', `/v1/videos/${video_id}/share`))
      return result({ link }, [link])
    },
  )
}
