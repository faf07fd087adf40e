// What links are signed with: CloudFront's private key, in Secrets Manager with the id of its public half:
// {"privateKey": "-----BEGIN …", "keyPairId": "K…"}.
import { createHmac } from 'node:crypto'
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import * as z from 'zod'
import { TransientError } from '../../core/errors.ts'
import { logger } from '../shell.ts'
import { variable } from './variable.ts'

/** A rotated key is taken up within this time. */
const secretSeconds = 300

const SigningKey = z.object({ privateKey: z.string().includes('PRIVATE KEY'), keyPairId: z.string().min(1) })
export type SigningKey = z.infer<typeof SigningKey>

/** Undefined until an operator has put it there. */
export async function signingKey(): Promise<SigningKey | undefined> {
  const secret = await secretText()
  const parsed = SigningKey.safeParse(jsonIn(secret))
  if (parsed.success) return parsed.data
  logger.warn('the secret that signs links holds no {"privateKey": "-----BEGIN …", "keyPairId": "K…"}')
  return undefined
}

/**
 * HMAC-SHA256 in base64url, for what is shown without a key. Its key follows from the private key: a rotation ends what
 * was shared before. Throws TransientError until there is one.
 */
export async function sign(text: string): Promise<string> {
  const key = await signingKey()
  if (!key) throw new TransientError('the operator has not put the key in place yet that signs links')
  const derived = createHmac('sha256', key.privateKey).update('clipforge share').digest()
  return createHmac('sha256', derived).update(text).digest('base64url')
}

async function secretText(): Promise<string> {
  try {
    return (await getSecret(variable('CLIPFORGE_SIGNING_SECRET_ID'), { maxAge: secretSeconds })) ?? ''
  } catch (error) {
    // A secret without a value yet; Powertools wraps what the SDK said.
    const cause = (error as Error).cause ?? error
    if ((cause as Error).name === 'ResourceNotFoundException') return ''
    throw error
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
