// Compositions for the renderer's tests: everything in one folder, and parts kept in a folder too.
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Composition, PartStore } from '../../core/ports.ts'
import type { Timeline } from '../../core/timeline.ts'
import { babble, chord, dots, fontsDir, temporaryFolder, timelineOf, writePicture, writeWav } from './media.ts'

/** As data, so that it can go to another process; `open` makes it a composition. */
export type Described = { folder: string; files: Record<string, string>; timeline: Timeline }

/** Two scenes of 45 frames at 30 a second, with words, a voice and music. */
export async function smallComposition(): Promise<Described> {
  const folder = await temporaryFolder()
  const voice = { rate: 16_000, channels: 1, seconds: 2.5 }
  const music = { rate: 48_000, channels: 2, seconds: 2 }
  const timeline: Timeline = {
    ...timelineOf([45, 45]),
    narration: { key: 'voice', startMs: 0, durationMs: 2500 },
    music: { key: 'music', mood: 'warm' },
  }
  return {
    folder,
    timeline: { ...timeline, ...captionsOf(timeline) },
    files: {
      'picture-0': await writePicture(join(folder, '0.jpg'), [400, 600], dots(1)),
      'picture-1': await writePicture(join(folder, '1.jpg'), [400, 600], dots(2)),
      voice: await writeWav(join(folder, 'voice.wav'), voice, babble),
      music: await writeWav(join(folder, 'music.wav'), music, chord),
    },
  }
}

/** Two cues: 'Hello world', then 'again'. */
function captionsOf({ fps }: Timeline): Pick<Timeline, 'words' | 'cues' | 'captions'> {
  const times = [
    [100, 450, 'Hello'],
    [500, 950, 'world'],
    [1000, 2400, 'again'],
  ] as const
  const words = times.map(([startMs, endMs, text], index) => ({
    index,
    text,
    spaceBefore: index > 0,
    sentence: 0,
    startMs,
    endMs,
    firstFrame: Math.round((startMs * fps) / 1000),
    timeFrom: 'voice' as const,
  }))
  const cue = (index: number, firstWord: number, lastWord: number, endMs: number) => ({
    index,
    text: times
      .slice(firstWord, lastWord + 1)
      .map(([, , text]) => text)
      .join(' '),
    startMs: times[firstWord]![0],
    endMs,
    firstFrame: words[firstWord]!.firstFrame,
    lastFrame: Math.ceil((endMs * fps) / 1000) - 1,
    firstWord,
    lastWord,
    lines: [{ firstWord, lastWord }],
  })
  return { words, cues: [cue(0, 0, 1, 1000), cue(1, 2, 2, 2600)], captions: { look: 'highlight' } }
}

let renders = 0

/** A composition with a fresh scratch folder; parts are kept in the folder, for the next one opened there. */
export async function open({ folder, files, timeline }: Described): Promise<Composition> {
  const scratchDir = join(folder, `scratch-${process.pid}-${++renders}`)
  await mkdir(scratchDir)
  return {
    timeline,
    fetch: async (key) => files[key] ?? `/nowhere/${key}`,
    parts: folderParts(join(folder, 'parts'), scratchDir),
    fontsDir,
    scratchDir,
    outDir: join(folder, 'out'),
  }
}

function folderParts(dir: string, scratchDir: string): PartStore {
  const pathOf = (hash: string, extension: string) => join(dir, `${hash}.${extension}`)
  return {
    find: async (hash, extension) => {
      if (!existsSync(pathOf(hash, extension))) return undefined
      const copy = join(scratchDir, `found-${hash}.${extension}`)
      await copyFile(pathOf(hash, extension), copy)
      return copy
    },
    keep: async (hash, extension, path) => {
      await mkdir(dir, { recursive: true })
      const beside = `${pathOf(hash, extension)}.${process.pid}`
      await copyFile(path, beside)
      await rename(beside, pathOf(hash, extension))
    },
  }
}

export async function sha256(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex')
}
