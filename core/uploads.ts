// The user's own files: pictures, clips, music, logos and fonts, each checked before anything is made with it; and
// files of requests, which become videos.
import { randomBytes } from 'node:crypto'
import { inboxLimits } from './inbox/limits.ts'

export type UploadKind = 'picture' | 'clip' | 'music' | 'font'
/** 'script': a file of requests for the inbox. */
export type SentKind = UploadKind | 'script'

/** What was found out about a file. `extension`: what its bytes say it is. */
export type UploadFacts = {
  kind: UploadKind
  bytes: number
  sha256: string
  extension: string
  contentType: string
  widthPx?: number
  heightPx?: number
  durationMs?: number
  hasSound?: boolean
  /** A font's own name. */
  family?: string
}

/** What is kept of an upload, as JSON under uploadRecordKey. Times are ISO 8601. */
export type UploadRecord = {
  id: string
  owner: string
  /** As whoever sent it calls it; shown and never used as a path. */
  name: string
  kind: SentKind
  createdAt: string
  /** Where the form puts its bytes. */
  sentTo: string
} & (
  | { state: 'waiting' }
  /** `key`: where its bytes lie now; what was found out of a 'script' is its size alone. */
  | { state: 'ready'; key: string; facts: UploadFacts | { bytes: number } }
  /** `reason`: one line for the user. */
  | { state: 'refused'; reason: string }
)

/** The most bytes that a file of each kind may have. */
export const uploadLimits = {
  picture: 25_000_000,
  clip: 500_000_000,
  music: 50_000_000,
  font: 10_000_000,
  script: inboxLimits.bytes,
} as const satisfies Record<SentKind, number>

/** What kind a file is taken for by its name when nobody says it; what it really is, its bytes say. */
export const uploadExtensions = {
  picture: ['jpg', 'jpeg', 'png', 'webp'],
  clip: ['mp4', 'm4v', 'mov', 'webm'],
  music: ['mp3', 'm4a', 'wav', 'flac', 'ogg', 'opus'],
  font: ['ttf', 'otf'],
  script: ['txt', 'json', 'jsonl', 'csv'],
} as const satisfies Record<SentKind, readonly string[]>

export const uploadIdShape = /^upl_[A-Za-z0-9_-]{22}$/

/** In any case; undefined for a name that says nothing. */
export function kindOfName(name: string): SentKind | undefined {
  const extension = extensionOf(name)
  const kinds = Object.keys(uploadExtensions) as SentKind[]
  return kinds.find((kind) => (uploadExtensions[kind] as readonly string[]).includes(extension))
}

/** In small letters, without the dot; '' when there is none. */
export function extensionOf(name: string): string {
  return /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** Eight characters of time, then 84 random bits: in the order of their keys, the newest upload comes first. */
export function newUploadId(now: Date): string {
  const time = Array.from(
    { length: 8 },
    (_, index) => Math.floor((2 ** 48 - 1 - now.getTime()) / 64 ** (7 - index)) % 64,
  )
  return `upl_${[...time, ...randomBytes(14)].map((value) => ordered[value % 64]).join('')}`
}

/** base64url's characters, in the order in which stores sort them. */
const ordered = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz'
