import { RemovalPolicy, SecretValue } from 'aws-cdk-lib'
import type * as kms from 'aws-cdk-lib/aws-kms'
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager'
import type { Construct } from 'constructs'
import { services, type ServiceId } from '../../core/models.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Config } from '../config.ts'

export type Secrets = Record<ServiceId | 'signing', secretsmanager.Secret>

/** What a secret holds until somebody fills it. No deployment touches what it holds afterwards. */
const notSet = 'not-set'

/** One for each service's key and one for the key that signs links. No key is ever in a template. */
export function createSecrets(scope: Construct, config: Config, key: kms.Key): Secrets {
  const secret = (id: string, about: string) => {
    const secretName = `${config.name}/${id}`
    return new secretsmanager.Secret(scope, `Secret-${id}`, {
      secretName,
      description: `${about}. Not set until somebody does; docs/deploy.md says how.`,
      secretStringValue: SecretValue.unsafePlainText(notSet),
      encryptionKey: key,
      replicaRegions: config.replicaRegion ? [{ region: config.replicaRegion }] : [],
      // Not after a first deployment that failed, where its name would be in the way of the next.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    })
  }
  const ofServices = Object.entries(services).map(([id, { name, keysUrl }]) => {
    const created = secret(id, `The key of ${name}, made at ${keysUrl}`)
    acknowledge(
      created,
      'AwsSolutions-SMG4',
      'It is rotated monthly; its schedule is in the workflow stack, beside the function that rotates it.',
    )
    return [id, created]
  })
  const signing = secret(
    'signing',
    'The key that signs links to videos, as JSON: {"privateKey": "-----BEGIN …", "keyPairId": "K…"}',
  )
  acknowledge(
    signing,
    'AwsSolutions-SMG4',
    'Its public half is in deploy.json: docs/operations.md has how both are replaced without breaking links.',
  )
  return { ...(Object.fromEntries(ofServices) as Record<ServiceId, secretsmanager.Secret>), signing }
}
