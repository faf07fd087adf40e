// A file that somebody dropped into the inbox, as the requests in it: a .txt is one script; a .json one request or a
// list of them; a .jsonl one request a line; a .csv one a row, with a header of the request's fields. Pure: the same file
// says the same however often it is read. A bad line never stops the good ones.
import { isOwnerName } from './api-keys.ts'
import { InputError } from './errors.ts'
import { clip } from './explain.ts'
import { hashOf } from './hash.ts'
import { readCsv } from './inbox/csv.ts'
import type { RawItem } from './inbox/item.ts'
import { inboxLimits } from './inbox/limits.ts'
import { readJson, readJsonLines } from './inbox/json.ts'
import { textOf } from './inbox/text.ts'
import { videoIdOf } from './submit.ts'
import { parseRequest, type VideoRequest } from './video.ts'

export { inboxLimits }

/** `line` counts from 1: the line that it starts on; in a .json its place in the list. `error`: one line for the user. */
export type InboxItem = { line: number } & ({ request: VideoRequest } | { error: string })

const readers = {
  txt: (text) => [{ line: 1, raw: { script: text } }],
  json: readJson,
  jsonl: readJsonLines,
  csv: readCsv,
} as const satisfies Record<string, (text: string) => RawItem[]>

export const inboxExtensions = Object.keys(readers)

/** Throws InputError when nothing of the file can be used: its kind, its size, its encoding, its header. */
export function readInbox(name: string, bytes: Uint8Array): InboxItem[] {
  const reader = readerOf(name)
  checkInboxSize(bytes.length)
  const items = reader(textOf(bytes))
  if (items.length === 0) throw new InputError('there is no request in it; write at least one')
  if (items.length > inboxLimits.items)
    throw new InputError(`it has more than ${inboxLimits.items.toLocaleString('en')} requests; split it`)
  return items.map((item) => ('error' in item ? item : requested(item.line, item.raw)))
}

/** Throws InputError. To be asked before a file is read. */
export function checkInboxSize(bytes: number): void {
  const megabytes = inboxLimits.bytes / 1e6
  if (bytes > inboxLimits.bytes)
    throw new InputError(`it has ${(bytes / 1e6).toFixed(1)} MB and the limit is ${megabytes} MB; split it`)
}

const prefix = 'inbox/'
const manifestSuffix = '.manifest.json'

/** Where a file of that owner is to be dropped. */
export function inboxKey(owner: string, ...path: string[]): string {
  return `${prefix}${owner}/${path.join('/')}`
}

export function isInboxKey(key: string): boolean {
  return key.startsWith(prefix)
}

export function manifestKey(key: string): string {
  return `${key}${manifestSuffix}`
}

export function isManifest(key: string): boolean {
  return key.endsWith(manifestSuffix)
}

/** Whoever drops files straight into the inbox, without a folder. */
const nobodysFolder = 'inbox'

/** Whose file it is: its first folder says so. Throws InputError. */
export function inboxOwnerOf(key: string): string {
  const folders = key.slice(prefix.length).split('/')
  if (!key.startsWith(prefix) || folders.length === 0) throw new InputError(`'${clip(key)}' is not in the inbox`)
  const owner = folders.length === 1 ? nobodysFolder : folders[0]!
  if (isOwnerName(owner)) return owner
  throw new InputError(`the folder '${clip(owner)}' is nobody's; drop files under inbox/ and the owner's name`)
}

/** An object in one of its versions; `versionId` is the ETag where the bucket keeps none. */
export type InboxFile = { bucket: string; key: string; versionId: string; isVersioned: boolean }

/** The same for the same line of the same version of a file, however often that is read. */
export function inboxVideoId({ bucket, key, versionId }: Omit<InboxFile, 'isVersioned'>, line: number): string {
  return videoIdOf('inbox', bucket, key, versionId, String(line))
}

/**
 * Where a file may be read again after it has grown: the same for the same line as long as that says the same, whatever
 * becomes of the others.
 */
export function lineVideoId({ bucket, key }: Pick<InboxFile, 'bucket' | 'key'>, line: number, said: unknown): string {
  return videoIdOf('inbox line', bucket, key, String(line), hashOf(said))
}

export type ManifestEntry = { line: number; ok: true; videoId: string } | { line: number; ok: false; error: string }
/** What came of a file; lies beside it. `at`: when this version of the file was dropped, in ISO 8601. */
export type Manifest = {
  file: string
  versionId: string
  at: string
  counts: { requests: number; accepted: number; refused: number }
  /** Why nothing of the file could be used. */
  error?: string
  entries: ManifestEntry[]
}

/** The same for the same file, whenever it is written. */
export function manifestOf(
  { key, versionId }: Pick<InboxFile, 'key' | 'versionId'>,
  at: string,
  outcome: { entries: ManifestEntry[]; error?: string },
): Manifest {
  const { entries, error } = outcome
  const accepted = entries.filter(({ ok }) => ok).length
  const counts = { requests: entries.length, accepted, refused: entries.length - accepted }
  return { file: key, versionId, at, counts, ...(error !== undefined && { error }), entries }
}

function readerOf(name: string): (text: string) => RawItem[] {
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
  if (Object.hasOwn(readers, extension)) return readers[extension as keyof typeof readers]
  const known = inboxExtensions.map((each) => `.${each}`).join(', ')
  throw new InputError(
    `${extension ? `.${clip(extension)}` : 'a name without an extension'} is nothing we read; drop one of ${known}`,
  )
}

function requested(line: number, raw: unknown): InboxItem {
  try {
    return { line, request: parseRequest(raw) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { line, error: error.message }
  }
}
