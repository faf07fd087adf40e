// What the product needs from the outside world, as function types. No SDK, no file system, no clock here.
// `providers/` speaks, draws and plays; `stores/` keeps; `render-container/` composes. Each port has one
// contract suite under test/contract/ that every implementation passes.
import type { StyleId } from './catalog.ts'
import type { Timeline } from './timeline.ts'
import type { VideoRequest, VideoStatus } from './video.ts'
import type { Word } from './words.ts'

/** What one call to a provider used and cost. Money is integer micro-dollars (1 USD = 1,000,000). */
export type Charge = {
  provider: string
  model: string
  /** What is counted: 'characters', 'images', 'seconds', 'tokens' … */
  unit: string
  units: number
  costMicroUsd: number
}

/** A thing made, with what it cost: a stage cannot forget the bill because the type will not unwrap without it. */
export type Billed<Made> = { made: Made; charges: Charge[] }

/**
 * Where a word's time comes from, best first: the voice itself, forced alignment of the sound, a transcription
 * with word times, or an estimate from the word's length. An estimate is labelled one wherever it shows.
 */
export type TimeSource = 'voice' | 'alignment' | 'transcription' | 'estimate'

/** Milliseconds from the start of the narration. */
export type WordTime = { startMs: number; endMs: number }

export type Speech = {
  /** A WAV file (PCM, mono), starting with the lead-in silence and ending with the tail; absent when silent. */
  audio: Uint8Array | undefined
  durationMs: number
  /** One entry per word of the line, in order, never overlapping. */
  times: WordTime[]
  timesFrom: TimeSource
  /** One line for the user when something had to be done differently ('no offline voice for Japanese …'). */
  notice?: string
}
export type Line = { words: Word[]; language: string; voice: string }
export type Narrator = (line: Line, signal: AbortSignal) => Promise<Billed<Speech>>

export type PlanBrief = {
  words: Word[]
  language: string
  style: StyleId
  keywords: string[]
  negativeKeywords: string[]
  /** How many scenes the user wants; undefined = as many as the script suggests. */
  sceneCount: number | undefined
}
/** A scene covers the words from `firstWord` to `lastWord`, both included; scenes cover every word once, in order. */
export type PlannedScene = { firstWord: number; lastWord: number; prompt: string }
export type Planner = (brief: PlanBrief, signal: AbortSignal) => Promise<Billed<PlannedScene[]>>

export type PictureBrief = {
  /** What the picture shows: a prompt, or the scene's own words. */
  prompt: string
  /** The whole script, so that a scene knows what the video is about. */
  script: string
  /** Prompts of the scenes before, so that neighbours differ. */
  before: string[]
  language: string
  style: StyleId
  keywords: string[]
  negativeKeywords: string[]
  widthPx: number
  heightPx: number
  seed: number
}
export type Picture = { bytes: Uint8Array; contentType: 'image/jpeg' | 'image/png'; notice?: string }
export type Illustrator = (brief: PictureBrief, signal: AbortSignal) => Promise<Billed<Picture>>

export type MusicBrief = { mood: string; durationMs: number; seed: number }
/** A WAV file, stereo, 48 kHz, `durationMs` long, that loops without a seam. */
export type Musician = (brief: MusicBrief, signal: AbortSignal) => Promise<Billed<Uint8Array>>

/**
 * Finished parts of renders (a segment's file, the sound), each under a hash of everything that it is made of: a part
 * that is there is never made again, whichever render it was made for.
 */
export type PartStore = {
  /** A copy's path on this machine; undefined when there is none. */
  find: (hash: string, extension: string) => Promise<string | undefined>
  /** Keeps a copy of the file at `path`. */
  keep: (hash: string, extension: string, path: string) => Promise<void>
}

export type Composition = {
  timeline: Timeline
  /** The path on this machine of an object that the timeline names. Asked for when it is needed, perhaps often. */
  fetch: (key: string) => Promise<string>
  parts: PartStore
  fontsDir: string
  /** An empty folder for everything temporary; the caller deletes it. */
  scratchDir: string
  /** Where the finished files go: all of them or none. */
  outDir: string
}
/** True to the frame. `framesPerSecond` is measured over what was really rendered, not found; so is what is left. */
export type ComposeProgress = {
  framesDone: number
  framesTotal: number
  framesPerSecond: number | undefined
  secondsLeft: number | undefined
}
export type ComposeReport = {
  encoder: string
  /** Why this encoder: what the probe of the machine said. */
  encoderReason: string
  integratedLufs: number | undefined
  /** How many segments were rendered now, of how many. */
  segmentsRendered: number
  segmentsTotal: number
  /** Lines for the user: what had to be shown differently, and why (a clip that breaks off). */
  notices: string[]
  /** Relative to `outDir`; `hls` only when the timeline asks for it, the master playlist first. */
  files: { video: 'video.mp4'; poster: 'poster.jpg'; hls?: string[] }
}
export type Composer = (
  composition: Composition,
  onProgress: (progress: ComposeProgress) => void,
  signal: AbortSignal,
) => Promise<ComposeReport>

/**
 * Small pictures of a finished video: preview.webp (animated, a few seconds), storyboard.jpg (a grid of frames) and
 * storyboard.vtt (which part of the grid shows which time, WebVTT as players use it for their seek bar), in `outDir`.
 */
export type Previewer = (
  file: { videoPath: string; timeline: Timeline; outDir: string },
  signal: AbortSignal,
) => Promise<{ preview: 'preview.webp'; storyboard: 'storyboard.jpg'; storyboardTimes: 'storyboard.vtt' }>

export type Finding = { check: string; ok: boolean; measured: string; wanted: string }
/** Looks at a finished file as a viewer would: decodes all of it and measures. */
export type Inspector = (
  file: {
    videoPath: string
    timeline: Timeline
    captionsAss: string | undefined
    fontsDir: string
    hasNarration: boolean
    hasSound: boolean
  },
  signal: AbortSignal,
) => Promise<Finding[]>

/** `sha256` in hex; `modifiedAt` in ISO 8601. */
export type ObjectInfo = { key: string; bytes: number; contentType: string; sha256: string; modifiedAt: string }
export type ObjectPage = { objects: ObjectInfo[]; next: string | undefined }
/** Keys come from core/keys.ts. A `put` is all or nothing: a reader sees the old body or the new one, never a part. */
export type ObjectStore = {
  head: (key: string) => Promise<ObjectInfo | undefined>
  /** Throws NotFoundError. */
  get: (key: string) => Promise<Uint8Array>
  /** Streams the body, or `range` of it (both ends included, in bytes). Throws NotFoundError; InputError when nothing lies in the range. */
  read: (key: string, range?: { first: number; last?: number }) => Promise<AsyncIterable<Uint8Array>>
  /** With `ifAbsent`, an existing object stays as it is and is what comes back. */
  put: (
    key: string,
    body: Uint8Array | AsyncIterable<Uint8Array>,
    options: { contentType: string; ifAbsent?: boolean },
  ) => Promise<ObjectInfo>
  delete: (key: string) => Promise<void>
  /** In the order of keys (UTF-8 bytes). */
  list: (prefix: string, page?: { after?: string; limit?: number }) => Promise<ObjectPage>
}

/** A video as it is kept. `version` counts up with each change; an update names the version that it saw. */
export type VideoRecord = {
  id: string
  owner: string
  createdAt: string
  status: VideoStatus
  version: number
  request: VideoRequest
  /** Set when failed: one line that says what went wrong and what to do. */
  error?: { name: string; message: string }
  /** Lines for the user: what was done differently from what was asked, and why. */
  notices: string[]
  /** Unix seconds after which the record is gone. */
  expiresAt?: number
}
export type NewVideo = Omit<VideoRecord, 'version'>
/** `at` is ISO 8601. */
export type VideoEvent = { at: string; type: string; [detail: string]: unknown }

/**
 * One call to a provider. The intent is recorded before the call and settled after it; an intent without
 * charges is money that may have been spent, and shows as such in the bill.
 */
export type CallRecord = {
  /** The asset that the call makes; behind it '#2', '#3' … when a try before never came back. */
  key: string
  stage: string
  scene?: number
  provider: string
  startedAt: string
  settledAt?: string
  charges?: Charge[]
}

/** Single-item conditional writes only: what both SQLite and DynamoDB do well. */
export type VideoStore = {
  /** With an idempotency key seen before for this owner, gives the video that it made and creates nothing. Throws ConflictError when the id exists. */
  create: (video: NewVideo, idempotencyKey?: string) => Promise<VideoRecord>
  get: (id: string) => Promise<VideoRecord | undefined>
  /** Throws ConflictError unless `version` is the stored one of a video that is there. A patch's `undefined` removes the field. */
  update: (
    id: string,
    version: number,
    patch: Partial<Pick<VideoRecord, 'status' | 'error' | 'notices' | 'expiresAt'>>,
  ) => Promise<VideoRecord>
  /** Newest first. `before` is the cursor `next` of the page before. */
  list: (
    owner: string,
    page?: { before?: string; limit?: number },
  ) => Promise<{ videos: VideoRecord[]; next: string | undefined }>
  /** With everything that belongs to it: events, calls, idempotency keys. */
  delete: (id: string) => Promise<void>
  /** Gives the event's sequence number, from 1 up without a gap for one video. Throws NotFoundError. */
  appendEvent: (id: string, event: VideoEvent) => Promise<number>
  events: (id: string, page?: { after?: number; limit?: number }) => Promise<(VideoEvent & { seq: number })[]>
  /** Records that a call is about to be made. Recording the same key again keeps the first record. */
  recordCall: (id: string, call: CallRecord) => Promise<void>
  settleCall: (id: string, key: string, settled: { settledAt: string; charges: Charge[] }) => Promise<void>
  /** In the order they were first recorded. */
  calls: (id: string) => Promise<CallRecord[]>
}
