// What the command line is given, as the request that the API takes too.
import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, extname, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { InputError } from '../../core/errors.ts'
import { parseRequest, type VideoRequest } from '../../core/video.ts'

export type MakeOptions = {
  out?: string
  force?: boolean
  json?: boolean
  format?: string
  style?: string
  voice?: string
  captions?: string
  music?: string
  language?: string
  scenes?: string
  seed?: string
  title?: string
  watermark?: string
}
/** `folder`: what picture files in the request are relative to. `name`: what to call the output. */
export type Source = { request: VideoRequest; folder: string; name: string | undefined }

/** Larger than any script or request that would be accepted. */
const sourceLimitBytes = 2_000_000

/** Throws InputError. */
export async function readSource(source: string, options: MakeOptions): Promise<Source> {
  const path = source === '-' ? undefined : fromHere(source)
  const text = decode(await bytesOf(path, source), source)
  const isJson = path ? extname(path).toLowerCase() === '.json' : text.trimStart().startsWith('{')
  const base = isJson ? parseJson(text, source) : { script: text }
  const request = parseRequest({ ...base, ...overrides(options) })
  const name = path && basename(path, extname(path))
  return { request, folder: path ? dirname(path) : fromHere('.'), name: name === 'video' ? request.title : name }
}

/** npm runs scripts in the project's folder; INIT_CWD is where the person stands. */
export function fromHere(path: string): string {
  return resolve(process.env.INIT_CWD ?? process.cwd(), path)
}

async function bytesOf(path: string | undefined, source: string): Promise<Uint8Array> {
  if (!path) return buffer(process.stdin)
  try {
    const { size } = await stat(path)
    if (size > sourceLimitBytes)
      throw new InputError(`${source} is ${Math.round(size / 1e6)} MB; a script or request has at most 2 MB`)
    return await readFile(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new InputError(`${source}: no such file`, { cause: error })
    if (code === 'EISDIR')
      throw new InputError(`${source} is a folder; name a .txt or .json file, or - for standard input`, {
        cause: error,
      })
    if (code === 'EACCES') throw new InputError(`${source} cannot be read (${code})`, { cause: error })
    throw error
  }
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw new InputError(`${source} is not UTF-8 text; save it as UTF-8`, { cause: error })
  }
}

function parseJson(text: string, source: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch (error) {
    throw new InputError(`${source} is not JSON: ${(error as Error).message}`, { cause: error })
  }
}

function overrides({
  out: _out,
  force: _force,
  json: _json,
  scenes,
  seed,
  ...texts
}: MakeOptions): Record<string, unknown> {
  const numbers = { scenes: number(scenes, 'auto'), seed: number(seed) }
  return Object.fromEntries(Object.entries({ ...texts, ...numbers }).filter(([, value]) => value !== undefined))
}

/** What is no number stays as it is, so that the schema complains about it by name. */
function number(text: string | undefined, word?: string): number | string | undefined {
  if (text === undefined || text === word) return text
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}
