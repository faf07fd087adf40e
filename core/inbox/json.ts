import { InputError } from '../errors.ts'
import { oneLine } from '../one-line.ts'
import type { RawItem } from './item.ts'
import { inboxLimits } from './limits.ts'

/** One request or a list of them. Throws InputError. */
export function readJson(text: string): RawItem[] {
  const value = parsed(text)
  return (Array.isArray(value) ? value : [value]).map((raw: unknown, index) => ({ line: index + 1, raw }))
}

/** One request a line; empty lines are left out, and counted. */
export function readJsonLines(text: string): RawItem[] {
  const items: RawItem[] = []
  for (const [index, line] of text.split(/\r\n|[\n\r]/).entries()) {
    if (line.trim() !== '') items.push(itemOf(index + 1, line))
    if (items.length > inboxLimits.items) break
  }
  return items
}

function itemOf(line: number, text: string): RawItem {
  try {
    return { line, raw: parsed(text) }
  } catch (error) {
    return { line, error: (error as InputError).message }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InputError(`it is not JSON: ${oneLine((error as Error).message, 200)}`, { cause: error })
  }
}
