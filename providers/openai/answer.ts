// What came back to a question: taken apart here rather than by the SDK, which throws the bill away with a bad answer.
import { chargeOf } from '../../core/models.ts'
import type { Billed, Charge } from '../../core/ports.ts'
import type { Question } from '../text/ask.ts'
import { brokenAnswer, refusal } from './failures.ts'
import { objectIn } from './json.ts'

/** Throws ServiceError with the charges: refused, cut off, empty, no JSON, not what was asked for. */
export function readAnswer<Answer>(answer: unknown, question: Question<Answer>, model: string): Billed<Answer> {
  const { choices, usage } = objectIn(answer) as Loose<{ choices: Loose<Choice>[]; usage: Loose<Usage> }>
  const { message, finish_reason: finish } = choices?.[0] ?? {}
  const text = textOf(message?.content)
  const charges = usage || message ? [chargeFor(model, usage, question, text)] : undefined
  if (!message) throw brokenAnswer('it is empty', charges)
  if (message.refusal) throw refusal(message.refusal, charges)
  if (finish === 'content_filter') throw refusal('its content filter stopped the answer', charges)
  if (text === '') throw brokenAnswer(finish === 'length' ? tooLong(question) : 'it is empty', charges)
  const value = jsonIn(text)
  if (value === undefined) throw brokenAnswer(finish === 'length' ? tooLong(question) : 'it is no JSON', charges)
  const parsed = question.schema.safeParse(value)
  if (!parsed.success) throw brokenAnswer(misfit(parsed.error.issues), charges, parsed.error)
  const flaw = question.check?.(parsed.data)
  if (flaw !== undefined) throw brokenAnswer(flaw, charges)
  return { made: parsed.data, charges: charges ?? [] }
}

type Loose<T> = { [K in keyof T]?: T[K] | null }
type Choice = { message: Loose<{ content: unknown; refusal: string }>; finish_reason: string }
type Usage = { prompt_tokens: number; completion_tokens: number }

/** Where a server reports no tokens, they are counted from the characters. */
function chargeFor<Answer>(
  model: string,
  usage: Loose<Usage> | null | undefined,
  { instructions, input }: Question<Answer>,
  text: string,
): Charge {
  return chargeOf(`openai/${model}`, {
    inputTokens: usage?.prompt_tokens ?? Math.ceil((instructions.length + input.length) / charactersPerToken),
    outputTokens: usage?.completion_tokens ?? Math.ceil(text.length / charactersPerToken),
  })
}
const charactersPerToken = 4

/** Some servers send it in parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content.trim()
  if (!Array.isArray(content)) return ''
  return (content as { text?: unknown }[])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('')
    .trim()
}

/** Models without structured outputs think aloud and put fences or words around it. */
function jsonIn(text: string): unknown {
  const said = text.replace(/^<think>.*?<\/think>/s, '').trim()
  const inner = said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)
  for (const json of [said, inner]) {
    try {
      return JSON.parse(json)
    } catch {
      // The next one may be it.
    }
  }
  return undefined
}

function tooLong<Answer>({ maxOutputTokens }: Question<Answer>): string {
  return `it is cut off after ${maxOutputTokens} tokens`
}

function misfit([first]: { path: PropertyKey[]; message: string }[]): string {
  const where = first?.path.map(String).join('.')
  return `it does not fit its schema${where ? ` at '${where}'` : ''}${first ? `: ${first.message}` : ''}`
}
