// Videos as assistants are told of them: as data by a schema, and as lines for whoever reads along.
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import * as z from 'zod'
import { status, time, videoId } from '../schemas/fields.ts'
import type { Quote, VideoDetails, VideoSummary } from '../schemas/videos.ts'

const Scene = z.object({
  number: z.int(),
  text: z.string(),
  prompt: z.string().optional(),
  picture: z.enum(['waiting', 'making', 'ready']),
})

/** `cost_usd`: what services charged, so far while it is made. Links are good without a key until `links_expire_at`. */
export const VideoTold = z.object({
  video_id: videoId,
  status,
  title: z.string().optional(),
  version: z.int(),
  percent: z.number().optional(),
  seconds_left: z.number().optional(),
  queue_position: z.int().optional(),
  duration_seconds: z.number().optional(),
  cost_usd: z.number().optional(),
  links: z.record(z.string(), z.string()).optional(),
  links_expire_at: time.optional(),
  page_link: z.string().optional(),
  error: z.string().optional(),
  notices: z.array(z.string()),
  scenes: z.array(Scene).optional(),
})
type VideoTold = z.infer<typeof VideoTold>

export type PageLink = (videoId: string) => string

/** With its scenes where they are known. */
export function videoTold(video: VideoSummary | VideoDetails, pageLink?: PageLink): VideoTold {
  const { id, edition, progress, error, ...summary } = video
  const details = 'scenes' in video ? video : undefined
  const links = Object.entries(details?.links ?? {}).filter(([name]) => isShown(name))
  return {
    video_id: id,
    status: summary.status,
    title: summary.title,
    version: edition,
    percent: progress?.percent,
    seconds_left: progress?.secondsLeft,
    queue_position: summary.queuePosition,
    duration_seconds: summary.durationSeconds,
    cost_usd: summary.costUsd ?? details?.bill.totalUsd,
    ...(links.length > 0 && { links: Object.fromEntries(links), links_expire_at: details!.linksExpireAt }),
    page_link: pageLink?.(id),
    error: error?.message,
    notices: summary.notices,
    ...(details && {
      scenes: details.scenes.map(({ number, text, prompt, picture }) => ({
        number,
        text,
        prompt,
        picture: picture.state,
      })),
    }),
  }
}

export function videoResult(told: VideoTold): CallToolResult {
  return result(told, [
    ...headline(told),
    ...Object.entries(told.links ?? {}).map(([name, link]) => `${name}: ${link}`),
    ...(told.links_expire_at === undefined ? [] : [`The links work until ${told.links_expire_at}.`]),
    ...(told.page_link === undefined ? [] : [`Page: ${told.page_link}`]),
    ...told.notices.map((notice) => `Notice: ${notice}`),
    ...(told.scenes ?? []).map(({ number, text }) => `Scene ${number}: ${text}`),
  ])
}

export function listResult(videos: VideoTold[], next: string | undefined): CallToolResult {
  return result({ videos, ...(next !== undefined && { next_cursor: next }) }, [
    ...(videos.length === 0 && next === undefined ? ['There are no such videos.'] : []),
    ...videos.map((told) => headline(told).join(' ')),
    ...(next === undefined ? [] : [`There are more: cursor ${next}`]),
  ])
}

export function quoteResult(quote: Quote): CallToolResult {
  const { totalUsd, atMostUsd, words, seconds, scenes, pictures, lines, notices } = quote
  const told = {
    total_usd: totalUsd,
    at_most_usd: atMostUsd,
    words,
    seconds,
    scenes,
    pictures,
    lines: lines.map(({ role, provider, model, unit, units, costUsd }) => ({
      role,
      provider,
      model,
      unit,
      units,
      cost_usd: costUsd,
    })),
    notices,
  }
  return result(told, [
    `About ${dollars(totalUsd)}, at most ${dollars(atMostUsd)}: ${words} words, ${seconds.toFixed(0)} s, ${scenes} scenes, ${pictures} pictures to be made.`,
    ...lines.map(({ role, provider, model, costUsd }) => `${role}: ${provider} ${model} ${dollars(costUsd)}`),
    ...notices.map((notice) => `Notice: ${notice}`),
  ])
}

export function result(told: Record<string, unknown>, lines: string[]): CallToolResult {
  return { structuredContent: told, content: [{ type: 'text', text: lines.join('\n') }] }
}

/** What people watch, read and put on other platforms. The rest is for programs, which ask the API. */
function isShown(name: string): boolean {
  return /^(?:video\.\w+|captions\.(?:srt|vtt)|poster\.\w+|preview\.\w+|hls\/master\.m3u8)$/.test(name)
}

function headline({ video_id, title, status: state, version, ...told }: VideoTold): string[] {
  const name = title === undefined ? video_id : `${video_id} '${title}'`
  const edition = version > 1 ? `, version ${version}` : ''
  const { duration_seconds: seconds, cost_usd: cost } = told
  const made = seconds === undefined ? '' : ` ${seconds.toFixed(1)} s long.`
  const charged = cost === undefined ? '' : ` It cost ${dollars(cost)}${state === 'done' ? '' : ' so far'}.`
  return [`${name}${edition}: ${stateOf(state, told)}.${made}${charged}`]
}

/** In a few words. */
export function stateOf(
  state: VideoTold['status'],
  { percent, seconds_left, queue_position, error }: Partial<VideoTold>,
): string {
  if (state === 'failed') return `failed${error === undefined ? '' : ` (${error.replace(/\.$/, '')})`}`
  if (state === 'queued')
    return `queued${queue_position === undefined ? '' : `, number ${queue_position} in the queue`}`
  if (state !== 'running') return state
  const left = seconds_left === undefined ? '' : `, about ${Math.ceil(seconds_left)} s to go`
  return `being made, ${Math.floor(percent ?? 0)} %${left}`
}

function dollars(usd: number): string {
  return `$${usd.toFixed(usd > 0 && usd < 0.1 ? 4 : 2)}`
}
