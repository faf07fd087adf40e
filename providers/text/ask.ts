// What the text services have in common: a question with a schema for its answer.
import type * as z from 'zod'
import type { Making } from '../../core/ports.ts'

/**
 * `name`: letters and '_'; it is the schema's `title` too. `schema`: what structured outputs allow (objects, arrays,
 * strings, numbers; all required).
 */
export type Question<Answer> = {
  name: string
  instructions: string
  input: string
  schema: z.ZodType<Answer>
  /** With what a reasoning model thinks. */
  maxOutputTokens: number
  /** Why an answer that fits the schema is of no use all the same, in a few words ('it has no words to say'). */
  check?: (answer: Answer) => string | undefined
}

/**
 * Asks a service. An implementation calls `check` on the parsed answer inside its call (providers/calls/call.ts) and
 * throws a BrokenAnswerError with the reason and the answer's charges, so that the call is made again.
 */
export type Ask = <Answer>(question: Question<Answer>, making: Making) => Promise<Answer>
