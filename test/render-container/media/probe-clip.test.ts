import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { probeClip } from '../../../render-container/media/probe-clip.ts'
import { sharedChild, temporaryFolder } from '../media.ts'
import { clipChild, evenly, h264, vp8 } from './clips.ts'

const clips = clipChild()
const run = sharedChild()
const probe = (path: string) => run('probeClip', { path }, path)

test('length, size as seen, rate and sound of a clip are told', async () => {
  const folder = await temporaryFolder()
  const phone = join(folder, 'phone.mov')
  await clips.make({ ...h264, path: phone, width: 128, height: 96, times: evenly(50, 25), matrix: [0, 1, -1, 0] })
  const facts = await probeClip(phone)
  expect(facts).toMatchObject({ widthPx: 96, heightPx: 128, hasSound: false })
  expect(Math.abs(facts.durationMs - 2000)).toBeLessThan(40)
  expect(Math.abs(facts.fps - 25)).toBeLessThan(0.2)

  const wide = join(folder, 'wide.webm')
  await clips.make({ ...vp8, path: wide, width: 96, height: 72, times: [0, 40, 80], sar: [4, 3] })
  expect(await probe(wide)).toMatchObject({ widthPx: 128, heightPx: 72, hasSound: false })

  const loud = join(folder, 'loud.mp4')
  await clips.make({ ...h264, path: loud, width: 96, height: 72, times: evenly(30, 30), sound: 'too' })
  expect(await probe(loud)).toMatchObject({ widthPx: 96, heightPx: 72, hasSound: true })
})

test('a clip whose header has no duration is measured', async () => {
  const path = join(await temporaryFolder(), 'live.webm')
  for (const pictures of [6, 60]) {
    await clips.make({ ...vp8, path, width: 96, height: 96, times: evenly(pictures, 30), muxer: { live: 1 } })
    expect(Math.abs((await probe(path)).durationMs - (pictures * 1000) / 30)).toBeLessThan(70)
  }
})

test('what is no clip, or too large, is refused with what to do', async () => {
  const folder = await temporaryFolder()
  await expect(probe(join(folder, 'none.mp4'))).rejects.toThrow(/none\.mp4 is not there; check the path/)
  await mkdir(join(folder, 'folder.mp4'))
  await expect(probe(join(folder, 'folder.mp4'))).rejects.toThrow(/is not there/)
  const path = join(folder, 'clip.mp4')
  for (const content of ['', 'hello', '#EXTM3U\nsecret.ts\n']) {
    await writeFile(path, content)
    await expect(probe(path)).rejects.toThrow(/clip\.mp4 is not an MP4, MOV or WebM clip; save it as one of these/)
  }
  await writeFile(path, '\0\0\0\x18ftypisom nothing else')
  await expect(probe(path)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/broken or cut off/),
  })
  await truncate(path, 2_100_000_000)
  await expect(probe(path)).rejects.toThrow(/has 2\.1 GB; the most is 2\.0/)
  await clips.make({ ...h264, path, width: 4112, height: 64, times: [0] })
  await expect(probe(path)).rejects.toThrow(/has 4112x64 px; the most is 4096x4096/)
  await clips.make({ ...h264, path, width: 64, height: 64, times: [0, 3_700_000] })
  await expect(probe(path)).rejects.toThrow(/takes 62 minutes; the most is 60/)
})

test('a codec that nothing here can decode is named', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'clip.mp4')
  await clips.make({ ...h264, path, width: 64, height: 64, times: [0, 33] })
  // EVC, for which there is no decoder.
  await writeFile(path, (await readFile(path)).toString('latin1').replaceAll('avc1', 'evc1'), 'latin1')
  await expect(probe(path)).rejects.toThrow(/clip\.mp4 is coded as evc, which cannot be decoded; save it as H\.264/)
})

test('sound alone is no clip', async () => {
  const path = join(await temporaryFolder(), 'song.mp4')
  await clips.make({ ...h264, path, width: 64, height: 64, times: [], sound: 'only' })
  await expect(probe(path)).rejects.toThrow(/song\.mp4 has no moving pictures; give one that has/)
})
