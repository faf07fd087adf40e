// A picture out of an answer. OpenAI's hold it; other servers may name an address of theirs instead.
import type { Charge } from '../../core/ports.ts'
import { brokenAnswer, refusal } from './failures.ts'

export type SentPicture = { b64_json?: string | null; url?: string | null }
type From = { baseUrl: string; signal: AbortSignal; charges: Charge[] }

/** An address is followed only to the server that was asked: anything else could point into this network. */
export async function bytesIn({ b64_json, url }: SentPicture, { baseUrl, signal, charges }: From): Promise<Uint8Array> {
  if (b64_json) return bytesOf(b64_json)
  if (!url) throw brokenAnswer('there is no picture in it', charges)
  if (/^data:[^,]*;base64,/.test(url)) return bytesOf(url)
  if (!URL.canParse(url) || new URL(url).origin !== new URL(baseUrl).origin)
    throw refusal('it sends pictures from an address that is not its own, and such are not fetched', charges)
  try {
    const response = await fetch(url, { signal, redirect: 'error' })
    if (!response.ok) throw new Error(`its address answers ${response.status}`)
    return new Uint8Array(await response.arrayBuffer())
  } catch (cause) {
    throw brokenAnswer(`its picture cannot be fetched, ${(cause as Error).message}`, charges, cause)
  }
}

/** With or without 'data:image/png;base64,' before it. */
function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64.replace(/^data:[^,]*,/, ''), 'base64')
}
