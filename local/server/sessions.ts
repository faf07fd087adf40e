// The page's sessions. A sign-in link in the terminal carries a code; whoever brings it gets a token, which counts as a
// key until it expires. Neither is kept: the token is signed, and codes end with the server.
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { isSame, type Signer } from './secret.ts'

const codeMs = 12 * 60 * 60 * 1000
const tokenMs = 30 * 24 * 60 * 60 * 1000

export type Sessions = {
  /** 128 bits, good for the owner until the server ends, 12 hours at most. */
  newCode: (owner: string) => string
  /** A token for a code; undefined for one that is none, or none any more. */
  signIn: (code: string) => Promise<string | undefined>
  /** For whoever sits at this installation's keyboard and needs no link; good for so many milliseconds. */
  newToken: (owner: string, lastsMs: number) => string
  /** Whose token it is; undefined for one that was forged, changed or has expired. */
  ownerOf: (token: string) => string | undefined
}

const Payload = z.object({ owner: z.string(), expiresMs: z.number() })

export function openSessions(sign: Signer, now: () => number = Date.now): Sessions {
  const codes = new Map<string, { owner: string; expiresMs: number }>()
  const newToken = (owner: string, lastsMs: number) => {
    const text = Buffer.from(JSON.stringify({ owner, expiresMs: now() + lastsMs })).toString('base64url')
    return `cfs_${text}.${sign('session', text).toString('base64url')}`
  }
  return {
    newToken,

    newCode: (owner) => {
      const code = randomBytes(16).toString('base64url')
      codes.set(code, { owner, expiresMs: now() + codeMs })
      return code
    },

    signIn: async (code) => {
      const found = codes.get(code)
      if (!found || found.expiresMs < now()) return undefined
      return newToken(found.owner, tokenMs)
    },

    ownerOf: (token) => {
      const [, text = '', signature = ''] = /^cfs_([\w-]{1,500})\.([\w-]{43})$/.exec(token) ?? []
      if (!isSame(Buffer.from(signature, 'base64url'), sign('session', text))) return undefined
      const { owner, expiresMs } = Payload.parse(JSON.parse(Buffer.from(text, 'base64url').toString()))
      return expiresMs < now() ? undefined : owner
    },
  }
}
