// What is shown to people without a key: a video whose id was signed.
import { timingSafeEqual } from 'node:crypto'
import type { ApiPorts } from './ports.ts'

/** 132 bits of the signature. */
const macCharacters = 22
const shape = /^shr_([A-Za-z0-9_-]{22})_([A-Za-z0-9_-]{22})$/

export async function shareToken({ sign }: Pick<ApiPorts, 'sign'>, videoId: string): Promise<string> {
  const mac = (await sign(`share ${videoId}`)).slice(0, macCharacters)
  return `shr_${videoId.slice('vid_'.length)}_${mac}`
}

/** The video that a token shows; undefined for a token that we did not give out. */
export async function sharedVideoId(ports: Pick<ApiPorts, 'sign'>, token: string): Promise<string | undefined> {
  const id = shape.exec(token)?.[1]
  if (id === undefined) return undefined
  const given = await shareToken(ports, `vid_${id}`)
  return timingSafeEqual(Buffer.from(given), Buffer.from(token)) ? `vid_${id}` : undefined
}
