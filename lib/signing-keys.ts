// The public halves of the keys that sign links to videos. CloudFront accepts RSA-2048 and ECDSA P-256; a P-256
// signature makes a link less than half as long.
import { createPublicKey } from 'node:crypto'

/**
 * Stand in until an installation has its own, so that it can be deployed before. Nobody has their private halves,
 * which means: no link can be signed with them, and nobody else's link is accepted either.
 */
export const placeholderKeys: [string, string] = [
  `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhJ2dzRBdPa1YEw/jLebgFdCfA4fZ
5BObopSX9rWzrkzLEuE/60FHNFQ6GwuZGF0puhANysZ80080DCuigtVymA==
-----END PUBLIC KEY-----
`,
  `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE37Zh7mPUZ9VY4/s8CBC4C9Ca+JKH
98ypNbQ7+746YfVw2Wzd9YcCswjaOqH4Je3rRxofXR6y6AU0jLkfz6vxVw==
-----END PUBLIC KEY-----
`,
]

export function isPlaceholderKey(pem: string): boolean {
  return placeholderKeys.some((key) => key.trim() === pem.trim())
}

/** Whether CloudFront would accept it. */
export function isSigningKey(pem: string): boolean {
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPublicKey(pem)
    return (
      pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----') &&
      ((asymmetricKeyType === 'rsa' && asymmetricKeyDetails?.modulusLength === 2048) ||
        (asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1'))
    )
  } catch {
    return false
  }
}
