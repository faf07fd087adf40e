import { withoutSecrets } from './keys.ts'

const longestWords = 200
const longestLine = 600

/** What a service said, as one line for people: out of its JSON, without line breaks, secrets and excess length. */
export function wordsOf(message: string): string {
  if (/<(!doctype|html|head|body)\b/i.test(message)) return titled(message)
  const start = message.search(/[{[]/)
  const words = start >= 0 ? saidIn(message.slice(start)) : undefined
  return oneLine(words ?? message, longestWords)
}

/** Secrets go before it is shortened: half a key is a secret too. */
export function oneLine(text: string, longest = longestLine): string {
  const line = withoutSecrets(text)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length <= longest ? line : `${line.slice(0, longest - 1).trimEnd()}…`
}

function titled(html: string): string {
  const title = /<title[^>]*>([^<]*)/i.exec(html)?.[1]?.trim()
  return oneLine(title ? `an HTML page titled '${title}'` : 'an HTML page', longestWords)
}

function saidIn(json: string): string | undefined {
  try {
    return said(JSON.parse(json))
  } catch {
    return undefined
  }
}

/** `{error: {message}}` (OpenAI, Gemini), `{detail: {message}}`, `{detail: [{msg}]}` or `{detail: '…'}` (ElevenLabs). */
function said(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : (saidInside(value) ?? value)
  if (Array.isArray(value)) return said(value[0])
  if (value === null || typeof value !== 'object') return undefined
  const fields = value as Record<string, unknown>
  for (const name of ['message', 'msg', 'error', 'detail']) {
    const found = said(fields[name])
    if (found !== undefined) return found
  }
  return undefined
}

/** An SDK's message may hold JSON that holds JSON. */
function saidInside(text: string): string | undefined {
  return text.startsWith('{') ? saidIn(text) : undefined
}
