// Text from Chat Completions, which every server that speaks OpenAI's language has.
import * as z from 'zod'
import type { Making } from '../../core/ports.ts'
import { estimateMicroUsd } from '../../core/models.ts'
import { call } from '../calls/call.ts'
import type { Ask, Question } from '../text/ask.ts'
import { readAnswer } from './answer.ts'
import { openaiClient } from './client.ts'
import { sortOpenAIError } from './failures.ts'

const deadlineMs = 180_000

export function openaiAsk(model: string): Ask {
  return <Answer>(question: Question<Answer>, making: Making) =>
    call(
      {
        service: 'openai',
        model,
        what: things[question.name] ?? 'the answer',
        estimateMicroUsd: estimateOf(model, question),
        deadlineMs,
        send: async (signal) => {
          const client = await openaiClient()
          const body = bodyOf(model, question)
          return readAnswer(await client.chat.completions.create(body, { signal }), question, model)
        },
        sortError: sortOpenAIError,
      },
      making,
    )
}

/** For messages, by the question's name. */
const things: Record<string, string> = {
  script: 'the script',
  translate: 'the translation',
  plan: 'the plan',
  soften: 'the softer prompt',
}

function bodyOf<Answer>(model: string, { name, instructions, input, schema, maxOutputTokens }: Question<Answer>) {
  const effort = thinkers.has(model.replace(/-\d{4}-\d\d-\d\d$/, '')) ? { reasoning_effort: 'low' as const } : {}
  return {
    model,
    messages: [
      // OpenAI takes it for 'developer', which the templates of other models do not know.
      { role: 'system' as const, content: instructions },
      { role: 'user' as const, content: input },
    ],
    response_format: {
      type: 'json_schema' as const,
      // As the SDK's helper for zod has it, which takes as long to load as the half of the SDK.
      json_schema: { name, strict: true, schema: z.toJSONSchema(schema, { target: 'draft-7' }) },
    },
    max_completion_tokens: outputTokensFor(model, maxOutputTokens),
    ...effort,
  }
}

/** Models that think before they answer; others refuse to be told how hard. */
const thinkers = new Set([
  'gpt-6-astra',
  'gpt-6.1-sol',
  'gpt-6.1-terra',
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
  'gpt-5.6-luna',
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
])

/** A model refuses to be allowed more than it can write. */
function outputTokensFor(model: string, wanted: number): number {
  const most = mostOutputTokens.find(([name]) => name.test(model))?.[1] ?? wanted
  return Math.min(wanted, most)
}
/** Of models that are not known, nothing. */
const mostOutputTokens: [name: RegExp, tokens: number][] = [
  [/^gpt-4o/, 16_384],
  [/^gpt-4\.1/, 32_768],
  [/^o3/, 100_000],
  [/^gpt-[56]/, 128_000],
]

/** Of English, a token is four characters; of other languages fewer. */
const fewestCharactersPerToken = 2.5
/** The schema, in characters. */
const formatCharacters = 3000

function estimateOf<Answer>(model: string, { instructions, input, maxOutputTokens }: Question<Answer>): number {
  const inputTokens = Math.ceil((instructions.length + input.length + formatCharacters) / fewestCharactersPerToken)
  return estimateMicroUsd(`openai/${model}`, { inputTokens, outputTokens: outputTokensFor(model, maxOutputTokens) })
}
