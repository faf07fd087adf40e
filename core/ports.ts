// What the product needs from the outside world, as function types. No SDK, no file system, no clock here.
// `providers/` speaks, draws and plays; `stores/` keeps; `render-container/` composes. Each port has one
// contract suite under test/contract/ that every implementation passes.
import type { StyleId } from './catalog.ts'
import type { Edition } from './edition.ts'
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

/** A thing made by one call, with what it cost: nobody can forget the bill because the type will not unwrap without it. */
export type Billed<Made> = { made: Made; charges: Charge[] }

/** A call that is about to be made; `estimateMicroUsd` is the most that it is likely to cost. */
export type Intent = { provider: string; model: string; estimateMicroUsd: number }

/**
 * Makes one call: its intent is recorded before, what came of it afterwards. An answer that is of no use costs money
 * all the same: its error carries the charges (core/errors.ts). Throws BudgetError instead of calling when the video's
 * `maxCostUsd` could be passed.
 */
export type Buy = <Made>(intent: Intent, call: () => Promise<Billed<Made>>) => Promise<Made>

/** `signal`: start nothing new once it has fired. A call that is under way is paid for, so it is let finish. */
export type Making = { signal: AbortSignal; buy: Buy }

/** Somebody who makes one kind of thing. `provider` and `model` are part of an asset's key and of the bill. */
export type Provider<Brief, Made> = {
  provider: string
  model: string
  /** All of the brief that changes what is made: names the asset, so that nothing else makes it anew. */
  request: (brief: Brief) => unknown
  make: (brief: Brief, making: Making) => Promise<Made>
}

/**
 * Where a word's time comes from, best first: the voice itself, forced alignment of the sound, a transcription
 * with word times, or an estimate from the word's length. An estimate is labelled one wherever it shows.
 */
export type TimeSource = 'voice' | 'alignment' | 'transcription' | 'estimate'

/** Milliseconds from the start of the narration. */
export type WordTime = { startMs: number; endMs: number }

export type ScriptBrief = {
  topic: string
  /** BCP 47; undefined = the topic's own. */
  language: string | undefined
  style: StyleId
  category: string | undefined
  keywords: string[]
  negativeKeywords: string[]
  /** How many scenes the user wants; undefined = as many as the script suggests. */
  sceneCount: number | undefined
}
export type DraftScript = { title: string; script: string }

/** `texts`: of all scenes in order. Languages are BCP 47. */
export type TranslateBrief = { title: string; texts: string[]; from: string; to: string }
/** As many texts as were given, in their order. */
export type Translation = { title: string; texts: string[] }

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

/** Mono PCM, 16 bit. */
export type Sound = { sampleRateHz: number; samples: Int16Array }
/** Of each character of the text that was said, in milliseconds from the sound's start; all three of one length. */
export type CharacterTimes = { characters: string[]; startsMs: number[]; endsMs: number[] }
/** Whole sentences of the script, with what is said before and after for the melody. */
export type SpeechBrief = { text: string; before: string; after: string; language: string; voice: string }
export type SpokenPiece = { sound: Sound; characterTimes?: CharacterTimes }
/** A service that says a text of at most `maxCharacters`. */
export type Speaker = Provider<SpeechBrief, SpokenPiece> & { maxCharacters: number }

/** A sound in which `words` are said; `heard` words come back in order and may differ from them. */
export type AlignBrief = { sound: Sound; words: Word[]; language: string }
export type HeardWord = { text: string } & WordTime
export type Aligner = Provider<AlignBrief, HeardWord[]> & { timesFrom: TimeSource }

export type PlanBrief = {
  words: Word[]
  language: string
  style: StyleId
  keywords: string[]
  negativeKeywords: string[]
  /** How many scenes the user wants; undefined = as many as the script suggests. */
  sceneCount: number | undefined
  /** The scenes that the user has fixed: then only what they show is planned. */
  spans: Span[] | undefined
}
/** Words from `firstWord` to `lastWord`, both included. */
export type Span = { firstWord: number; lastWord: number }
/** Scenes cover every word once, in order. */
export type PlannedScene = Span & { prompt: string }
export type Planned = {
  scenes: PlannedScene[]
  /** What all pictures share besides the style's art direction: place, time, how a person who comes again looks. */
  look?: string
  /** Words after which a caption should end, by their index; the caption's length still decides. */
  phraseEnds?: number[]
  publishing: Publishing
}
/** For the page that the video is published on. Tags have no '#'. */
export type Publishing = { title: string; description: string; tags: string[] }

export type PictureBrief = {
  /** What the picture shows: a prompt, or the scene's own words. */
  prompt: string
  /** The scene's own words. */
  text: string
  /** What all pictures of the video share (Planned.look). */
  look: string | undefined
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
export type Picture = { bytes: Uint8Array; contentType: 'image/jpeg' | 'image/png' | 'image/webp' }

/** A prompt that a service refused, to be said so that it is not. */
export type SoftenBrief = { prompt: string; text: string; reason: string }

export type MusicBrief = { mood: string; durationMs: number; seed: number }

export type Writer = Provider<ScriptBrief, DraftScript>
export type Translator = Provider<TranslateBrief, Translation>
export type Planner = Provider<PlanBrief, Planned>
export type Softener = Provider<SoftenBrief, string>
export type Narrator = Provider<Line, Speech>
export type Illustrator = Provider<PictureBrief, Picture>
/** Makes a WAV file, stereo, `durationMs` long or a little more, that can be looped. */
export type Musician = Provider<MusicBrief, Uint8Array>

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
/**
 * Looks at a finished file as a viewer would: decodes all of it and measures. `notes`, as JSON, are for the next version
 * of the video, which is given them as `known`: what is the same in it is not decoded again.
 */
export type Inspector = (
  file: {
    videoPath: string
    timeline: Timeline
    captionsAss: string | undefined
    fontsDir: string
    /** Of the user's own, where the captions are in one. */
    ownFontPath?: string
    hasNarration: boolean
    hasSound: boolean
    known?: unknown
  },
  signal: AbortSignal,
) => Promise<{ findings: Finding[]; notes?: unknown }>

/** `sha256` in hex; `modifiedAt` in ISO 8601. */
export type ObjectInfo = { key: string; bytes: number; contentType: string; sha256: string; modifiedAt: string }
/** What a list tells without a look at each object. */
export type ListedObject = Pick<ObjectInfo, 'key' | 'bytes' | 'modifiedAt'>
export type ObjectPage = { objects: ListedObject[]; next: string | undefined }
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
  /** Absent in a video's first version. */
  edition?: Edition
  /** The latest version that is finished: it can be watched while the next one is made. */
  made?: MadeEdition
  /** The video whose assets this one was made from. */
  variantOf?: string
  /** Who asked for it, where that decides who runs it: what the command line began, no server goes on with. */
  origin?: 'command line'
}
/**
 * `notices`: what was told of it. `isBack`: a version after it was given up, so that its bill.json may not name all that
 * was bought.
 */
export type MadeEdition = {
  edition: number
  durationMs: number
  costMicroUsd: number
  at: string
  title?: string
  notices?: string[]
  isBack?: true
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
  model?: string
  /** What is out of the ordinary about it ('with a softened prompt'). */
  about?: string
  /** Reserved of the video's `maxCostUsd` until it is settled. */
  estimateMicroUsd?: number
  startedAt: string
} & Partial<Settlement>
/** What came of a call. `reason`: one line, of a call that brought nothing of use. */
export type Settlement = { settledAt: string; charges: Charge[]; outcome?: CallOutcome; reason?: string }
/** 'lost': its answer never came whole, so it may have been charged. 'not made': the video could not afford it. */
export type CallOutcome = 'made' | 'refused' | 'failed' | 'lost' | 'not made'

/** Single-item conditional writes only: what both SQLite and DynamoDB do well. */
export type VideoStore = {
  /** With an idempotency key seen before for this owner, gives the video that it made and creates nothing. Throws ConflictError when the id exists. */
  create: (video: NewVideo, idempotencyKey?: string) => Promise<VideoRecord>
  get: (id: string) => Promise<VideoRecord | undefined>
  /** Throws ConflictError unless `version` is the stored one of a video that is there. A patch's `undefined` removes the field. */
  update: (
    id: string,
    version: number,
    patch: Partial<
      Pick<VideoRecord, 'status' | 'error' | 'notices' | 'expiresAt' | 'request' | 'edition' | 'made' | 'origin'>
    >,
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
  settleCall: (id: string, key: string, settled: Settlement) => Promise<void>
  /** In the order they were first recorded. */
  calls: (id: string) => Promise<CallRecord[]>
}
