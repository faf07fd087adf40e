import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { probePicture } from '../../../render-container/media/probe.ts'
import { dots, temporaryFolder, writePicture } from '../media.ts'
import { withOrientation, withPngOrientation } from './orientation.ts'

test('the size of a JPEG and of a PNG', async () => {
  const folder = await temporaryFolder()
  for (const name of ['a.jpg', 'b.png']) {
    const path = await writePicture(join(folder, name), [123, 77], dots(1))
    expect(await probePicture(path)).toEqual({ widthPx: 123, heightPx: 77 })
  }
})

test('a file that is missing, a folder, empty, of another kind or cut off is refused with what to do', async () => {
  const folder = await temporaryFolder()
  await expect(probePicture(join(folder, 'none.jpg'))).rejects.toThrow(/none\.jpg is not there; check the path/)
  await expect(probePicture(folder)).rejects.toThrow(/is not there/)
  const text = join(folder, 'text.png')
  for (const content of ['', 'hello', 'GIF89a']) {
    await writeFile(text, content)
    await expect(probePicture(text)).rejects.toThrow(/not a JPEG, PNG or WebP picture/)
  }
  for (const name of ['half.jpg', 'half.png']) {
    const path = await writePicture(join(folder, name), [300, 300], dots(1))
    const { length } = await readFile(path)
    for (const part of [0.1, 0.5, 0.99]) {
      await truncate(await writePicture(path, [300, 300], dots(1)), Math.floor(length * part))
      await expect(probePicture(path)).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('broken or cut off'),
      })
    }
  }
})

test('a picture that claims more than 100 megapixels is refused before it is decoded', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'huge.png'), [10, 10], dots(1))
  const bytes = await readFile(path)
  bytes.writeUInt32BE(50_000, 16)
  bytes.writeUInt32BE(50_000, 20)
  await writeFile(path, bytes)
  await expect(probePicture(path)).rejects.toThrow(/2500 megapixels; the most is 100/)
})

test('a file of more than 50 MB is refused before it is read', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'huge.jpg')
  await writeFile(path, '')
  await truncate(path, 51_000_000)
  await expect(probePicture(path)).rejects.toThrow(/51 MB; the most is 50/)
})

test('a PNG with a byte changed on its way is refused', async () => {
  const folder = await temporaryFolder()
  const path = await writePicture(join(folder, 'changed.png'), [300, 300], dots(1))
  const bytes = await readFile(path)
  const middle = Math.floor(bytes.length / 2)
  bytes[middle] = bytes[middle]! ^ 0x10
  await writeFile(path, bytes)
  await expect(probePicture(path)).rejects.toThrow(/changed\.png is broken or cut off/)
})

test('a picture that is to be turned has the size it is seen in', async () => {
  const folder = await temporaryFolder()
  const jpeg = await readFile(await writePicture(join(folder, 'a.jpg'), [120, 70], dots(1)))
  const png = await readFile(await writePicture(join(folder, 'a.png'), [120, 70], dots(1)))
  const path = join(folder, 'turned')
  for (const bytes of [withOrientation(jpeg, 6), withPngOrientation(png, 8)]) {
    await writeFile(path, bytes)
    expect(await probePicture(path)).toEqual({ widthPx: 70, heightPx: 120 })
  }
})
