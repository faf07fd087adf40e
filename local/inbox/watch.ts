// Watches a folder: a file of requests that is dropped there becomes its videos, and a manifest beside it says what came
// of each line. What was taken is known by the manifest, so that a restart takes nothing twice. A file that grows after
// it was taken brings the videos of its new lines.
import type { Stats } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { inboxExtensions, isManifest, lineVideoId } from '../../core/inbox.ts'
import { takeUpload } from '../../core/inbox/take.ts'
import type { ObjectStore } from '../../core/ports.ts'
import type { SubmitPorts } from '../../core/submit.ts'
import { resolveUploads } from '../../core/uploads/resolve.ts'
import { breathe } from '../breathe.ts'
import { openDropped } from './folder.ts'

export type InboxEvent = { at: string; type: 'taken'; file: string; accepted: number; refused: number; error?: string }

type Options = {
  folder: string
  ports: SubmitPorts & { objects: ObjectStore }
  onEvent: (event: InboxEvent) => void
  /** Told of what is wrong with a file once, however often it is tried again. */
  onError: (error: Error) => void
  /** How long a file must have stayed as it is before it is taken: what is still being written is left alone. */
  restMs?: number
  /** The first pause after an error of ours (a full disk, say); each further one is twice as long. */
  firstPauseMs?: number
}
/** `sinceMs`, `nextMs` as performance.now() counts. `told`: the error that somebody was told of. */
type Seen = {
  size: number
  mtimeMs: number
  sinceMs: number
  isTaken: boolean
  nextMs: number
  failures: number
  told?: string
}

const lookEveryMs = 1000
const usualRestMs = 3000
/** So many times longer waits a table whose last line may be half written: half a row is a row. */
const openEndedRests = 5
const [usualFirstPauseMs, longestPauseMs] = [5000, 60_000]

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
    const facts = await stat(join(options.folder, name)).catch(() => undefined)
    if (!facts?.isFile()) continue
    const known = seenAs(facts, seen.get(name), options)
    seen.set(name, known)
    if (!known.isTaken && performance.now() >= known.nextMs) await tryToTake(options, name, known)
  }
}

function seenAs({ size, mtimeMs }: Stats, before: Seen | undefined, { restMs = usualRestMs }: Options): Seen {
  if (before?.size === size && before.mtimeMs === mtimeMs) return before
  const told = before?.told
  const sinceMs = performance.now()
  const fresh = { size, mtimeMs, sinceMs, isTaken: false, nextMs: sinceMs + restMs, failures: 0 }
  return { ...fresh, ...(told !== undefined && { told }) }
}

/** Never rejects: what went wrong may go well later, whether or not the file changes. */
async function tryToTake(options: Options, name: string, known: Seen): Promise<void> {
  try {
    known.isTaken = await take(options, name, known.sinceMs)
    delete known.told
  } catch (error) {
    const { firstPauseMs = usualFirstPauseMs, onError } = options
    known.nextMs = performance.now() + Math.min(longestPauseMs, firstPauseMs * 2 ** known.failures++)
    const told = named(error, name)
    if (known.told !== told.message) onError(told)
    known.told = told.message
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

/** False when it is not there as it was, or not whole yet: then it is looked at again. */
async function take({ folder, ports, onEvent, restMs = usualRestMs }: Options, name: string, sinceMs: number) {
  const dropped = await openDropped(folder, name)
  if (!dropped) return false
  const isHalf = dropped.isOpenEnded && extname(name).toLowerCase() === '.csv'
  if (isHalf && performance.now() < sinceMs + restMs * openEndedRests) return false
  const { file, bytes, at, inbox } = dropped
  const taken = await takeUpload(
    file,
    { bytes, at },
    {
      ...ports,
      inbox,
      named: (request, owner) => resolveUploads(request, owner, ports.objects),
      idOf: lineVideoId,
      breathe,
    },
  )
  if (taken) onEvent({ at: new Date().toISOString(), type: 'taken', file: name, ...taken })
  return true
}

function named(error: unknown, name: string): Error {
  const { message } = error instanceof Error ? error : new Error(String(error))
  return new Error(`inbox: ${name}: ${message}`, { cause: error })
}
