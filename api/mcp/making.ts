import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import * as z from 'zod'
import type { Setting } from '../mcp.ts'
import { Quote, VideoSummary } from '../schemas/videos.ts'
import { answered } from './ask.ts'
import { video, wait } from './inputs.ts'
import { quoteResult, videoResult, VideoTold, videoTold } from './told.ts'
import { awaited } from './wait.ts'

const QuoteTold = z.object({
  total_usd: z.number(),
  at_most_usd: z.number(),
  words: z.int(),
  seconds: z.number(),
  scenes: z.int(),
  pictures: z.int(),
  lines: z.array(
    z.object({
      role: z.string(),
      provider: z.string(),
      model: z.string(),
      unit: z.string(),
      units: z.number(),
      cost_usd: z.number(),
    }),
  ),
  notices: z.array(z.string()),
})

const QuoteInput = z.strictObject(video)

export function addMaking(server: McpServer, { ask, longestWaitSeconds, pageLink, idempotencyKey }: Setting): void {
  server.registerTool(
    'make_video',
    {
      title: 'Make a video',
      description:
        'Begins a video of a script (or scenes with texts, or a topic) and answers with its id. It takes from half a minute to a few minutes; ask video_status, or give wait_seconds. Services may charge for it: quote_video says how much.',
      inputSchema: z.strictObject({ ...video, ...wait(longestWaitSeconds) }),
      outputSchema: VideoTold,
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: true },
    },
    async ({ wait_seconds, ...wish }, call) => {
      const headers = idempotencyKey && { 'Idempotency-Key': idempotencyKey(call.requestId) }
      const begun = await answered(VideoSummary, ask('POST', '/v1/videos', requestOf(wish), headers))
      const seen = await awaited(ask, begun, wait_seconds, call)
      // What was told of the request is not told of the video again.
      const notices = [...new Set([...begun.notices, ...seen.notices])]
      return videoResult(videoTold({ ...seen, notices }, pageLink))
    },
  )

  server.registerTool(
    'quote_video',
    {
      title: 'Ask for the price of a video',
      description: 'What make_video would cost with the same arguments, by the prices of today. Nothing is made.',
      inputSchema: QuoteInput,
      outputSchema: QuoteTold,
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async (wish) => quoteResult(await answered(Quote, ask('POST', '/v1/quotes', requestOf(wish)))),
  )
}

/** As the API has it: names like 'maxCostUsd', and the preset among the models. */
function requestOf({ preset, ...wish }: z.infer<typeof QuoteInput>): Record<string, unknown> {
  const fields = Object.entries(wish).map(([name, value]) => [
    name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ])
  return { ...Object.fromEntries(fields), ...(preset !== undefined && { models: { preset } }) }
}
