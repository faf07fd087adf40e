import { createCanvas, loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { markJpeg, xmpBox } from '../../render-container/provenance.ts'

const MARK = '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic<'

test('the MP4 box says how long it is, that it holds XMP, and that a machine made the video', () => {
  const box = xmpBox('Tea & <cake>\u0007')
  expect(box.readUInt32BE(0)).toBe(box.length)
  expect(box.toString('latin1', 4, 8)).toBe('uuid')
  expect(box.toString('hex', 8, 24)).toBe('be7acfcb97a942e89c71999491e3afac')
  expect(box.toString()).toContain(MARK)
  expect(box.toString()).toContain('>Tea &amp; &lt;cake&gt; <')
})

test('a marked JPEG is still the same picture', async () => {
  const jpeg = createCanvas(20, 10).toBuffer('image/jpeg')
  const marked = markJpeg(jpeg, 'Title')
  expect(marked.toString()).toContain(MARK)
  expect(marked.length - jpeg.length).toBe(marked.readUInt16BE(4) + 2)
  expect(await loadImage(marked)).toMatchObject({ width: 20, height: 10 })
})
