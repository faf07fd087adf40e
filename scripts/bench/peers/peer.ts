// Another program that makes the same film, when it is installed. Nothing is installed by the bench.
import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { basename, delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Minute } from '../minute/minute.ts'

export type PeerInput = {
  minute: Minute
  /** How much of the film is made; the rest is reckoned from it. */
  seconds: number
  folder: string
  fontPath: string
}
export type Peer = {
  name: string
  /** What to install, and how to tell the bench where it is. */
  howTo: string
  /** Its version; undefined when it is not installed. */
  installed: () => Promise<string | undefined>
  /** Makes `seconds` of the film as `path`. `setUpMs`: its own start (loading, bundling), which a longer film pays once. */
  make: (input: PeerInput) => Promise<{ setUpMs: number; makeMs: number; path: string }>
}

const run = promisify(execFile)

/** Standard output. Throws with the line in which the program said what was wrong. */
export async function output(command: string, args: string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await run(command, args, { cwd, maxBuffer: 50e6 })
    return stdout
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    const lines = stderr.trim().split('\n')
    const said = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1)
    throw new Error(`${basename(command)}: ${said || message}`, { cause: error })
  }
}

/** The path of a program that is named as in a shell; undefined when there is none. */
export function findProgram(name: string): string | undefined {
  const places = name.includes('/') ? [''] : (process.env['PATH'] ?? '').split(delimiter)
  return places.map((place) => resolve(join(place, name))).find(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Parts of the film as data, for the other programs: seconds, and paths instead of keys. */
export function screenplayOf({ minute: { timeline, files }, seconds, folder, fontPath }: PeerInput) {
  const { width, height, fps, cues, words, scenes } = timeline
  return {
    width,
    height,
    fps,
    seconds,
    fontPath,
    path: `${folder}/film.mp4`,
    voice: files['voice'],
    music: files['music'],
    scenes: scenes.map(({ media, motion, firstFrame, lastFrame, transition }) => ({
      picture: files[media.key],
      motion: motion.kind,
      from: motion.from,
      to: motion.to,
      start: firstFrame / fps,
      end: (lastFrame + 1) / fps,
      crossfade: transition.frames / fps,
    })),
    captions: cues.map(({ text, firstFrame, lastFrame, firstWord, lastWord }) => ({
      text,
      start: firstFrame / fps,
      end: (lastFrame + 1) / fps,
      words: words.slice(firstWord, lastWord + 1).map((word) => ({ text: word.text, start: word.firstFrame / fps })),
    })),
  }
}
