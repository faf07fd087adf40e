import { Aws, RemovalPolicy, Stack } from 'aws-cdk-lib'
import * as cloudtrail from 'aws-cdk-lib/aws-cloudtrail'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as kms from 'aws-cdk-lib/aws-kms'
import * as logs from 'aws-cdk-lib/aws-logs'
import type * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'

type Audited = { name: string; key: kms.Key; logs: s3.Bucket; written: s3.Bucket[] }

/** Who changed what: the account's management calls in all regions, and what was written to or deleted from `written`. */
export function createAuditTrail(scope: Construct, { name, key, logs: bucket, written }: Audited): cloudtrail.Trail {
  const trailName = `${name}-audit`
  key.addToResourcePolicy(cloudTrailEncrypts(scope, trailName))
  const trail = new cloudtrail.Trail(scope, 'AuditTrail', {
    trailName,
    bucket,
    s3KeyPrefix: 'audit',
    encryptionKey: key,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableFileValidation: true,
    managementEvents: cloudtrail.ReadWriteType.WRITE_ONLY,
    sendToCloudWatchLogs: true,
    cloudWatchLogGroup: new logs.LogGroup(scope, 'AuditLog', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.RETAIN,
    }),
  })
  trail.addS3EventSelector(
    written.map((audited) => ({ bucket: audited })),
    { readWriteType: cloudtrail.ReadWriteType.WRITE_ONLY, includeManagementEvents: false },
  )
  return trail
}

function cloudTrailEncrypts(scope: Construct, trailName: string): iam.PolicyStatement {
  const region = Stack.of(scope).region
  return new iam.PolicyStatement({
    sid: 'AuditTrail',
    principals: [new iam.ServicePrincipal('cloudtrail.amazonaws.com')],
    actions: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      StringEquals: {
        'aws:SourceArn': `arn:${Aws.PARTITION}:cloudtrail:${region}:${Aws.ACCOUNT_ID}:trail/${trailName}`,
      },
    },
  })
}
