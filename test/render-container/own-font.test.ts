import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { captionsAssOf } from '../../core/captions.ts'
import type { OwnFace } from '../../core/fonts/face.ts'
import { fontFor, fontRuns, widthEm } from '../../core/fonts.ts'
import { compose } from '../../render-container/compose.ts'
import { inspect } from '../../render-container/inspect.ts'
import { inspectUpload } from '../../render-container/media/inspect-upload.ts'
import { open, smallComposition } from './compositions.ts'
import { decodeFrames, fontsDir, temporaryFolder } from './media.ts'

const never = new AbortController().signal
const key = 'owners/ann/uploads/0.ttf'

/** One of ours under another name: what it must look like is known. */
async function renamedAnton(folder: string): Promise<{ path: string; face: OwnFace }> {
  const font = await readFile(join(fontsDir, 'Anton_400Regular.ttf'))
  for (const [encoded, other] of [
    [Buffer.from('Anton', 'utf16le').swap16(), Buffer.from('Otter', 'utf16le').swap16()],
    [Buffer.from('Anton'), Buffer.from('Otter')],
  ] as const)
    for (let at = font.indexOf(encoded); at >= 0; at = font.indexOf(encoded, at + 1)) other.copy(font, at)
  const path = join(folder, 'otter.ttf')
  await writeFile(path, font)
  const { facts, face } = await inspectUpload(path, 'font', 'otter.ttf')
  expect([facts.family, face!.name]).toEqual(['Otter', 'Otter Regular'])
  return { path, face: { ...face!, key } }
}

test("a font of the user's own measures as it is and is drawn as it is, in every frame", async () => {
  const folder = await temporaryFolder()
  const { path, face } = await renamedAnton(folder)
  const [own, ours] = [fontFor('Hello world', 'en', face), fontFor('Hello world', 'en', 'anton')]
  expect(own.primary).toMatchObject({ file: key, name: 'Otter Regular', heightEm: ours.primary.heightEm })
  expect(widthEm('Hello world', own)).toBe(widthEm('Hello world', ours))

  const described = await smallComposition()
  const made = async (font: OwnFace | 'anton' | 'bangers') => {
    const timeline = { ...described.timeline, captions: { look: 'highlight' as const, font } }
    const composition = await open({ ...described, timeline, files: { ...described.files, [key]: path } })
    await compose(composition, () => {}, never)
    const videoPath = join(described.folder, 'out', 'video.mp4')
    return { timeline, videoPath, frames: await decodeFrames(videoPath, timeline) }
  }
  const wanted = await made('anton')
  const otherwise = await made('bangers')
  const { timeline, videoPath, frames } = await made(face)
  const captioned = timeline.cues[0]!.firstFrame + 2
  expect(Buffer.compare(frames[captioned]!, otherwise.frames[captioned]!)).not.toBe(0)
  expect(frames.map((frame, at) => Buffer.compare(frame, wanted.frames[at]!))).toEqual(frames.map(() => 0))

  const captionsAss = captionsAssOf(timeline)
  const file = { videoPath, timeline, captionsAss, hasNarration: true, hasSound: true, fontsDir, ownFontPath: path }
  const { findings } = await inspect(file, never)
  expect(findings.filter(({ ok }) => !ok)).toEqual([])
})

test('what it lacks is drawn in our faces, and a script that it lacks keeps its own', async () => {
  const { face } = await renamedAnton(await temporaryFolder())
  const mixed = fontFor('Hello 日本', 'en', face)
  expect(fontRuns('Hello 日本', mixed).map((run) => [run.text.trim(), run.face.name])).toEqual([
    ['Hello', 'Otter Regular'],
    ['日本', expect.stringContaining('Noto')],
  ])
  const japanese = fontFor('山羊が踊った OK', 'ja', face)
  expect([japanese.primary.name, japanese.wanted?.name]).toEqual([expect.stringContaining('Noto'), 'Otter Regular'])
})
