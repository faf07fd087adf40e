// Signed links to what lies behind CloudFront. The private key is in Secrets Manager with the id of its public half:
// {"privateKey": "-----BEGIN …", "keyPairId": "K…"}.
import { getSecret } from '@aws-lambda-powertools/parameters/secrets'
import { getSignedUrl } from '@aws-sdk/cloudfront-signer'
import * as z from 'zod'
import type { ApiPorts } from '../../api/ports.ts'
import { deliverableKey } from '../../core/keys.ts'
import { logger } from '../shell.ts'
import { variable } from './variable.ts'

const linkSeconds = 24 * 60 * 60
/** A rotated key is taken up within this time. */
const secretSeconds = 300

const SigningKey = z.object({ privateKey: z.string().includes('PRIVATE KEY'), keyPairId: z.string().min(1) })
type SigningKey = z.infer<typeof SigningKey>

export const linksTo: ApiPorts['linksTo'] = async (videoId, names) => {
  const key = await signingKey()
  if (!key)
    return {
      notice: 'links: the operator has not put the key in place yet that signs them; ask again when it is there',
    }
  const domain = variable('CLIPFORGE_DELIVERY_DOMAIN')
  // The same link for a while, so that a page that asks again does not load the video again.
  const now = Math.floor(Date.now() / 1000)
  const expiresAt = new Date((now - (now % 3600) + 3600 + linkSeconds) * 1000).toISOString()
  const links = names.map((name): [string, string] => {
    const url = `https://${domain}/${deliverableKey(videoId, name)}`
    return [name, getSignedUrl({ url, dateLessThan: expiresAt, ...key })]
  })
  return { links: Object.fromEntries(links), expiresAt }
}

/** Undefined until an operator has put it there. */
async function signingKey(): Promise<SigningKey | undefined> {
  const secret = await secretText()
  const parsed = SigningKey.safeParse(jsonIn(secret))
  if (parsed.success) return parsed.data
  logger.warn('the secret that signs links holds no {"privateKey": "-----BEGIN …", "keyPairId": "K…"}')
  return undefined
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
