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

/** In a child of its own. Throws InputError naming the file and what is wrong with it. */
export async function probeSound(path: string): Promise<void> {
  const { size } = await stat(path)
  if (size > MOST_BYTES)
    throw new InputError(`${path} has ${Math.ceil(size / 1e6)} MB; the most is ${MOST_BYTES / 1e6}`)
  await withPool(1, new AbortController().signal, ({ run }) => run('probeSound', { path }, path))
}

/** In the child. */
export async function hearSound({ path }: { path: string }): Promise<void> {
  const isSound = await hasSound(path)
  if (!isSound) throw new InputError(`${path} has no sound that can be decoded; save it as MP3, M4A or WAV`)
}

async function hasSound(path: string): Promise<boolean> {
  try {
    {
      using demuxer = Demuxer.openSync(path)
      if (!demuxer.audio()) return false
    }
    let frames = 0
    for await (const frame of framesOf(`${source(path)}[out]`, 'abuffersink')) {
      if (frame.nbSamples > 0 && ++frames === FRAMES_HEARD) break
    }
    return frames > 0
  } catch {
    return false
  }
}
