import { Match, Template } from 'aws-cdk-lib/assertions'
import { beforeAll, describe, expect, it } from 'vitest'
import { emptyApp } from './synth.ts'

let data: Template
let replica: Template
let protectedThere: boolean | undefined
beforeAll(async () => {
  const { DataStack } = await import('../../lib/stacks/data.ts')
  const { ReplicaStack } = await import('../../lib/stacks/replica.ts')
  const { app, config, env } = emptyApp({ replicaRegion: 'us-west-2' })
  const there = new ReplicaStack(app, 'Replica', { env: { region: 'us-west-2' }, config })
  const here = new DataStack(app, 'Data', { env, config })
  protectedThere = there.terminationProtection
  replica = Template.fromStack(there)
  data = Template.fromStack(here)
})

const named = (name: string) => ({
  'Fn::Join': ['', [`clipforge-${name}-copy-`, { Ref: 'AWS::AccountId' }, '-us-west-2']],
})

describe('the second region', () => {
  it('cannot be deleted by mistake', () => {
    expect(protectedThere).toBe(true)
  })

  it.each(['videos', 'uploads'])('has a closed, versioned, encrypted bucket that %s are copied to', (name) => {
    expect(() =>
      replica.hasResource('AWS::S3::Bucket', {
        DeletionPolicy: 'RetainExceptOnCreate',
        Properties: {
          BucketName: named(name),
          VersioningConfiguration: { Status: 'Enabled' },
          PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
          BucketEncryption: Match.anyValue(),
        },
      }),
    ).not.toThrow()
    expect(() =>
      data.hasResourceProperties('AWS::S3::Bucket', {
        ReplicationConfiguration: {
          Rules: [
            Match.objectLike({
              Status: 'Enabled',
              DeleteMarkerReplication: { Status: 'Enabled' },
              Destination: {
                Bucket: { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(`clipforge-${name}-copy-`)])] },
              },
            }),
          ],
        },
      }),
    ).not.toThrow()
  })

  it('encrypts the copies of uploads with its own key, which replication may use and nothing else of the region', () => {
    expect(() =>
      replica.hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/clipforge-replica' }),
    ).not.toThrow()
    expect(() =>
      data.hasResourceProperties('AWS::S3::Bucket', {
        ReplicationConfiguration: {
          Rules: [
            Match.objectLike({
              SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
              Destination: {
                EncryptionConfiguration: {
                  ReplicaKmsKeyID: {
                    'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp(':alias/clipforge-replica$')])],
                  },
                },
              },
            }),
          ],
        },
      }),
    ).not.toThrow()
    expect(() =>
      data.hasResourceProperties('AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
              Condition: {
                'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/clipforge-replica' },
                StringEquals: { 'kms:ViaService': 's3.us-west-2.amazonaws.com' },
              },
            }),
          ]),
        },
      }),
    ).not.toThrow()
  })

  it('lets replication read its source and write its copy', () => {
    for (const [id, { Properties }] of Object.entries(data.findResources('AWS::IAM::Policy'))) {
      if (!id.includes('Replication')) continue
      const actions = (Properties.PolicyDocument as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
        ({ Action }) => Action,
      )
      expect(actions.filter((action) => action.startsWith('s3:')).toSorted()).toStrictEqual([
        's3:GetObjectVersionAcl',
        's3:GetObjectVersionForReplication',
        's3:GetObjectVersionTagging',
        's3:GetReplicationConfiguration',
        's3:ListBucket',
        's3:ReplicateDelete',
        's3:ReplicateObject',
        's3:ReplicateTags',
      ])
    }
  })

  it('has the table, as well protected as here', () => {
    expect(() =>
      data.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        Replicas: Match.arrayWith([
          Match.objectLike({
            Region: 'us-west-2',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
          }),
        ]),
      }),
    ).not.toThrow()
  })

  it('has the daily copies of the table', () => {
    expect(() =>
      replica.hasResourceProperties('AWS::Backup::BackupVault', {
        BackupVaultName: 'clipforge-backups',
        EncryptionKeyArn: Match.anyValue(),
      }),
    ).not.toThrow()
    expect(() =>
      data.hasResourceProperties('AWS::Backup::BackupPlan', {
        BackupPlan: {
          BackupPlanRule: [
            Match.objectLike({
              CopyActions: [
                {
                  Lifecycle: { DeleteAfterDays: 7 },
                  DestinationBackupVaultArn: {
                    'Fn::Join': [
                      '',
                      Match.arrayWith([':backup-vault:clipforge-backups'].map((end) => Match.stringLikeRegexp(end))),
                    ],
                  },
                },
              ],
            }),
          ],
        },
      }),
    ).not.toThrow()
  })

  it('has every secret', () => {
    const secrets = Object.values(data.findResources('AWS::SecretsManager::Secret'))
    expect(secrets).toHaveLength(4)
    for (const { Properties } of secrets) expect(Properties.ReplicaRegions).toStrictEqual([{ Region: 'us-west-2' }])
  })

  it('needs no value of the first region, nor gives it one', () => {
    for (const template of [data, replica])
      expect(JSON.stringify(template.toJSON()).match(/Custom::|Fn::ImportValue|Fn::GetStackOutput/g)).toBeNull()
  })
})
