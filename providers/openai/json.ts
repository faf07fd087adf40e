import { brokenAnswer } from './failures.ts'

/**
 * The object that an answer with a status of 200 is. The SDK gives what is not labelled as JSON as text: JSON all the
 * same, or the page of a proxy, of which nobody knows whether it was paid for.
 */
export function objectIn(answer: unknown): Record<string, unknown> {
  const value = typeof answer === 'string' ? parsed(answer) : answer
  if (typeof value !== 'object' || value === null) throw brokenAnswer('it is no JSON object', undefined)
  return value as Record<string, unknown>
}

function parsed(text: string): unknown {
  if (text.trimStart().startsWith('<')) throw brokenAnswer('it is a web page', undefined)
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw brokenAnswer('it is no JSON', undefined, cause)
  }
}
