import { expect, test } from 'vitest'
import * as z from 'zod'
import type { ServiceErrorName } from '../../../core/errors.ts'
import { readAnswer } from '../../../providers/openai/answer.ts'
import { openaiAsk } from '../../../providers/openai/ask.ts'
import type { Question } from '../../../providers/text/ask.ts'
import { question } from './briefs.ts'
import { accounts, openaiHere } from './service.ts'

test('an answer that fits the schema, its tokens on the bill', async () => {
  const server = await openaiHere()
  const making = accounts()
  const { title, script } = await openaiAsk('gpt-6-luna')(question, making)
  expect(title).toBe('Coffee')
  expect(script).toContain('coffee')
  const [request] = server.received
  expect(request).toMatchObject({
    method: 'POST',
    path: '/v1/chat/completions',
    outcome: 'ok',
    headers: { authorization: 'Bearer test-key-openai', 'x-stainless-retry-count': '0' },
    body: {
      model: 'gpt-6-luna',
      messages: [
        { role: 'system', content: question.instructions },
        { role: 'user', content: question.input },
      ],
      max_completion_tokens: 2000,
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'script', strict: true } },
    },
  })
  const [{ charges }] = making.outcomes as [(typeof making.outcomes)[0]]
  expect(charges).toMatchObject([{ provider: 'openai', model: 'gpt-6-luna', unit: 'tokens' }])
  expect(charges![0]!.costMicroUsd).toBeGreaterThan(0)
  expect(making.intents[0]!.estimateMicroUsd).toBeGreaterThanOrEqual(charges![0]!.costMicroUsd)
})

test('of a model that nobody knows, nothing is assumed', async () => {
  const server = await openaiHere()
  await openaiAsk('qwen-9')(question, accounts()).catch(() => {})
  expect(server.received[0]!.body).not.toHaveProperty('reasoning_effort')
})

test('no model is allowed more than it can write', async () => {
  const server = await openaiHere()
  const long = { ...question, maxOutputTokens: 200_000 }
  await openaiAsk('gpt-6-luna')(long, accounts())
  expect(server.received[0]).toMatchObject({ outcome: 'ok', body: { max_completion_tokens: 128_000 } })
  await openaiAsk('gpt-4o-mini')(long, accounts()).catch(() => {})
  expect(server.received[1]!.body).toMatchObject({ max_completion_tokens: 16_384 })
})

test('an answer that its own check finds useless is bought again', async () => {
  await openaiHere()
  const making = accounts()
  let checks = 0
  const check = () => (++checks < 2 ? 'it has no words to say' : undefined)
  await openaiAsk('gpt-6-luna')({ ...question, check }, making)
  expect(making.outcomes.map(({ name }) => name)).toEqual(['BrokenAnswerError', 'made'])
  expect(making.outcomes[0]!.charges).toHaveLength(1)
})

const number: Question<{ count: number }> = {
  name: 'count',
  instructions: 'Count.',
  input: 'one two three',
  schema: z.object({ count: z.number() }),
  maxOutputTokens: 2000,
}
const usage = { prompt_tokens: 1000, completion_tokens: 1000 }
const answered = (message: object | null, finish_reason = 'stop') => ({ choices: [{ message, finish_reason }], usage })

test.each([
  ['a fence around it', '```json\n{"count": 3}\n```'],
  ['words around it', 'Here you are: {"count": 3}. Anything else?'],
  ['thoughts before it', '<think>{ maybe 4? }</think>\n{"count": 3}'],
  [
    'parts',
    [
      { type: 'text', text: '{"count"' },
      { type: 'text', text: ': 3}' },
    ],
  ],
  ['more than was asked for', '{"count": 3, "why": "because"}'],
])('an answer with %s', (_name, content) => {
  const { made, charges } = readAnswer(answered({ content }), number, 'gpt-6-luna')
  expect(made).toEqual({ count: 3 })
  // 1,000 tokens in at $0.10 and 1,000 out at $0.50 per million.
  expect(charges).toEqual([{ provider: 'openai', model: 'gpt-6-luna', unit: 'tokens', units: 2000, costMicroUsd: 600 }])
})

test('JSON that is not labelled as such is JSON all the same', () => {
  const answer = JSON.stringify(answered({ content: '{"count": 3}' }))
  expect(readAnswer(answer, number, 'gpt-6-luna').made).toEqual({ count: 3 })
})

test.each<[name: string, answer: unknown, error: ServiceErrorName, says: string, cost: number | undefined]>([
  ['a refusal', answered({ content: null, refusal: 'I cannot help.' }), 'RefusedError', 'I cannot help', 600],
  ['a filter', answered({ content: '{"co' }, 'content_filter'), 'RefusedError', 'content filter', 600],
  ['one cut off', answered({ content: '{"co' }, 'length'), 'BrokenAnswerError', 'cut off after 2000 tokens', 600],
  ['nothing but thoughts', answered({ content: '' }, 'length'), 'BrokenAnswerError', 'cut off', 600],
  ['another shape', answered({ content: '{"count": "3"}' }), 'BrokenAnswerError', "at 'count'", 600],
  ['no message', { choices: [], usage }, 'BrokenAnswerError', 'it is empty', 600],
  ['an error with status 200', { error: { message: 'no' } }, 'BrokenAnswerError', 'it is empty', undefined],
  ['a page', '<html></html>', 'BrokenAnswerError', 'web page', undefined],
])('%s is of no use and costs what it costs', (_name, answer, error, says, cost) => {
  let thrown: unknown
  try {
    readAnswer(answer, number, 'gpt-6-luna')
  } catch (it) {
    thrown = it
  }
  expect(thrown).toMatchObject({
    name: error,
    message: expect.stringContaining(says),
    charges: cost === undefined ? undefined : [{ costMicroUsd: cost }],
  })
})
