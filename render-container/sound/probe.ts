// Whether a user's sound file can be used, before anything is made for it.
import { stat } from 'node:fs/promises'
import { Demuxer } from 'node-av/api'
import { InputError } from '../../core/errors.ts'
import { withPool } from '../pool.ts'
import { framesOf } from '../graph.ts'
import { source } from './chain.ts'

const MOST_BYTES = 200_000_000
/** Enough to know that it decodes, however long it is. */
const FRAMES_HEARD = 20

/** `durationMs`: as the file says it; absent where it does not. */
export type SoundFacts = { durationMs?: number }

/** In a child of its own. Throws InputError naming the file and what is wrong with it. */
export async function probeSound(path: string, signal = new AbortController().signal): Promise<SoundFacts> {
  const { size } = await stat(path)
  if (size > MOST_BYTES)
    throw new InputError(`${path} has ${Math.ceil(size / 1e6)} MB; the most is ${MOST_BYTES / 1e6}`)
  return withPool(1, signal, ({ run }) => run('probeSound', { path }, path))
}

/** In the child. */
export async function hearSound({ path }: { path: string }): Promise<SoundFacts> {
  const facts = await heard(path)
  if (!facts) throw new InputError(`${path} has no sound that can be decoded; save it as MP3, M4A or WAV`)
  return facts
}

async function heard(path: string): Promise<SoundFacts | undefined> {
  try {
    let durationMs: number
    {
      using demuxer = Demuxer.openSync(path)
      if (!demuxer.audio()) return undefined
      durationMs = Math.round(demuxer.duration * 1000)
    }
    let frames = 0
    for await (const frame of framesOf(`${source(path)}[out]`, 'abuffersink')) {
      if (frame.nbSamples > 0 && ++frames === FRAMES_HEARD) break
    }
    if (frames === 0) return undefined
    return durationMs > 0 ? { durationMs } : {}
  } catch {
    return undefined
  }
}
