import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import { given } from '../../core/given.ts'
import type { Setting } from '../mcp.ts'
import { VideoSummary } from '../schemas/videos.ts'
import { type Answer, answered } from './ask.ts'
import { ofScene, ofVideo, wait } from './inputs.ts'
import { videoResult, VideoTold, videoTold } from './told.ts'
import { awaited, type Call } from './wait.ts'

const charged = { readOnlyHint: false, destructiveHint: false, openWorldHint: true }

export function addChanging(server: McpServer, { ask, longestWaitSeconds, pageLink }: Setting): void {
  const waiting = wait(longestWaitSeconds)
  const underway = async (asked: Promise<Answer>, waitSeconds: number, call: Call): Promise<CallToolResult> => {
    const begun = await answered(VideoSummary, asked)
    const seen = await awaited(ask, begun, waitSeconds, call)
    const notices = [...new Set([...begun.notices, ...seen.notices])]
    return videoResult(videoTold({ ...seen, notices }, pageLink))
  }

  server.registerTool(
    'redo_picture',
    {
      title: 'Make a picture anew',
      description:
        'Makes the next version of a finished video, in which one scene has another picture: of a new prompt, or of the same one when none is given. All else is used as it is.',
      inputSchema: z.strictObject({
        ...ofScene,
        prompt: z.string().min(1).describe('What it is to show instead, at most 1000 characters.').optional(),
        ...waiting,
      }),
      outputSchema: VideoTold,
      annotations: { ...charged, idempotentHint: false },
    },
    async ({ video_id, scene, prompt, wait_seconds }, call) => {
      const change = prompt === undefined ? { redo: true } : { prompt }
      return underway(ask('PATCH', `/v1/videos/${video_id}/scenes/${scene}`, change), wait_seconds, call)
    },
  )

  server.registerTool(
    'change_line',
    {
      title: 'Change what is said in a scene',
      description:
        'Makes the next version of a finished video, in which one scene says something else. Its captions follow; the other scenes are used as they are.',
      inputSchema: z.strictObject({
        ...ofScene,
        text: z.string().min(1).describe('The words of that scene, exactly as they are said.'),
        ...waiting,
      }),
      outputSchema: VideoTold,
      annotations: { ...charged, idempotentHint: false },
    },
    async ({ video_id, scene, text, wait_seconds }, call) =>
      underway(ask('PATCH', `/v1/videos/${video_id}/scenes/${scene}`, { text }), wait_seconds, call),
  )

  server.registerTool(
    'retry_video',
    {
      title: 'Try a video again',
      description:
        'One that failed or was cancelled. What was made of it is used again, and nothing is bought twice. One that is being made already stays as it is. One that had reached its max_cost_usd needs a higher one.',
      inputSchema: z.strictObject({
        ...ofVideo,
        max_cost_usd: z.number().describe('What it may cost from now on, all its versions together.').optional(),
        ...waiting,
      }),
      outputSchema: VideoTold,
      annotations: { ...charged, idempotentHint: true },
    },
    async ({ video_id, max_cost_usd: maxCostUsd, wait_seconds }, call) =>
      underway(ask('POST', `/v1/videos/${video_id}/retry`, given({ maxCostUsd })), wait_seconds, call),
  )

  server.registerTool(
    'cancel_video',
    {
      title: 'Cancel a video',
      description:
        'Stops one that waits or is being made. What is finished of it stays, and retry_video goes on with it.',
      inputSchema: z.strictObject(ofVideo),
      outputSchema: VideoTold,
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    },
    async ({ video_id }) => {
      const cancelled = await answered(VideoSummary, ask('POST', `/v1/videos/${video_id}/cancel`))
      return videoResult(videoTold(cancelled, pageLink))
    },
  )
}
