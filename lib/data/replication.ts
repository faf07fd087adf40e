// What the second region gets of a bucket's objects while they are written here.
import { Aws, Stack } from 'aws-cdk-lib'
import * as iam from 'aws-cdk-lib/aws-iam'
import * as kms from 'aws-cdk-lib/aws-kms'
import * as s3 from 'aws-cdk-lib/aws-s3'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Config } from '../config.ts'
import { replicaBucketName, replicaKeyAlias, type Replicated } from './names.ts'

type Encrypted = { key: kms.IKey }

/** The bucket's properties that copy it; none without a second region. `encrypted`: by which key, if by one. */
export function replicationOf(
  scope: Construct,
  config: Config,
  name: Replicated,
  encrypted?: Encrypted,
): Pick<s3.BucketProps, 'replicationRules' | 'replicationRole'> {
  if (!config.replicaRegion) return {}
  const destination = s3.Bucket.fromBucketName(scope, `${name}Replica`, replicaBucketName(config, name))
  return {
    replicationRole: new iam.Role(scope, `${name}Replication`, {
      assumedBy: new iam.ServicePrincipal('s3.amazonaws.com'),
    }),
    replicationRules: [
      {
        id: 'replica',
        destination,
        priority: 1,
        // What is deleted here is deleted there.
        deleteMarkerReplication: true,
        replicationTimeControl: s3.ReplicationTimeValue.FIFTEEN_MINUTES,
        metrics: s3.ReplicationTimeValue.FIFTEEN_MINUTES,
        ...(encrypted && {
          sseKmsEncryptedObjects: true,
          // By its alias: what the key's id will be is known in the other region only.
          kmsKey: kms.Key.fromKeyArn(scope, `${name}ReplicaKey`, aliasArn(config)),
        }),
      },
    ],
  }
}

/** Lets the bucket's replication read it and write its copy. */
export function allowReplication(
  scope: Construct,
  config: Config,
  name: Replicated,
  bucket: s3.Bucket,
  encrypted?: Encrypted,
): void {
  if (!config.replicaRegion) return
  const role = scope.node.findChild(`${name}Replication`) as iam.Role
  const copies = `arn:${Aws.PARTITION}:s3:::${replicaBucketName(config, name)}/*`
  const statements = [
    allow(['s3:GetReplicationConfiguration', 's3:ListBucket'], bucket.bucketArn),
    allow(
      ['s3:GetObjectVersionForReplication', 's3:GetObjectVersionAcl', 's3:GetObjectVersionTagging'],
      bucket.arnForObjects('*'),
    ),
    allow(['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags'], copies),
    ...(encrypted ? [decrypt(scope, encrypted.key), encrypt(config)] : []),
  ]
  for (const statement of statements) role.addToPolicy(statement)
  acknowledge(
    role,
    [
      `AwsSolutions-IAM5[Resource::<${Stack.of(scope).getLogicalId(bucket.node.defaultChild as s3.CfnBucket)}.Arn>/*]`,
      `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${replicaBucketName(config, name).replace(Aws.ACCOUNT_ID, '<AWS::AccountId>')}/*]`,
    ],
    'Every object is copied, whatever its name; only S3 can take the role.',
  )
  acknowledge(
    role,
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:kms:${config.replicaRegion}:<AWS::AccountId>:key/*]`,
    'A policy cannot name a key by its alias; the condition holds it to the one key that has the alias.',
  )
}

/** The copy's key has an alias that is fixed; an alias cannot stand for a key in a policy, but can be its condition. */
function encrypt(config: Config): iam.PolicyStatement {
  const { replicaRegion: region } = config
  return allow(['kms:Encrypt', 'kms:GenerateDataKey'], `arn:${Aws.PARTITION}:kms:${region}:${Aws.ACCOUNT_ID}:key/*`, {
    'ForAnyValue:StringEquals': { 'kms:ResourceAliases': replicaKeyAlias(config) },
    StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` },
  })
}

function decrypt(scope: Construct, key: kms.IKey): iam.PolicyStatement {
  return allow(['kms:Decrypt'], key.keyArn, {
    StringEquals: { 'kms:ViaService': `s3.${Stack.of(scope).region}.amazonaws.com` },
  })
}

function allow(actions: string[], resource: string, conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({ actions, resources: [resource], conditions })
}

function aliasArn(config: Config): string {
  return `arn:${Aws.PARTITION}:kms:${config.replicaRegion}:${Aws.ACCOUNT_ID}:${replicaKeyAlias(config)}`
}
