import { expect, test, vi } from 'vitest'
import { probe } from '../../../providers/openai/probe.ts'
import { serve } from '../calls/making.ts'
import { openaiHere } from './service.ts'

const { signal } = new AbortController()

test('the models of the key, with the days on which they retire', async () => {
  await openaiHere()
  const { models } = await probe(signal)
  expect(models).toContainEqual({ id: 'whisper-1', retiresOn: '2027-02-26' })
  expect(models).toContainEqual({ id: 'gpt-image-2.6-flare' })
})

test('a wrong key is the account’s trouble', async () => {
  await openaiHere({ key: 'another' })
  await expect(probe(signal)).rejects.toMatchObject({
    name: 'AccountError',
    message: expect.not.stringContaining('test-key-openai') as string,
  })
})

test('a page is no list; a server that lists nothing has unknown models', async () => {
  const server = await openaiHere()
  server.fail({ kind: 'html' })
  await expect(probe(signal)).rejects.toMatchObject({ name: 'BrokenAnswerError' })
  vi.stubEnv('OPENAI_BASE_URL', await serve((_request, response) => response.writeHead(404).end()))
  expect(await probe(signal)).toEqual({ models: undefined })
})
