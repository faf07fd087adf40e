// How videos and the page reach people.
import { CfnOutput, Stack, type StackProps, type aws_cloudfront as cloudfront, type aws_s3 as s3 } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { Config } from '../config.ts'
import { AccessLogs } from '../delivery/access-logs.ts'
import { VideoDistribution } from '../delivery/distribution.ts'
import { SigningKeys } from '../delivery/signing-keys.ts'

export class DeliveryStack extends Stack {
  readonly distribution: cloudfront.Distribution
  readonly domainName: string
  /** The id of the public key whose private half signs links. */
  readonly signingKeyPairId: string

  constructor(scope: Construct, id: string, props: DeliveryStackProps) {
    super(scope, id, props)
    const { config, data } = props
    const keys = new SigningKeys(this, 'SigningKeys', { publicKeys: config.signingPublicKeys })
    const { distribution, domainName } = new VideoDistribution(this, 'Delivery', {
      config,
      web: data.web,
      videos: data.videos,
      keyGroup: keys.group,
    })
    this.distribution = distribution
    this.domainName = domainName
    this.signingKeyPairId = keys.signingKeyPairId
    new AccessLogs(this, 'AccessLogs', { config, distribution, bucket: data.logs })

    new CfnOutput(this, 'DomainName', { value: distribution.distributionDomainName })
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId })
    new CfnOutput(this, 'SigningKeyPairId', { value: this.signingKeyPairId })
  }
}

type DeliveryStackProps = StackProps & {
  config: Config
  data: { web: s3.IBucket; videos: s3.IBucket; logs: s3.IBucket }
}
