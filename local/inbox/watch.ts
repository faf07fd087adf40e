// Watches a folder: a file of requests that is dropped there becomes its videos, and a manifest beside it says what came
// of each line. What was taken is known by the manifest, so that a restart takes nothing twice.
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { inboxExtensions, isManifest } from '../../core/inbox.ts'
import { takeUpload } from '../../core/inbox/take.ts'
import type { ObjectStore } from '../../core/ports.ts'
import type { SubmitPorts } from '../../core/submit.ts'
import { resolveUploads } from '../../core/uploads/resolve.ts'
import { folderInbox, inboxFileOf } from './folder.ts'

export type InboxEvent = { at: string; type: 'taken'; file: string; accepted: number; refused: number; error?: string }

type Options = {
  folder: string
  ports: SubmitPorts & { objects: ObjectStore }
  onEvent: (event: InboxEvent) => void
  /** Told of a file once, until it changes. */
  onError: (error: Error) => void
}
type Seen = { size: number; mtimeMs: number; isTaken: boolean }

/** Also how long a file must have stayed as it is: what is still being written is left alone. */
const lookEveryMs = 1000

/** Throws InputError when there is no such folder. */
export async function checkInbox(folder: string): Promise<void> {
  const facts = await stat(folder).catch(() => undefined)
  if (!facts?.isDirectory()) throw new InputError(`inbox: ${folder} is no folder; make it first, or name another one`)
}

/** Gives the function that ends the watch. */
export function watchInbox(options: Options): () => Promise<void> {
  const seen = new Map<string, Seen>()
  let looking = look(options, seen)
  let isLooking = false
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    looking = look(options, seen).finally(() => (isLooking = false))
  }, lookEveryMs)
  return async () => {
    clearInterval(timer)
    await looking
  }
}

/** Never rejects. */
async function look(options: Options, seen: Map<string, Seen>): Promise<void> {
  const names = await namesIn(options, seen)
  for (const name of seen.keys()) if (!names.includes(name)) seen.delete(name)
  for (const name of names) {
    const before = seen.get(name)
    const facts = await stat(join(options.folder, name)).catch(() => undefined)
    if (!facts?.isFile()) continue
    const { size, mtimeMs } = facts
    const isSame = before?.size === size && before.mtimeMs === mtimeMs
    if (isSame && before.isTaken) continue
    seen.set(name, { size, mtimeMs, isTaken: isSame })
    if (isSame) await take(options, name, facts.mtime).catch((error: unknown) => options.onError(named(error, name)))
  }
}

async function namesIn({ folder, onError }: Options, seen: Map<string, Seen>): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(isRequests)
  } catch (error) {
    // Told when it goes, not each second after.
    if (seen.size > 0) onError(named(error, folder))
    return []
  }
}

/** Hidden files are editors' and copiers' own. */
function isRequests(name: string): boolean {
  return !name.startsWith('.') && !isManifest(name) && inboxExtensions.includes(extname(name).slice(1).toLowerCase())
}

async function take({ folder, ports, onEvent }: Options, name: string, droppedAt: Date): Promise<void> {
  const file = await inboxFileOf(folder, name)
  if (!file) return
  const dropped = { bytes: (await stat(join(folder, name))).size, at: droppedAt.toISOString() }
  const taken = await takeUpload(file, dropped, {
    ...ports,
    inbox: folderInbox(folder),
    named: (request, owner) => resolveUploads(request, owner, ports.objects),
  })
  if (taken) onEvent({ at: new Date().toISOString(), type: 'taken', file: name, ...taken })
}

function named(error: unknown, name: string): Error {
  const { message } = error instanceof Error ? error : new Error(String(error))
  return new Error(`inbox: ${name}: ${message}`, { cause: error })
}
