import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'

/** What encrypts uploads, secrets, backups, alerts and the audit trail. Made anew by AWS once a year. */
export function createKey(scope: Construct, name: string): kms.Key {
  const key = new kms.Key(scope, 'Key', {
    alias: `alias/${name}`,
    description: `${name}: uploads, secrets, backups, alerts, audit trail`,
    enableKeyRotation: true,
    rotationPeriod: Duration.days(365),
    removalPolicy: RemovalPolicy.RETAIN,
  })
  // Who sends to the encrypted topic of alerts without a role of ours. Only through the topic, whose own policy asks for
  // our account: not every service tells KMS for whose account it comes.
  key.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'Alerts',
      principals: alertingServices.map((service) => new iam.ServicePrincipal(service)),
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
    }),
  )
  return key
}

/** Alarms and budgets. */
export const alertingServices = ['cloudwatch.amazonaws.com', 'budgets.amazonaws.com']
