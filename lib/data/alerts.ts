import { Aws } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import type * as kms from 'aws-cdk-lib/aws-kms'
import * as sns from 'aws-cdk-lib/aws-sns'
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { Config } from '../config.ts'
import { alertingServices } from './key.ts'

/** Where the installation's alarms, budgets and functions tell its operators. */
export function createAlerts(scope: Construct, { name, alertEmail }: Config, key: kms.Key): sns.Topic {
  const alerts = new sns.Topic(scope, 'Alerts', { displayName: `${name} alerts`, masterKey: key, enforceSSL: true })
  alerts.addToResourcePolicy(
    new iam.PolicyStatement({
      sid: 'ServicesAlert',
      principals: alertingServices.map((service) => new iam.ServicePrincipal(service)),
      actions: ['sns:Publish'],
      resources: [alerts.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    }),
  )
  if (alertEmail) alerts.addSubscription(new subscriptions.EmailSubscription(alertEmail))
  return alerts
}
