// One file of the inbox, wherever that is, becomes its videos, and a manifest beside it says what came of each of its
// lines.
import PQueue from 'p-queue'
import { InputError, NotFoundError } from '../errors.ts'
import {
  checkInboxSize,
  type InboxFile,
  type InboxItem,
  inboxOwnerOf,
  inboxVideoId,
  isManifest,
  type Manifest,
  type ManifestEntry,
  manifestOf,
  readInbox,
} from '../inbox.ts'
import { submit, type SubmitPorts } from '../submit.ts'
import type { VideoRequest } from '../video.ts'

/** Versions matter here, which the stores know nothing of: a file that was dropped again under its name is another file. */
export type InboxObjects = {
  /** `at`: when this version was dropped, in ISO 8601. Undefined when it is gone. Throws InputError when it is too large. */
  read: (file: InboxFile) => Promise<{ bytes: Uint8Array; at: string } | undefined>
  manifest: (file: Pick<InboxFile, 'bucket' | 'key'>) => Promise<Manifest | undefined>
  writeManifest: (file: InboxFile, manifest: Manifest) => Promise<void>
}

/**
 * - named: puts keys in the place of the uploads' ids (core/uploads/resolve.ts); throws InputError or NotFoundError
 * - idOf: of the video of a line; where it is absent, each version of a file makes videos of its own (inboxVideoId)
 * - breathe: awaited before each line, one line at a time, where submitting keeps others waiting; absent = many at once
 */
export type TakingPorts = SubmitPorts & {
  inbox: InboxObjects
  named?: (request: VideoRequest, owner: string) => Promise<VideoRequest>
  idOf?: (file: InboxFile, line: number, request: VideoRequest) => string
  breathe?: () => Promise<void>
}

/** Lines that are submitted at once: where each takes a round trip, a thousand are through within minutes. */
const usuallyAtOnce = 10

/** `accepted` lines are videos now, `refused` ones (or the whole file, as one) are no requests. */
export type Taken = { accepted: number; refused: number; error?: string }

/**
 * Undefined when there is nothing to do: it is a manifest, it was dealt with before, it is gone, or a newer version of it
 * has its manifest already. Whatever is thrown may go well later: nothing is made twice.
 */
export async function takeUpload(
  file: InboxFile,
  { bytes: eventBytes, at: droppedAt }: { bytes: number; at: string },
  ports: TakingPorts,
): Promise<Taken | undefined> {
  // Consoles make folders by objects whose name ends like this.
  if (isManifest(file.key) || file.key.endsWith('/')) return undefined
  const before = await ports.inbox.manifest(file)
  if (before?.versionId === file.versionId) return undefined
  const known = new Set(before?.entries.flatMap((entry) => (entry.ok ? [entry.videoId] : [])))
  const outcome = await outcomeOf(file, { eventBytes, droppedAt, known }, ports)
  if (!outcome) return undefined
  const { at, entries, error } = outcome
  const manifest = manifestOf(file, at, { entries, ...(error !== undefined && { error }) })
  // Events come in any order: what is said of a newer version stays.
  if (before === undefined || before.at <= at) await ports.inbox.writeManifest(file, manifest)
  const { accepted, refused } = manifest.counts
  return error === undefined ? { accepted, refused } : { accepted, refused: refused + 1, error }
}

type Outcome = { at: string; entries: ManifestEntry[]; error?: string }
/** `known`: ids of the videos that the manifest names already. They are there, or somebody has deleted them since. */
type Before = { eventBytes: number; droppedAt: string; known: ReadonlySet<string> }

async function outcomeOf(
  file: InboxFile,
  { eventBytes, droppedAt, known }: Before,
  ports: TakingPorts,
): Promise<Outcome | undefined> {
  let at = droppedAt
  try {
    const owner = inboxOwnerOf(file.key)
    checkInboxSize(eventBytes)
    const object = await ports.inbox.read(file)
    if (!object) return undefined
    at = object.at
    const items = readInbox(file.key, object.bytes)
    return { at, entries: await allOf(items, (item) => submitted(item, { owner, file, known }, ports), ports) }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { at, entries: [], error: error.message }
  }
}

/** In their order. After an error of ours nothing more is begun, and what is under way is over when it is thrown. */
async function allOf(
  items: InboxItem[],
  take: (item: InboxItem) => Promise<ManifestEntry>,
  { breathe }: Pick<TakingPorts, 'breathe'>,
): Promise<ManifestEntry[]> {
  const queue = new PQueue({ concurrency: breathe ? 1 : usuallyAtOnce })
  try {
    return await queue.addAll(
      items.map((item) => async () => {
        await breathe?.()
        return take(item)
      }),
    )
  } catch (error) {
    queue.clear()
    await queue.onIdle()
    throw error
  }
}

async function submitted(
  item: InboxItem,
  { owner, file, known }: { owner: string; file: InboxFile; known: ReadonlySet<string> },
  ports: TakingPorts,
): Promise<ManifestEntry> {
  const { line } = item
  if ('error' in item) return { line, ok: false, error: item.error }
  const id = ports.idOf?.(file, line, item.request) ?? inboxVideoId(file, line)
  if (known.has(id)) return { line, ok: true, videoId: id }
  try {
    const request = ports.named ? await ports.named(item.request, owner) : item.request
    await submit(ports, { owner, request, id })
    return { line, ok: true, videoId: id }
  } catch (error) {
    if (!(error instanceof InputError || error instanceof NotFoundError)) throw error
    return { line, ok: false, error: error.message }
  }
}
