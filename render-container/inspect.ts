// Looks at a finished video as a viewer would, in child processes.
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { TransientError } from '../core/errors.ts'
import type { Finding, Inspector } from '../core/ports.ts'
import { pictureFindings } from './inspect/findings.ts'
import { inspectLayout } from './inspect/layout.ts'
import { joinSeen, knownIn, notesOf, rangesToSee, type SeenWhole, type View, withKnown } from './inspect/seen.ts'
import { type Group, type Stretch, stretchesOf } from './inspect/stretches.ts'
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
 * Measures all of the file; every check is a finding, passed or not. A file that cannot be opened at all is a finding
 * too. All of the picture is decoded once, but for what the notes of another version say already of the same bytes.
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

function inspectWith(file: File, signal: AbortSignal): ReturnType<Inspector> {
  const { durationFrames, fps } = file.timeline
  const useful = Math.max(1, Math.floor(durationFrames / fps / SECONDS_PER_CHILD))
  const children = Math.min(poolSize(file.timeline), useful)
  return withPool(children, signal, async ({ run }) => {
    const { known: _notes, ...sound } = file
    const [picture, heard] = await Promise.all([
      inspectPicture(file, run, children),
      run('inspectSound', sound, "listening to the video's sound"),
    ])
    return { ...picture, findings: [...picture.findings, ...heard] }
  })
}

const looking = "looking at the video's picture"

async function inspectPicture(
  { known: notes, ...file }: File,
  run: Pool['run'],
  children: number,
): ReturnType<Inspector> {
  const { videoPath, timeline } = file
  const [{ findings, cover }, groups] = await Promise.all([
    run('inspectCaptions', file, "looking at the video's captions"),
    run('findGroups', { videoPath }, looking).catch(reasonOf),
  ])
  if (typeof groups === 'string') return { findings: [unreadable(groups)] }
  const view = { fps: timeline.fps, cover }
  const most = children === 1 ? 1 : STRETCHES_PER_CHILD * children
  const seen = await seeAll(groups, { view, notes, see: (own) => see(own, { run, videoPath, view, most }) }).catch(
    reasonOf,
  )
  if (typeof seen === 'string') return { findings: [unreadable(seen)] }
  const found = [...pictureFindings(timeline, seen), await inspectLayout(videoPath), ...findings]
  return { findings: found, notes: notesOf(groups, seen, view) }
}

type Seeing = { view: View; notes: unknown; see: (groups: Group[]) => Promise<SeenWhole> }

async function seeAll(groups: Group[], { view, notes, see: seeThese }: Seeing): Promise<SeenWhole> {
  const known = knownIn(notes, view)
  if (!known) return seeThese(groups)
  const ranges = rangesToSee(groups, known, view.fps)
  const seen = await Promise.all(ranges.map((range) => seeThese(range.groups)))
  return withKnown(groups, { known, ranges, seen }, view.fps) ?? seeThese(groups)
}

/** Side by side, in at most so many stretches. */
async function see(
  groups: Group[],
  { run, videoPath, view, most }: { run: Pool['run']; videoPath: string; view: View; most: number },
): Promise<SeenWhole> {
  const stretches = stretchesOf(groups, most)
  const threads = stretches.length === 1 ? Math.min(MOST_THREADS, availableParallelism()) : 1
  const look = (stretch: Stretch) => run('inspectPicture', { videoPath, stretch, threads, ...view }, looking)
  return joinSeen(await Promise.all(stretches.map(look)), view)
}

/** Why the video cannot be looked at; a crash and a full disk are not its fault. */
function reasonOf(error: unknown): string {
  if (error instanceof TransientError) throw error
  return String(error)
}

function unreadable(reason: string): Finding {
  return { check: 'decodes', ok: false, measured: reason, wanted: 'no error' }
}
