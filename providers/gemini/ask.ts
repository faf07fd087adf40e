// Questions with a schema for the answer.
import type { GenerateContentResponse, ThinkingConfig } from '@google/genai'
import * as z from 'zod'
import type { Billed } from '../../core/ports.ts'
import { call } from '../calls/call.ts'
import { wordsOf } from '../calls/words.ts'
import type { Ask, Question } from '../text/ask.ts'
import { broken, contentOf, textIn } from './answer.ts'
import { chargesOf, estimateOf, tokensIn } from './charges.ts'
import { generate, type Asked } from './client.ts'
import { sortGeminiError } from './failures.ts'

const deadlineMs = 120_000

export function geminiAsk(model: string): Ask {
  return (question, making) => {
    const asked = askedOf(question)
    const inputTokens = tokensIn(
      question.instructions + question.input + JSON.stringify(asked.config.responseJsonSchema),
    )
    return call(
      {
        service: 'gemini',
        model,
        what: things[question.name] ?? 'the answer',
        estimateMicroUsd: estimateOf(model, { inputTokens, outputTokens: asked.config.maxOutputTokens }),
        deadlineMs,
        send: async (signal) => {
          const config = { ...asked.config, thinkingConfig: await thinkingOf(model) }
          return answerIn(await generate(model, { ...asked, config }, signal), model, question, inputTokens)
        },
        sortError: (error) => sortGeminiError(error, model),
      },
      making,
    )
  }
}

/** For messages, by the question's name. */
const things: Record<string, string> = {
  script: 'the script',
  translate: 'the translation',
  plan: 'the plan',
  soften: 'the softer prompt',
}

function askedOf<Answer>({ name, instructions, input, schema, maxOutputTokens }: Question<Answer>): Asked {
  return {
    contents: input,
    config: {
      systemInstruction: instructions,
      responseMimeType: 'application/json',
      responseJsonSchema: { title: name, ...jsonSchemaOf(schema) },
      maxOutputTokens: Math.min(maxOutputTokens, mostOutputTokens),
    },
  }
}

/** A model refuses to be allowed more than it can write. */
const mostOutputTokens = 65_536

/** Without what Gemini's structured outputs do not know; the answer is checked against all of the schema anyway. */
function jsonSchemaOf(schema: z.ZodType): object {
  const { $schema: _dialect, ...known } = z.toJSONSchema(schema, {
    override: ({ jsonSchema }) => {
      for (const key of Object.keys(jsonSchema)) if (!keywords.has(key)) delete jsonSchema[key]
    },
  })
  return known
}

/** https://ai.google.dev/gemini-api/docs/structured-output */
const keywords = new Set(
  `$id $defs $ref $anchor type format title description enum anyOf oneOf items prefixItems minItems maxItems
  minimum maximum properties additionalProperties required`.split(/\s+/),
)

/**
 * Little: what is asked here needs no long thought, and thoughts are billed. LOW is the one level that every Gemini 3
 * takes; Gemini 2.5 takes a budget instead, and each errs on the other's. Models that are not known think as they like.
 */
async function thinkingOf(model: string): Promise<ThinkingConfig | undefined> {
  const { ThinkingLevel } = await import('@google/genai')
  if (/^gemini-3\b/.test(model)) return { thinkingLevel: ThinkingLevel.LOW }
  return /^gemini-2\.5\b/.test(model) ? { thinkingBudget: 1024 } : undefined
}

function answerIn<Answer>(
  response: GenerateContentResponse,
  model: string,
  question: Question<Answer>,
  inputTokens: number,
): Billed<Answer> {
  const spent = chargesOf(model, 'text', response)
  const content = contentOf(response, spent)
  const text = textIn(content.parts)
  const charges = spent.length
    ? spent
    : chargesOf(model, 'text', response, { inputTokens, outputTokens: tokensIn(text) })
  if (!content.isWhole) throw broken(charges, `it breaks off (${content.finishReason})`)
  const parsed = question.schema.safeParse(jsonIn(text))
  if (!parsed.success) throw broken(charges, `it is not what was asked for (${wordsOf(z.prettifyError(parsed.error))})`)
  const flaw = question.check?.(parsed.data)
  if (flaw) throw broken(charges, flaw)
  return { made: parsed.data, charges }
}

/** Undefined when it is none. Some models set a fence around it all the same. */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(/^\s*```(?:json)?\s*(.*?)\s*```\s*$/s.exec(text)?.[1] ?? text)
  } catch {
    return undefined
  }
}
