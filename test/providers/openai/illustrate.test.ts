import { loadImage } from '@napi-rs/canvas'
import { expect, test } from 'vitest'
import { openaiIllustrator } from '../../../providers/openai/illustrate.ts'
import { bytesIn } from '../../../providers/openai/picture-bytes.ts'
import { pictureSizeOf } from '../../../providers/openai/picture-size.ts'
import { serve } from '../calls/making.ts'
import { picture } from './briefs.ts'
import { accounts, openaiHere } from './service.ts'

test('a picture in the size asked for, its tokens on the bill; what is sent names the asset', async () => {
  const server = await openaiHere()
  const making = accounts()
  const illustrator = openaiIllustrator('gpt-image-2', 'low')
  const { bytes, contentType } = await illustrator.make(picture, making)
  expect(contentType).toBe('image/jpeg')
  expect(await loadImage(Buffer.from(bytes))).toMatchObject({ width: 720, height: 1280 })
  expect(server.received[0]!.outcome).toBe('ok')
  expect(server.received[0]!.body).toEqual(illustrator.request(picture))
  expect(illustrator.request({ ...picture, before: ['another'], seed: 9 })).toEqual(illustrator.request(picture))
  expect(making.outcomes[0]!.charges).toMatchObject([{ provider: 'openai', unit: 'images', units: 1 }])
})

test('the bill counts the tokens of the answer: $5 a million in, $30 out', async () => {
  await openaiHere()
  const making = accounts()
  const illustrator = openaiIllustrator('gpt-image-2.6-flare', 'low')
  await illustrator.make(picture, making)
  const { prompt } = illustrator.request(picture) as { prompt: string }
  // The stand-in counts 272 tokens a megapixel, and 1024 × 1536 has one and a half.
  const costMicroUsd = Math.ceil(prompt.length / 4) * 5 + 408 * 30
  expect(making.outcomes[0]!.charges).toEqual([
    { provider: 'openai', model: 'gpt-image-2.6-flare', unit: 'images', units: 1, costMicroUsd },
  ])
  expect(making.intents[0]!.estimateMicroUsd).toBeGreaterThanOrEqual(costMicroUsd)
})

const portrait = { widthPx: 1080, heightPx: 1920 }
const landscape = { widthPx: 1920, heightPx: 1080 }
const square = { widthPx: 1080, heightPx: 1080 }

test.each([
  ['gpt-image-2', 'low', portrait, '720x1280'],
  ['gpt-image-2', 'high', portrait, '1152x2048'],
  ['gpt-image-2-2026-04-21', 'medium', landscape, '2048x1152'],
  ['gpt-image-2.5-flare', 'low', square, '960x960'],
  ['gpt-image-2.5-sunburst', 'high', square, '1536x1536'],
  // No such shape with edges that 16 divides.
  ['gpt-image-2', 'low', { widthPx: 1081, heightPx: 1920 }, '1024x1536'],
  ['gpt-image-2', 'low', { widthPx: 1080, heightPx: 4320 }, '1024x1536'],
  ['gpt-image-2.6-flare', 'high', portrait, '1024x1536'],
  ['gpt-image-2.6-flare', 'high', landscape, '1536x1024'],
  ['gpt-image-1.5', 'low', square, '1024x1024'],
  ['flux', 'low', portrait, '1024x1536'],
] as const)('%s, %s, %o: %s', (model, quality, shape, size) => {
  expect(pictureSizeOf(model, quality, shape)).toBe(size)
})

test('a server of another kind is asked in the words that it knows', () => {
  const { request } = openaiIllustrator('flux', 'high')
  expect(Object.keys(request(picture) as object)).toEqual(['model', 'prompt', 'n', 'size', 'response_format'])
})

test('a picture by its address, from the server that was asked and from no other', async () => {
  const own = await serve((_request, response) => response.end('picture'))
  const other = await serve((_request, response) => response.end('secret'))
  const from = { baseUrl: `${own}/v1`, signal: new AbortController().signal, charges: [] }
  expect(Buffer.from(await bytesIn({ url: `${own}/1.png` }, from)).toString()).toBe('picture')
  expect(Buffer.from(await bytesIn({ url: 'data:image/png;base64,cGljdHVyZQ==' }, from)).toString()).toBe('picture')
  for (const url of [`${other}/1.png`, 'file:///etc/passwd', 'http://169.254.169.254/', 'picture'])
    await expect(bytesIn({ url }, from)).rejects.toMatchObject({ name: 'RefusedError' })
  const moving = await serve((_request, response) => response.writeHead(302, { location: other }).end())
  const moved = bytesIn({ url: `${moving}/1.png` }, { ...from, baseUrl: `${moving}/v1` })
  await expect(moved).rejects.toMatchObject({ name: 'BrokenAnswerError', charges: [] })
})
