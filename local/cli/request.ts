// What the command line is given, as the request that the API takes too.
import { createReadStream } from 'node:fs'
import { basename, dirname, extname } from 'node:path'
import { InputError } from '../../core/errors.ts'
import { clip } from '../../core/explain.ts'
import { parseRequest, type VideoRequest } from '../../core/video.ts'
import { fromHere } from './from-here.ts'

export type MakeOptions = {
  out?: string
  force?: boolean
  again?: boolean
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
  resolution?: string
  fps?: string
  quality?: string
  codec?: string
  hls?: boolean
  captionPosition?: string
  captionSize?: string
  captionFont?: string
  captionColour?: string
  captionAccent?: string
  captionOutline?: string
  upperCase?: boolean
  transition?: string
  motion?: string
  titleCard?: boolean
  endCard?: string
  intro?: string
  outro?: string
  musicFile?: string
  soundEffects?: boolean
  watermark?: string
  logo?: string
  progressBar?: boolean
  preset?: string
  /** Each 'role=model'. */
  model?: string[]
  pictureQuality?: string
  maxCost?: string
}
/** `folder`: what picture files in the request are relative to. `name`: what to call the output. */
export type Source = { request: VideoRequest; folder: string; name: string | undefined }

/** Larger than any script or request that would be accepted. */
const sourceLimitBytes = 2_000_000

/** Throws InputError. */
export async function readSource(source: string, options: MakeOptions): Promise<Source> {
  if (source === '') throw new InputError('no file is named; name a .txt or .json file, or - for standard input')
  const path = source === '-' ? undefined : fromHere(source)
  const called = path === undefined ? 'standard input' : clip(source)
  const text = decode(await bytesOf(path, called), called)
  const isJson = path ? extname(path).toLowerCase() === '.json' : text.trimStart().startsWith('{')
  const base = isJson ? parseJson(text, called) : { script: text }
  const request = parseRequest({ ...base, ...overrides(options, base) })
  const name = path && basename(path, extname(path))
  return { request, folder: path ? dirname(path) : fromHere('.'), name: name === 'video' ? request.title : name }
}

/** Never more than the limit: a source may have no end, like a device or another program's output. */
async function bytesOf(path: string | undefined, called: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const chunk of (path === undefined ? input() : createReadStream(path)) as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      bytes += chunk.length
      if (bytes > sourceLimitBytes) throw new InputError(`${called} is too large; a script or request has at most 2 MB`)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(error as NodeJS.ErrnoException, called)
  }
}

function input(): NodeJS.ReadStream {
  if (process.stdin.isTTY) process.stderr.write('Type the script; Ctrl-D on an empty line ends it.\n')
  return process.stdin
}

function unreadable(error: NodeJS.ErrnoException, called: string): InputError {
  const reason =
    error.code === 'EISDIR'
      ? ' is a folder; name a .txt or .json file, or - for standard input'
      : error.code === 'ENOENT' || error.code === 'ENOTDIR'
        ? ': no such file'
        : ` cannot be read (${error.code ?? error.message})`
  return new InputError(`${called}${reason}`, { cause: error })
}

function decode(bytes: Uint8Array, called: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    // UTF-16 without a mark at its start decodes as text full of zeros.
    if (text.includes('\0')) throw new TypeError('it has zero bytes')
    return text
  } catch (error) {
    throw new InputError(`${called} is not UTF-8 text; save it as UTF-8`, { cause: error })
  }
}

function parseJson(text: string, called: string): object {
  let request: unknown
  try {
    request = JSON.parse(text)
  } catch (error) {
    throw new InputError(`${called} is not JSON: ${(error as Error).message}`, { cause: error })
  }
  if (typeof request !== 'object' || request === null || Array.isArray(request))
    throw new InputError(`${called} is no request; it must be an object such as {"script": "Once upon a time …"}`)
  return request
}

/** What options say goes before what the file says. `base` is only looked at for what has parts: captions and models. */
function overrides(
  {
    out: _out,
    force: _force,
    again: _again,
    json: _json,
    scenes,
    seed,
    fps,
    captions,
    captionPosition,
    captionSize,
    captionFont,
    captionColour,
    captionAccent,
    captionOutline,
    upperCase,
    preset,
    model,
    pictureQuality,
    maxCost,
    ...others
  }: MakeOptions,
  base: object,
): Record<string, unknown> {
  const numbers = { scenes: number(scenes, 'auto'), seed: number(seed), fps: number(fps), maxCostUsd: number(maxCost) }
  const styling = given({
    look: captions,
    position: captionPosition,
    size: captionSize,
    font: captionFont && isFile(captionFont) ? fromHere(captionFont) : captionFont,
    colour: colour(captionColour),
    accent: colour(captionAccent),
    outlineColour: colour(captionOutline),
    upperCase,
  })
  const models = given({ preset, pictureQuality, ...modelsOf(model) })
  return given({
    ...others,
    ...filesFromHere(others),
    ...numbers,
    captions: withStyling(base, styling),
    models: Object.keys(models).length === 0 ? undefined : { ...(base as { models?: object }).models, ...models },
  })
}

/** Files that options name lie where the person stands; those in a request lie beside it. */
function filesFromHere({ intro, outro, logo, musicFile }: MakeOptions): Record<string, string | undefined> {
  const here = (path: string | undefined) => path && fromHere(path)
  return { intro: here(intro), outro: here(outro), logo: here(logo), musicFile: here(musicFile) }
}

/** A font of one's own and none of ours. */
function isFile(font: string): boolean {
  return /\.\w+$/.test(font)
}

/** 'illustrate=gemini' */
function modelsOf(wishes: string[] = []): Record<string, string> {
  return Object.fromEntries(
    wishes.map((wish) => {
      const [, role, model] = /^\s*([a-z]+)\s*=\s*(.+)$/is.exec(wish) ?? []
      if (role === undefined || model === undefined)
        throw new InputError(`model: must be a role and who does it, such as illustrate=gemini (it is '${clip(wish)}')`)
      return [role.toLowerCase(), model]
    }),
  )
}

function withStyling(base: object, styling: object): unknown {
  const keys = Object.keys(styling)
  if (keys.length === 0) return undefined
  const { captions } = base as { captions?: unknown }
  // As short as it can be said, so that the same wish is the same request however it was given.
  if (typeof captions !== 'object' && keys.length === 1 && 'look' in styling) return styling.look
  return { ...(typeof captions === 'object' ? captions : captions === undefined ? {} : { look: captions }), ...styling }
}

/** A shell takes what follows '#' for a comment, so colours may come without it. */
function colour(text: string | undefined): string | undefined {
  return text && /^[0-9a-f]{6}$/i.test(text) ? `#${text}` : text
}

function given(options: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** What is no number stays as it is, so that the schema complains about it by name. */
function number(text: string | undefined, word?: string): number | string | undefined {
  if (text === undefined || text === word) return text
  return /^[+-]?\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : text
}
