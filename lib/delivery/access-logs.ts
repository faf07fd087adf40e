import { Annotations, Stack, aws_logs as logs, type aws_cloudfront as cloudfront, type aws_s3 as s3 } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { Config } from '../config.ts'

type AccessLogsProps = { config: Config; distribution: cloudfront.IDistribution; bucket: s3.IBucket }

/** CloudFront's access logs in the bucket of logs: standard logging of the second kind, which is set up in us-east-1. */
export class AccessLogs extends Construct {
  constructor(scope: Construct, id: string, { config, distribution, bucket }: AccessLogsProps) {
    super(scope, id)
    if (config.region !== 'us-east-1') {
      Annotations.of(this).addWarningV2(
        'clipforge:no-access-logs',
        `CloudFront's access logs can be set up from us-east-1 only, not from ${config.region}; docs/deploy.md says how`,
      )
      return
    }
    const source = new logs.CfnDeliverySource(this, 'Source', {
      name: `${config.name}-delivery`,
      logType: 'ACCESS_LOGS',
      resourceArn: Stack.of(this).formatArn({
        service: 'cloudfront',
        region: '',
        resource: 'distribution',
        resourceName: distribution.distributionId,
      }),
    })
    const destination = new logs.CfnDeliveryDestination(this, 'Destination', {
      name: `${config.name}-delivery`,
      destinationResourceArn: bucket.bucketArn,
      outputFormat: 'json',
    })
    const delivery = new logs.CfnDelivery(this, 'Delivery', {
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.attrArn,
      recordFields,
      s3SuffixPath: '{DistributionId}/{yyyy}/{MM}/{dd}',
    })
    delivery.node.addDependency(source)
  }
}

/** Without the query: a signed link is a secret as long as it is valid. */
const recordFields = [
  'timestamp',
  'DistributionId',
  'date',
  'time',
  'x-edge-location',
  'sc-bytes',
  'c-ip',
  'cs-method',
  'cs(Host)',
  'cs-uri-stem',
  'sc-status',
  'cs(Referer)',
  'cs(User-Agent)',
  'x-edge-result-type',
  'x-edge-request-id',
  'cs-protocol',
  'cs-bytes',
  'time-taken',
  'ssl-protocol',
  'x-edge-response-result-type',
  'cs-protocol-version',
  'time-to-first-byte',
  'x-edge-detailed-result-type',
  'sc-content-type',
  'sc-content-len',
  'sc-range-start',
  'sc-range-end',
]
