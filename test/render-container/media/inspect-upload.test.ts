import { createHash } from 'node:crypto'
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { UploadKind } from '../../../core/uploads.ts'
import { inspectUpload } from '../../../render-container/media/inspect-upload.ts'
import { chord, dots, fontsDir, temporaryFolder, writePicture, writeWav } from '../media.ts'
import { clipChild, evenly, h264, vp8 } from './clips.ts'

const { make } = clipChild()
const clip = { width: 64, height: 36, times: evenly(24, 24) }
const inspect = async (path: string, kind: UploadKind) => (await inspectUpload(path, kind, 'the file')).facts
const refusal = async (path: string, kind: UploadKind, maxBytes?: number) => {
  const error: unknown = await inspectUpload(path, kind, 'the file', {
    ...(maxBytes !== undefined && { maxBytes }),
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toMatchObject({ name: 'InputError' })
  return (error as Error).message
}

test('a picture, by its bytes and not by its name, with the hash of its bytes', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'anything')
  for (const [name, extension, contentType] of [
    ['a.jpg', 'jpg', 'image/jpeg'],
    ['a.png', 'png', 'image/png'],
  ] as const) {
    await copyFile(await writePicture(join(folder, name), [64, 36], dots(1)), path)
    const bytes = await readFile(path)
    expect(await inspect(path, 'picture')).toEqual({
      kind: 'picture',
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      extension,
      contentType,
      widthPx: 64,
      heightPx: 36,
    })
  }
})

test('clips and sounds, and how long they are', async () => {
  const folder = await temporaryFolder()
  await make({ path: join(folder, 'a.mp4'), ...h264, ...clip, sound: 'too' })
  await make({ path: join(folder, 'a.webm'), ...vp8, ...clip })
  await make({ path: join(folder, 'a.mov'), ...h264, ...clip })
  await writeWav(join(folder, 'a.wav'), { rate: 48_000, channels: 2, seconds: 1 }, chord)
  const size = { widthPx: 64, heightPx: 36 }
  const found = await inspect(join(folder, 'a.mp4'), 'clip')
  expect(found).toMatchObject({ extension: 'mp4', contentType: 'video/mp4', hasSound: true, ...size })
  expect(found.durationMs).toBeGreaterThan(900)
  expect(await inspect(join(folder, 'a.webm'), 'clip')).toMatchObject({ extension: 'webm', hasSound: false, ...size })
  expect(await inspect(join(folder, 'a.mov'), 'clip')).toMatchObject({ extension: 'mov', hasSound: false })
  expect(await inspect(join(folder, 'a.wav'), 'music')).toMatchObject({ extension: 'wav', durationMs: 1000 })
  // Music may come as a film: its pictures are not looked at.
  expect(await inspect(join(folder, 'a.mp4'), 'music')).toMatchObject({ extension: 'm4a', contentType: 'audio/mp4' })
})

test('what is something else is refused with what it is and what to do, whatever it is called', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'a.png')
  for (const [content, kind, message] of [
    ['<!DOCTYPE html><script>alert(1)</script>', 'picture', /^the file is a web page; download the file itself/],
    ['  <svg xmlns="http://www.w3.org/2000/svg"/>', 'picture', /^the file is an SVG or another XML file/],
    ['<?xml version="1.0"?><svg/>', 'picture', /^the file is an SVG or another XML file/],
    ['GIF89a', 'clip', /^the file is a GIF; save it as PNG, or as MP4 if it moves/],
    ['#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd', 'music', /^the file is a playlist/],
    ['#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd', 'clip', /^the file is a playlist/],
    ["ffconcat version 1.0\nfile '/etc/passwd'", 'music', /^the file is no sound file that can be read/],
    // FFmpeg looks behind such tags too.
    ['ID3\u0004\0\0\0\0\0\u0001\0#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd', 'music', /^the file is no sound file/],
    ['wOF2', 'font', /^the file is a WOFF, which browsers use; upload the same font as TTF or OTF/],
    ['', 'picture', /^the file is empty; save or download it again/],
    ['MZ', 'clip', /^the file is no clip that can be read; save it as MP4, MOV or WebM/],
  ] as const) {
    await writeFile(path, content, 'latin1')
    expect(await refusal(path, kind)).toMatch(message)
  }
  await writePicture(path, [64, 36], dots(1))
  expect(await refusal(path, 'clip')).toMatch(/^the file is a picture and no clip; use it as a picture/)
  expect(await refusal(path, 'picture', 100)).toMatch(/^the file has 1 MB; the most for a picture is/)
})

test('a picture of more pixels than anybody needs is refused before it is decoded', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'huge.png'), [10, 10], dots(1))
  const bytes = await readFile(path)
  bytes.writeUInt32BE(50_000, 16)
  bytes.writeUInt32BE(50_000, 20)
  await writeFile(path, bytes)
  expect(await refusal(path, 'picture')).toMatch(/^the picture the file has 2500 megapixels; the most is 100/)
})

test('what was cut off is refused: pictures, clips and sounds', async () => {
  const folder = await temporaryFolder()
  await writePicture(join(folder, 'a.jpg'), [64, 36], dots(1))
  await writePicture(join(folder, 'a.png'), [64, 36], dots(1))
  await make({ path: join(folder, 'a.mp4'), ...h264, ...clip, sound: 'too' })
  await make({ path: join(folder, 'a.webm'), ...vp8, ...clip })
  await writeWav(join(folder, 'a.wav'), { rate: 48_000, channels: 2, seconds: 1 }, chord)
  for (const [name, kind] of [
    ['a.jpg', 'picture'],
    ['a.png', 'picture'],
    ['a.mp4', 'clip'],
    ['a.webm', 'clip'],
    ['a.wav', 'music'],
  ] as const) {
    const bytes = await readFile(join(folder, name))
    await inspect(join(folder, name), kind)
    for (const part of [0.3, 0.6, 0.95]) {
      const cut = join(folder, 'cut')
      await writeFile(cut, bytes.subarray(0, Math.floor(bytes.length * part)))
      expect(await refusal(cut, kind), `${name} ${part}`).toMatch(/broken or cut off; save or download it again$/)
    }
  }
})

test('a font, with its own name and how its letters measure', async () => {
  const { facts, face } = await inspectUpload(join(fontsDir, 'Anton_400Regular.ttf'), 'font', 'the file')
  expect(facts).toMatchObject({ extension: 'ttf', contentType: 'font/ttf', family: 'Anton' })
  expect(face).toMatchObject({ name: 'Anton Regular' })
  expect(face!.heightEm).toBeGreaterThan(1)
})

test('a font that is broken, that may not be embedded, or without a usable name is refused', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'font.ttf')
  const font = await readFile(join(fontsDir, 'Anton_400Regular.ttf'))
  for (const part of [0.001, 0.5, 0.98]) {
    await writeFile(path, font.subarray(0, Math.floor(font.length * part)))
    expect(await refusal(path, 'font')).toMatch(/the font the file (?:is broken or cut off|cannot be opened)/)
  }
  const tableAt = (tag: string) => font.readUInt32BE(font.indexOf(tag, 12, 'latin1') + 8)
  const restricted = Buffer.from(font)
  restricted.writeUInt16BE(2, tableAt('OS/2') + 8)
  await writeFile(path, restricted)
  expect(await refusal(path, 'font')).toMatch(/^the file says that its maker does not allow it to be embedded/)
  const named = Buffer.from(font)
  const name = Buffer.from('Anton Regular', 'utf16le').swap16()
  for (let at = named.indexOf(name); at >= 0; at = named.indexOf(name, at + 1)) named.write('\0,', at, 'latin1')
  await writeFile(path, named)
  expect(await refusal(path, 'font')).toMatch(/with a sign that captions cannot name/)
})
