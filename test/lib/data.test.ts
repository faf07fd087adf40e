import { Match, Template } from 'aws-cdk-lib/assertions'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RawConfig } from '../../lib/config.ts'
import { tableSchema } from '../../stores/videos/dynamodb/schema.ts'
import { emptyApp } from './synth.ts'

type Resource = { Type: string; DeletionPolicy?: string; Properties: Record<string, unknown> }

async function synthesise(overrides?: RawConfig) {
  const { DataStack } = await import('../../lib/stacks/data.ts')
  const { app, config, env } = emptyApp(overrides)
  const stack = new DataStack(app, 'Data', { env, config })
  return { stack, template: Template.fromStack(stack) }
}

let stack: Awaited<ReturnType<typeof synthesise>>['stack']
let template: Template
beforeAll(async () => {
  ;({ stack, template } = await synthesise({ alertEmail: 'operators@clipforge.example' }))
})

const ofType = (type: string) => Object.entries(template.findResources(type)) as [string, Resource][]
const bucket = (name: string) => ofType('AWS::S3::Bucket').find(([id]) => id.startsWith(name))!
const policyOf = (id: string) =>
  JSON.stringify(
    ofType('AWS::S3::BucketPolicy').find(([, { Properties }]) => JSON.stringify(Properties.Bucket).includes(id)),
  )

describe('everything that must not be lost', () => {
  it('outlives the stack, which cannot be deleted by mistake', () => {
    expect(stack.terminationProtection).toBe(true)
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::GlobalTable', 'AWS::KMS::Key'])
      expect(new Set(ofType(type).map(([, { DeletionPolicy }]) => DeletionPolicy)), type).toStrictEqual(
        new Set(['Retain']),
      )
    // What has a name of its own would be in the way of the next try, if it outlived a deployment that failed.
    for (const type of ['AWS::SecretsManager::Secret', 'AWS::Backup::BackupVault'])
      expect(new Set(ofType(type).map(([, { DeletionPolicy }]) => DeletionPolicy)), type).toStrictEqual(
        new Set(['RetainExceptOnCreate']),
      )
  })

  it('needs no function of the CDK and names nothing of another region', () => {
    expect(() => template.resourceCountIs('AWS::Lambda::Function', 0)).not.toThrow()
    expect(JSON.stringify(template.toJSON()).match(/Custom::|replica-|Replication/g)).toBeNull()
  })

  it('says where it is to those who deploy', () => {
    for (const output of ['UploadsBucket', 'WebBucket', 'TableName'])
      expect(() => template.hasOutput(output, {})).not.toThrow()
  })
})

describe('buckets', () => {
  it('are closed to the public and take only encrypted objects over TLS 1.2', () => {
    expect(ofType('AWS::S3::Bucket')).toHaveLength(6)
    for (const [id, { Properties }] of ofType('AWS::S3::Bucket')) {
      expect(Properties, id).toMatchObject({
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: {},
        LifecycleConfiguration: {
          Rules: expect.arrayContaining([
            expect.objectContaining({ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }),
          ]),
        },
      })
      expect(policyOf(id), id).toContain('"aws:SecureTransport":"false"')
      expect(policyOf(id), id).toContain('"s3:TlsVersion":1.2')
    }
  })

  it.each(['Uploads', 'Work', 'Videos', 'Web', 'Archive'])('%s logs who reads it', (name) => {
    expect(bucket(name)[1].Properties).toMatchObject({
      LoggingConfiguration: { LogFilePrefix: `access/${name.toLowerCase()}/` },
    })
  })

  it.each(['Uploads', 'Videos', 'Web', 'Archive'])('%s keeps former versions for a while', (name) => {
    expect(bucket(name)[1].Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([expect.objectContaining({ Id: 'former-versions' })]),
      },
    })
  })

  it('opens only uploads to pages, encrypts them with our key and tells EventBridge of them', () => {
    expect(bucket('Uploads')[1].Properties).toMatchObject({
      CorsConfiguration: { CorsRules: [{ AllowedMethods: ['POST', 'PUT'], AllowedOrigins: ['*'] }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    })
    const others = ofType('AWS::S3::Bucket').filter(([id]) => !id.startsWith('Uploads'))
    for (const [id, { Properties }] of others) {
      expect(Properties.CorsConfiguration, id).toBeUndefined()
      expect(Properties.NotificationConfiguration, id).toBeUndefined()
    }
  })

  it('lets CloudFront read what it delivers, and nothing else', () => {
    const readers = ofType('AWS::S3::Bucket').filter(([id]) => policyOf(id).includes('"cloudfront.amazonaws.com"'))
    expect(readers.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).toSorted()).toStrictEqual(['Videos', 'Web'])
    expect(policyOf(bucket('Videos')[0])).toMatch(
      /"Action":"s3:GetObject","Condition":\{"ArnLike":\{"AWS:SourceArn":\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},":cloudfront::",\{"Ref":"AWS::AccountId"\},":distribution\/\*"/,
    )
  })

  it('moves what is rarely used to cheaper classes and deletes what is over', () => {
    expect(rules('Work')).toMatchObject({
      cheaper: { Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }] },
      parts: { Prefix: 'parts/', ExpirationInDays: 7 },
    })
    expect(rules('Videos')).toMatchObject({ cheaper: { Transitions: [{ StorageClass: 'INTELLIGENT_TIERING' }] } })
    expect(rules('Archive')).toMatchObject({
      deeper: { Transitions: [{ StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 180 }] },
    })
    expect(rules('Logs')).toMatchObject({
      access: { Prefix: 'access/', ExpirationInDays: 30 },
      delivery: { Prefix: 'AWSLogs/', ExpirationInDays: 30 },
      audit: { Prefix: 'audit/', ExpirationInDays: 365 },
    })
  })
})

describe('the table', () => {
  it('has the keys and indexes that the store uses', () => {
    expect(() =>
      template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        KeySchema: [
          { AttributeName: tableSchema.partitionKey, KeyType: 'HASH' },
          { AttributeName: tableSchema.sortKey, KeyType: 'RANGE' },
        ],
        GlobalSecondaryIndexes: Object.entries(tableSchema.indexes).map(([IndexName, { partitionKey, sortKey }]) => ({
          IndexName,
          KeySchema: [
            { AttributeName: partitionKey, KeyType: 'HASH' },
            { AttributeName: sortKey, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        })),
        TimeToLiveSpecification: { AttributeName: tableSchema.timeToLive, Enabled: true },
        BillingMode: 'PAY_PER_REQUEST',
      }),
    ).not.toThrow()
  })

  it('is encrypted, protected and can be put back to any second of a week', () => {
    expect(() =>
      template.hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          {
            Region: 'us-east-1',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 7 },
          },
        ],
      }),
    ).not.toThrow()
  })

  it('is copied every day, and every copy is kept for a week', () => {
    expect(() =>
      template.hasResourceProperties('AWS::Backup::BackupPlan', {
        BackupPlan: {
          BackupPlanRule: [
            Match.objectLike({ ScheduleExpression: 'cron(0 3 * * ? *)', Lifecycle: { DeleteAfterDays: 7 } }),
          ],
        },
      }),
    ).not.toThrow()
    expect(() =>
      template.hasResourceProperties('AWS::Backup::BackupVault', {
        EncryptionKeyArn: Match.anyValue(),
        LockConfiguration: { MinRetentionDays: 7 },
      }),
    ).not.toThrow()
    const [[table]] = ofType('AWS::DynamoDB::GlobalTable') as [[string, Resource]]
    expect(() =>
      template.hasResourceProperties('AWS::Backup::BackupSelection', {
        BackupSelection: { Resources: [{ 'Fn::GetAtt': [table, 'Arn'] }] },
      }),
    ).not.toThrow()
  })
})

describe('secrets', () => {
  it.each(['openai', 'elevenlabs', 'gemini', 'signing'])('%s holds nothing until somebody fills it', (id) => {
    expect(() =>
      template.hasResourceProperties('AWS::SecretsManager::Secret', {
        Name: `clipforge/${id}`,
        SecretString: 'not-set',
        Description: Match.stringLikeRegexp('docs/deploy.md says how'),
        KmsKeyId: Match.anyValue(),
      }),
    ).not.toThrow()
  })

  it('are encrypted with a key that is made anew every year', () => {
    expect(() => template.resourceCountIs('AWS::KMS::Key', 1)).not.toThrow()
    expect(() =>
      template.hasResourceProperties('AWS::KMS::Key', { EnableKeyRotation: true, RotationPeriodInDays: 365 }),
    ).not.toThrow()
  })
})

describe('what tells of trouble', () => {
  it('is encrypted, reaches the operators and can be used by alarms of this account only', () => {
    expect(() => template.hasResourceProperties('AWS::SNS::Topic', { KmsMasterKeyId: Match.anyValue() })).not.toThrow()
    expect(() =>
      template.hasResourceProperties('AWS::SNS::Subscription', {
        Protocol: 'email',
        Endpoint: 'operators@clipforge.example',
      }),
    ).not.toThrow()
    expect(() =>
      template.hasResourceProperties('AWS::SNS::TopicPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([
            Match.objectLike({
              Action: 'sns:Publish',
              Principal: { Service: ['budgets.amazonaws.com', 'cloudwatch.amazonaws.com'] },
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            }),
          ]),
        },
      }),
    ).not.toThrow()
  })

  it('has no subscription without an address', async () => {
    const { template: quiet } = await synthesise()
    expect(() => quiet.resourceCountIs('AWS::SNS::Subscription', 0)).not.toThrow()
  })

  it('keeps a trail of who changed and wrote what', () => {
    expect(() =>
      template.hasResourceProperties('AWS::CloudTrail::Trail', {
        IsMultiRegionTrail: true,
        EnableLogFileValidation: true,
        IsLogging: true,
        KMSKeyId: Match.anyValue(),
        S3KeyPrefix: 'audit',
        EventSelectors: Match.arrayWith([
          Match.objectLike({
            ReadWriteType: 'WriteOnly',
            DataResources: [{ Type: 'AWS::S3::Object', Values: [Match.anyValue(), Match.anyValue()] }],
          }),
        ]),
      }),
    ).not.toThrow()
  })
})

function rules(name: string) {
  const { LifecycleConfiguration } = bucket(name)[1].Properties as {
    LifecycleConfiguration: { Rules: { Id: string }[] }
  }
  return Object.fromEntries(LifecycleConfiguration.Rules.map((rule) => [rule.Id, rule]))
}
