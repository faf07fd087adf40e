// Whether a file that somebody uploaded can be used, and what it is. What its bytes are decides, never its name; what
// opens them does so in a child, which takes along whatever it costs.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { InputError } from '../../core/errors.ts'
import type { FaceData } from '../../core/fonts/face.ts'
import { type UploadFacts, type UploadKind, uploadLimits } from '../../core/uploads.ts'
import { CrashError, type Pool, withPool } from '../pool.ts'
import { otherFile, sniff } from './sniff.ts'

/** `face`: of a font, how its letters measure. */
export type InspectedUpload = { facts: UploadFacts; face?: FaceData }

export type Inspecting = { maxBytes?: number; signal?: AbortSignal }

/** What takes longer is made to take long: the largest film needs a second, whatever it is coded in. */
const longestMs = 60_000

/**
 * Throws InputError that says what is wrong and what to do; the file is called `name` there. Aborted, it throws the
 * signal's reason.
 */
export async function inspectUpload(
  path: string,
  kind: UploadKind,
  name: string,
  { maxBytes = uploadLimits[kind], signal = new AbortController().signal }: Inspecting = {},
): Promise<InspectedUpload> {
  const file = await open(path, 'r')
  try {
    const { extension, contentType, bytes } = await looked(file, kind, { name, maxBytes })
    const sha256 = await sha256Of(path)
    const { face, ...found } = await read(path, kind, signal)
    const facts = { kind, bytes, sha256, extension, contentType, ...found }
    return { facts, ...(face && { face }) }
  } catch (error) {
    // Those who opened it know it by its path alone.
    if (error instanceof InputError) throw new InputError(error.message.replaceAll(path, name), { cause: error })
    throw error
  } finally {
    await file.close()
  }
}

const saveAs: Record<UploadKind, string> = {
  picture: 'JPEG, PNG or WebP',
  clip: 'MP4, MOV or WebM',
  music: 'MP3, M4A, WAV, FLAC, Ogg or Opus',
  font: 'TTF or OTF',
}
const nouns: Record<UploadKind, string> = { picture: 'picture', clip: 'clip', music: 'sound file', font: 'font' }

async function looked(file: FileHandle, kind: UploadKind, { name, maxBytes }: { name: string; maxBytes: number }) {
  const { size: bytes } = await file.stat()
  if (bytes === 0) throw new InputError(`${name} is empty; save or download it again`)
  if (bytes > maxBytes)
    throw new InputError(`${name} has ${Math.ceil(bytes / 1e6)} MB; the most for a ${kind} is ${maxBytes / 1e6}`)
  const sniffed = await sniff(file)
  if (!sniffed) {
    const head = Buffer.alloc(64)
    await file.read(head, 0, head.length, 0)
    const other = otherFile(head) ?? `is no ${nouns[kind]} that can be read; save it as ${saveAs[kind]}`
    throw new InputError(`${name} ${other}`)
  }
  const named = sniffed.kinds[kind]
  if (!named)
    throw new InputError(
      `${name} is a ${sniffed.noun} and no ${nouns[kind]}; use it as a ${sniffed.noun}, or save it as ${saveAs[kind]}`,
    )
  if (!(await sniffed.isWhole())) throw new InputError(`${name} is broken or cut off; save or download it again`)
  return { ...named, bytes }
}

/** A file that its reader dies of, or never ends with, is of no use either. */
async function read(path: string, kind: UploadKind, signal: AbortSignal): Promise<Found> {
  const tooLong = AbortSignal.timeout(longestMs)
  try {
    return await withPool(1, AbortSignal.any([signal, tooLong]), (pool) => readers[kind](pool, path))
  } catch (error) {
    const isHarmful = error instanceof CrashError || (tooLong.aborted && !signal.aborted)
    if (!isHarmful) throw error
    throw new InputError(`${path} cannot be decoded; save it again as ${saveAs[kind]}`, { cause: error })
  }
}

type Found = Partial<UploadFacts> & { face?: FaceData }

const readers: Record<UploadKind, (pool: Pool, path: string) => Promise<Found>> = {
  picture: (pool, path) => pool.run('probePicture', { path }, path),
  clip: async (pool, path) => {
    const { durationMs, widthPx, heightPx, hasSound } = await pool.run('probeClip', { path }, path)
    return { durationMs, widthPx, heightPx, hasSound }
  },
  music: (pool, path) => pool.run('probeSound', { path }, path),
  font: (pool, path) => pool.run('readFont', { path }, path),
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
