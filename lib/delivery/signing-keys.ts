import { Annotations, aws_cloudfront as cloudfront } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { createHash } from 'node:crypto'
import { isPlaceholderKey } from '../config.ts'

/**
 * The keys whose links are accepted. The first signs; the other one's links work until it is taken away, which is how
 * one is replaced without breaking a link.
 */
export class SigningKeys extends Construct {
  readonly group: cloudfront.KeyGroup
  /** Goes into every link. */
  readonly signingKeyPairId: string

  constructor(scope: Construct, id: string, { publicKeys }: { publicKeys: readonly string[] }) {
    super(scope, id)
    // Named by what they are: CloudFront cannot change a key, and another one is another resource.
    const items = publicKeys.map(
      (encodedKey) => new cloudfront.PublicKey(this, `Key${fingerprint(encodedKey)}`, { encodedKey }),
    )
    this.group = new cloudfront.KeyGroup(this, 'Group', { items, comment: 'Who may sign links to videos' })
    this.signingKeyPairId = items[0]!.publicKeyId
    if (publicKeys.some(isPlaceholderKey))
      Annotations.of(this).addWarningV2(
        'clipforge:placeholder-keys',
        'signingPublicKeys in deploy.json are placeholders: no link to a video will work; docs/deploy.md says how to make your own',
      )
  }
}

function fingerprint(pem: string): string {
  return createHash('sha256').update(pem.trim()).digest('hex').slice(0, 8)
}
