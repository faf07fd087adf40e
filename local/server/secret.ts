// The secret that this installation signs with: made once, kept in the home, readable for its owner alone.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { InputError } from '../../core/errors.ts'

/** What is signed for one purpose is of no use for another. Signatures are HMAC-SHA256, 32 bytes. */
export type Signer = (purpose: 'file' | 'session' | 'share' | 'upload', text: string) => Buffer

/** Throws InputError when what lies in the secret's place is none. */
export function openSigner(homeDir: string): Signer {
  const secret = secretIn(homeDir)
  const keyOf = (purpose: string) => createHmac('sha256', secret).update(purpose).digest()
  const keys = { file: keyOf('file'), session: keyOf('session'), share: keyOf('share'), upload: keyOf('upload') }
  return (purpose, text) => createHmac('sha256', keys[purpose]).update(text).digest()
}

/** Takes the same time wherever the first difference is. */
export function isSame(presented: Buffer, expected: Buffer): boolean {
  return presented.length === expected.length && timingSafeEqual(presented, expected)
}

function secretIn(homeDir: string): Buffer {
  const file = join(homeDir, 'secret')
  const found = read(file) ?? make(file)
  const secret = Buffer.from(found.trim(), 'hex')
  if (secret.length === 32) return secret
  throw new InputError(
    `${file} holds no secret of ClipForge: delete it to have a new one made (links and sessions given out end then)`,
  )
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, and the same for two processes that begin at once: who comes second takes the first one's. */
function make(file: string): string {
  const own = `${file}.${process.pid}`
  writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 })
  try {
    linkSync(own, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(own, { force: true })
  }
  return readFileSync(file, 'utf8')
}
