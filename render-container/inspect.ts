// Looks at a finished video as a viewer would, in child processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { TransientError } from '../core/errors.ts'
import type { Finding, Inspector } from '../core/ports.ts'
import { pictureFindings } from './inspect/findings.ts'
import { inspectLayout } from './inspect/layout.ts'
import { fontsBeside, ownFaceOf } from './overlay/own-font.ts'
import { poolSize, withPool, type Pool } from './pool.ts'

type File = Parameters<Inspector>[0]

/** To start another child and load FFmpeg and this into it takes 0.35 s, as long as 2 s at 1080x1920 take to decode. */
const SECONDS_PER_CHILD = 8
/** Some stretches take longer than others, and one child listens to the sound first. */
const STRETCHES_PER_CHILD = 2
/** For a video that is one stretch. Each thread holds a frame or two more in memory. */
const MOST_THREADS = 4

/**
 * Decodes all of the file once and measures it; every check is a finding, passed or not. A file that cannot be
 * opened at all is a finding too.
 */
export const inspect: Inspector = async (file, signal) => {
  const face = ownFaceOf(file.timeline)
  if (!face || file.ownFontPath === undefined) return inspectWith(file, signal)
  const folder = await mkdtemp(join(tmpdir(), 'fonts-'))
  try {
    return await inspectWith(
      { ...file, fontsDir: await fontsBeside(folder, file.fontsDir, face, file.ownFontPath) },
      signal,
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function inspectWith(file: File, signal: AbortSignal): Promise<Finding[]> {
  const { durationFrames, fps } = file.timeline
  const useful = Math.max(1, Math.floor(durationFrames / fps / SECONDS_PER_CHILD))
  const children = Math.min(poolSize(file.timeline), useful)
  return withPool(children, signal, async ({ run }) => {
    const findings = await Promise.all([
      inspectPicture(file, run, children),
      run('inspectSound', file, "listening to the video's sound"),
    ])
    return findings.flat()
  })
}

async function inspectPicture(file: File, run: Pool['run'], children: number): Promise<Finding[]> {
  const { videoPath, timeline } = file
  const doing = "looking at the video's picture"
  const most = children === 1 ? 1 : STRETCHES_PER_CHILD * children
  const [{ findings, cover }, stretches] = await Promise.all([
    run('inspectCaptions', file, "looking at the video's captions"),
    run('findStretches', { videoPath, most }, doing).catch(reasonOf),
  ])
  if (typeof stretches === 'string') return [unreadable(stretches)]
  const threads = stretches.length === 1 ? Math.min(MOST_THREADS, availableParallelism()) : 1
  const task = { videoPath, fps: timeline.fps, cover, threads }
  const seen = await Promise.all(stretches.map((stretch) => run('inspectPicture', { ...task, stretch }, doing))).catch(
    reasonOf,
  )
  if (typeof seen === 'string') return [unreadable(seen)]
  return [...pictureFindings(timeline, cover, seen), await inspectLayout(videoPath), ...findings]
}

/** Why the video cannot be looked at; a crash and a full disk are not its fault. */
function reasonOf(error: unknown): string {
  if (error instanceof TransientError) throw error
  return String(error)
}

function unreadable(reason: string): Finding {
  return { check: 'decodes', ok: false, measured: reason, wanted: 'no error' }
}
