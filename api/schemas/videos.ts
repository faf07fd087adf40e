import { z } from '@hono/zod-openapi'
import { Bill, Finding, link, Progress, Scene, status, Step, time, videoId } from './fields.ts'

export const VideoSummary = z
  .object({
    id: videoId,
    status,
    createdAt: time,
    title: z.string().optional(),
    format: z.string(),
    style: z.string(),
    voice: z.string(),
    /** 1, and one more with each change of a scene. */
    edition: z.int().min(1),
    variantOf: videoId.optional(),
    /** While it is made. */
    progress: Progress.optional(),
    /** From 1, while it waits, where there is a queue. */
    queuePosition: z.int().min(1).optional(),
    /** Of the latest finished version. */
    durationSeconds: z.number().optional(),
    costUsd: z.number().optional(),
    posterLink: link.optional(),
    previewLink: link.optional(),
    error: z.object({ name: z.string(), message: z.string() }).optional(),
    /** What was done differently from what was asked, and why. */
    notices: z.array(z.string()),
  })
  .openapi('VideoSummary')
export type VideoSummary = z.infer<typeof VideoSummary>

export const VideoDetails = VideoSummary.extend({
  /** As it was asked for: good to be sent again. */
  request: z.record(z.string(), z.unknown()),
  steps: z.array(Step),
  scenes: z.array(Scene),
  bill: Bill,
  /** Of a video that stopped at its `maxCostUsd`: what that has to be at least for it to go on. */
  neededUsd: z.number().optional(),
  /** What was measured in the latest finished file, or in one that failed its check. */
  findings: z.array(Finding).optional(),
  /** Of the latest finished version, by the file's name ('video.mp4', 'captions.vtt', 'hls/master.m3u8'). */
  links: z.record(z.string(), link).optional(),
  linksExpireAt: time.optional(),
}).openapi('VideoDetails')
export type VideoDetails = z.infer<typeof VideoDetails>

export const VideoList = z.object({ videos: z.array(VideoSummary), next: z.string().optional() }).openapi('VideoList')
export type VideoList = z.infer<typeof VideoList>

/** What `event:` names in GET /v1/videos/{id}/events, and what its data is. `id:` is where to go on (Last-Event-ID). */
export type VideoEvents = {
  status: { status: z.infer<typeof status>; queuePosition?: number }
  progress: { percent: number; secondsLeft?: number; steps: Step[] }
  /** All scenes are known: ask for the video. */
  plan: { scenes: number }
  /** That scene's picture is there: ask for the video. */
  scene: { number: number }
  /** Every word has its time: ask for the video. */
  narration: Record<string, never>
  /** The last one. */
  end: { status: z.infer<typeof status> }
}

export const Quote = z
  .object({
    currency: z.literal('USD'),
    totalUsd: z.number(),
    /** When every call has to be made twice and every prompt softened. */
    atMostUsd: z.number(),
    words: z.int(),
    characters: z.int(),
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
        costUsd: z.number(),
        isEstimate: z.boolean(),
        why: z.string().optional(),
      }),
    ),
    notices: z.array(z.string()),
  })
  .openapi('Quote')
export type Quote = z.infer<typeof Quote>

/** Answers of POST …/share and GET /shares/{token}. `link`: of the page that plays it. */
export const Share = z.object({ token: z.string(), link }).openapi('Share')
export type Share = z.infer<typeof Share>
export const SharedVideo = z
  .object({
    title: z.string(),
    format: z.string(),
    durationSeconds: z.number(),
    createdAt: time,
    links: z.record(z.string(), link),
    linksExpireAt: time,
  })
  .openapi('SharedVideo')
export type SharedVideo = z.infer<typeof SharedVideo>
