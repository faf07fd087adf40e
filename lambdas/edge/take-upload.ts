// One file of the inbox becomes its videos, and a manifest beside it says what came of each of its lines.
import PQueue from 'p-queue'
import { InputError } from '../../core/errors.ts'
import {
  checkInboxSize,
  type InboxFile,
  type InboxItem,
  inboxOwnerOf,
  inboxVideoId,
  isManifest,
  type ManifestEntry,
  manifestOf,
  readInbox,
} from '../../core/inbox.ts'
import { submit, type SubmitPorts } from '../../core/submit.ts'
import type { InboxObjects } from './inbox-objects.ts'

/** Lines that are submitted at once: a thousand are through in well under the function's five minutes. */
const atOnce = 10

/** `accepted` lines are videos now, `refused` ones (or the whole file, as one) are no requests. */
export type Taken = { accepted: number; refused: number; error?: string }

/**
 * Undefined when there is nothing to do: it is a manifest, it was dealt with before, it is gone, or a newer version of it
 * has its manifest already. Whatever is thrown may go well later: nothing is made twice.
 */
export async function takeUpload(
  file: InboxFile,
  { bytes: eventBytes, at: droppedAt }: { bytes: number; at: string },
  ports: SubmitPorts & { inbox: InboxObjects },
): Promise<Taken | undefined> {
  // Consoles make folders by objects whose name ends like this.
  if (isManifest(file.key) || file.key.endsWith('/')) return undefined
  const before = await ports.inbox.manifest(file)
  if (before?.versionId === file.versionId) return undefined
  const outcome = await outcomeOf(file, { eventBytes, droppedAt }, ports)
  if (!outcome) return undefined
  const { at, entries, error } = outcome
  const manifest = manifestOf(file, at, { entries, ...(error !== undefined && { error }) })
  // Events come in any order: what is said of a newer version stays.
  if (before === undefined || before.at <= at) await ports.inbox.writeManifest(file, manifest)
  const { accepted, refused } = manifest.counts
  return error === undefined ? { accepted, refused } : { accepted, refused: refused + 1, error }
}

type Outcome = { at: string; entries: ManifestEntry[]; error?: string }

async function outcomeOf(
  file: InboxFile,
  { eventBytes, droppedAt }: { eventBytes: number; droppedAt: string },
  ports: SubmitPorts & { inbox: InboxObjects },
): Promise<Outcome | undefined> {
  let at = droppedAt
  try {
    const owner = inboxOwnerOf(file.key)
    checkInboxSize(eventBytes)
    const object = await ports.inbox.read(file)
    if (!object) return undefined
    at = object.at
    const items = readInbox(file.key, object.bytes)
    const queue = new PQueue({ concurrency: atOnce })
    const entries = await queue.addAll(items.map((item) => () => submitted(item, owner, file, ports)))
    return { at, entries }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { at, entries: [], error: error.message }
  }
}

async function submitted(item: InboxItem, owner: string, file: InboxFile, ports: SubmitPorts): Promise<ManifestEntry> {
  const { line } = item
  if ('error' in item) return { line, ok: false, error: item.error }
  try {
    const { id } = await submit(ports, { owner, request: item.request, id: inboxVideoId(file, line) })
    return { line, ok: true, videoId: id }
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    return { line, ok: false, error: error.message }
  }
}
