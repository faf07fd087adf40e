import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { CodecId } from '../../../core/output.ts'
import type { Timeline } from '../../../core/timeline.ts'
import { compose } from '../../../render-container/compose.ts'
import { coverOf } from '../../../render-container/inspect/cover.ts'
import { pictureFindings } from '../../../render-container/inspect/findings.ts'
import { joinSeen } from '../../../render-container/inspect/seen.ts'
import { groupsOf, stretchesOf, type CodedPicture, type Stretch } from '../../../render-container/inspect/stretches.ts'
import { open } from '../compositions.ts'
import { dots, sharedChild, stillMotion, temporaryFolder, timelineOf, writePicture, zoomIn } from '../media.ts'

const never = new AbortController().signal
const run = sharedChild()

test.each<CodecId>(['h264', 'hevc', 'av1'])(
  'looked at in stretches, %s gives the findings of the whole, with black and stillness across the cuts',
  async (codec) => {
    const videoPath = await stillThenBlack(codec)
    // What stands still should move and what is black should not be.
    const claimed = timelineOf([45, 145], { width: 128, height: 160, fade: 0, motions: [zoomIn] })
    const [whole, cut] = [await seenIn(videoPath, claimed, 1), await seenIn(videoPath, claimed, 8)]
    expect([whole.stretches.length, cut.stretches.length]).toEqual([1, 4])
    expect(cut.findings).toEqual(whole.findings)
    const measured = Object.fromEntries(cut.findings.map((finding) => [finding.check, finding.measured]))
    expect(measured).toMatchObject({ decodes: '0 errors', frames: '190', still: '3.00 s at 0.00 s' })
    expect(measured.black).toBe('3.33 s at 3.00 s')
  },
  15_000,
)

const pictures = (text: string, ticks: (number | undefined)[] = []): CodedPicture[] =>
  [...text].map((kind, at) => ({ isKey: kind === 'K', ticks: at in ticks ? ticks[at] : at, bytes: 1000, sha256: '' }))
const cut = (coded: CodedPicture[], most: number) => stretchesOf(groupsOf(coded, ''), most)

test('stretches begin at key frames and cost about the same', () => {
  const cases: [coded: CodedPicture[], most: number, stretches: Stretch[]][] = [
    [pictures('K..K..K..K..'), 2, [pieceOf(0, 6), pieceOf(6, 6)]],
    [pictures('K..K..K..K..'), 9, [pieceOf(0, 3), pieceOf(3, 3), pieceOf(6, 3), pieceOf(9, 3)]],
    [pictures('K.......K.K.'), 2, [pieceOf(0, 8), pieceOf(8, 4)]],
    [pictures('K...........'), 4, [pieceOf(0, 12)]],
    [pictures('K..K..'), 1, [pieceOf(0, 6)]],
    // Without a key frame at its start, and nothing at all.
    [pictures('...K..'), 2, [pieceOf(0, 3), pieceOf(3, 3)]],
    [[], 3, []],
  ]
  for (const [coded, most, stretches] of cases) expect(cut(coded, most)).toEqual(stretches)
})

test('a stretch does not begin where pictures may refer across, or times are missing', () => {
  // Shown before the key frame that they come after; shown after the key frame that they come before; no time given.
  for (const ticks of [
    [0, 1, 2, 5, 3, 4],
    [0, 1, 3, 2, 4, 5],
    [0, 1, 2, undefined, 4, 5],
    [0, 1, 2, 3, 4, undefined],
  ])
    expect(cut(pictures('K..K..', ticks), 2)).toEqual([pieceOf(0, 6)])
})

const pieceOf = (firstFrame: number, frames: number): Stretch => ({ firstFrame, frames })

/** Still for 89 frames, then black for 101: two groups of pictures each. */
async function stillThenBlack(codec: CodecId): Promise<string> {
  const folder = await temporaryFolder()
  const size = { width: 128, height: 160, fade: 0, motions: [stillMotion] }
  const files = {
    'picture-0': await writePicture(join(folder, '0.jpg'), [128, 160], dots(1)),
    'picture-1': await writePicture(join(folder, '1.jpg'), [128, 160], dots(1)),
    'picture-2': await writePicture(join(folder, '2.png'), [128, 160], (context) => context.fillRect(0, 0, 128, 160)),
    'picture-3': await writePicture(join(folder, '3.png'), [128, 160], (context) => context.fillRect(0, 0, 128, 160)),
  }
  const timeline: Timeline = {
    ...timelineOf([45, 44, 50, 51], size),
    output: { codec, quality: 'draft', hls: false },
  }
  const composition = await open({ folder, timeline, files })
  await compose(composition, () => {}, never)
  return join(composition.outDir, 'video.mp4')
}

async function seenIn(videoPath: string, timeline: Timeline, most: number) {
  const view = { fps: timeline.fps, cover: coverOf(timeline) }
  const stretches = stretchesOf(await run('findGroups', { videoPath }, 'groups'), most)
  const task = { videoPath, ...view, threads: 1 }
  const seen = await Promise.all(stretches.map((stretch) => run('inspectPicture', { ...task, stretch }, 'picture')))
  return { stretches, findings: pictureFindings(timeline, joinSeen(seen, view)) }
}
