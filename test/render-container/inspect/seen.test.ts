import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Finding } from '../../../core/ports.ts'
import type { Motion } from '../../../core/timeline.ts'
import { compose } from '../../../render-container/compose.ts'
import { inspect } from '../../../render-container/inspect.ts'
import { type Known, rangesToSee } from '../../../render-container/inspect/seen.ts'
import type { Group } from '../../../render-container/inspect/stretches.ts'
import { open } from '../compositions.ts'
import { dots, fontsDir, stillMotion, temporaryFolder, timelineOf, writePicture, zoomIn } from '../media.ts'

const never = new AbortController().signal

/** Groups of so many frames each; a capital letter is one that was not there before. */
const groupsOf = (frames: number[], hashes: string): Group[] =>
  frames.map((count, at) => ({
    firstFrame: frames.slice(0, at).reduce((sum, each) => sum + each, 0),
    frames: count,
    sha256: hashes[at]!,
    cost: 1,
  }))

test('looked at is what is new and what is compared with it, 16 frames later at 30 a second', () => {
  const frames = [40, 12, 12, 60, 60, 60, 60]
  const known = { groups: groupsOf(frames, 'abcdefg') } as Pick<Known, 'groups'> as Known
  const ranges = (hashes: string, from: Known | false = known) =>
    rangesToSee(groupsOf(frames, hashes), from || undefined, 30).map(({ groups, lead }) => [
      groups.map(({ sha256 }) => sha256).join(''),
      lead,
    ])
  expect(ranges('abcdefg')).toEqual([])
  expect(ranges('abcdefg', false)).toEqual([['abcdefg', 0]])
  // What is before it tells how it moves; the two after it are too short to stand between it and the next.
  expect(ranges('aBcdefg')).toEqual([['aBcd', 1]])
  expect(ranges('abcdefG')).toEqual([['fG', 1]])
  expect(ranges('Abcdefg')).toEqual([['Abc', 0]])
  expect(ranges('AbcdeFg')).toEqual([
    ['Abc', 0],
    ['eFg', 1],
  ])
})

test('with the notes of another version the findings are the same, and what is the same is not looked at again', async () => {
  const folder = await temporaryFolder()
  const names = ['a.jpg', 'bb.jpg', 'ccc.jpg', 'dddd.jpg']
  const pictures = await Promise.all(
    names.map((name) => writePicture(join(folder, name), [200, 300], dots(name.length))),
  )
  const [before, after] = [await madeOf(pictures, zoomIn), await madeOf(pictures, stillMotion)]

  const { notes } = await inspect(before, never)
  // As they are kept.
  const kept = (): Known => JSON.parse(JSON.stringify(notes))
  const whole = await inspect(after, never)
  const { findings, notes: next } = await inspect({ ...after, known: kept() }, never)
  expect(findings).toEqual(whole.findings)
  expect(stillIn(findings)).toMatch(/^1\.[78]\d s at 4\.\d+ s$/)
  expect(next).toEqual(whole.notes)

  const lying = kept()
  const { motions } = lying.seen.looks
  // In the third scene it is looked at again; in the first it is believed.
  motions.fill(0, 65, 85)
  expect((await inspect({ ...after, known: lying }, never)).findings).toEqual(whole.findings)
  motions.fill(0, 0, 30)
  expect(stillIn((await inspect({ ...after, known: lying }, never)).findings)).toMatch(/ at -?0\./)
  // Notes of another time, or of other captions.
  for (const other of [{ ...lying, version: 0 }, { ...lying, cover: '' }, 'x', {}])
    expect((await inspect({ ...after, known: other }, never)).findings).toEqual(whole.findings)
}, 60_000)

const stillIn = (findings: Finding[]) => findings.find(({ check }) => check === 'still')!.measured

/** Claimed to zoom in all of its scenes. */
async function madeOf(pictures: string[], third: Motion) {
  const folder = await temporaryFolder()
  const of = (motions: Motion[]) => timelineOf([60, 60, 60, 60], { width: 128, height: 160, fade: 6, motions })
  const files = Object.fromEntries(pictures.map((path, at) => [`picture-${at}`, path]))
  const composition = await open({ folder, timeline: of([zoomIn, zoomIn, third, zoomIn]), files })
  await compose(composition, () => {}, never)
  const videoPath = join(composition.outDir, 'video.mp4')
  return { videoPath, timeline: of([zoomIn]), captionsAss: undefined, fontsDir, hasNarration: false, hasSound: false }
}
