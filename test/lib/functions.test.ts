import { testApp } from './synth.ts'
import { describe, expect, it } from 'vitest'
import { services } from '../../core/models.ts'
import { type FunctionSpec, functions, type Need } from '../../lib/functions.ts'
import { type Resource, resourcesOf, statementsOf } from './flat.ts'
import { allowedBy, flat, of, roles, submits, tracing } from './rights.ts'

const lambdas = Object.values(of('AWS::Lambda::Function')).map(({ Properties }) => Properties)
const lambdaOf = (name: string) => lambdas.find(({ FunctionName }) => FunctionName === `clipforge-${name}`)!
const names = Object.keys(functions) as (keyof typeof functions)[]

function roleOf(name: string): Resource {
  return roles[lambdaOf(name)['Role']['Fn::GetAtt'][0]]!
}

// Written down a second time on purpose: what each need may come to, and nothing else.
const reads = (bucket: string, keys: string) => [`s3:GetObject ${bucket}/${keys}`, `s3:ListBucket ${bucket}`]
const secret = (id: string) => [`secretsmanager:GetSecretValue secret ${id}`, 'kms:Decrypt key through secretsmanager']
const allows: Record<Exclude<Need, 'secret'>, string[]> = {
  table: ['GetItem', 'PutItem', 'UpdateItem', 'Query'].map((action) => `dynamodb:${action} table`),
  'table.append': ['GetItem', 'PutItem', 'Query'].map((action) => `dynamodb:${action} table`),
  'table.delete': ['dynamodb:DeleteItem table'],
  'table.read': ['dynamodb:GetItem table'],
  'table.index': ['dynamodb:Query table/index/byState'],
  'table.owners': ['dynamodb:Query table/index/byOwner'],
  'work.read': reads('work', 'owners/*'),
  'work.write': ['s3:PutObject work/owners/*'],
  'work.delete': ['s3:DeleteObject work/owners/*', 's3:DeleteObject work/parts/*'],
  'uploads.read': [...reads('uploads', 'inbox/*'), 's3:GetObjectVersion uploads/inbox/*', 'kms:Decrypt key through s3'],
  'uploads.write': ['s3:PutObject uploads/inbox/*', 'kms:GenerateDataKey key through s3'],
  'uploads.manage': [
    ...['owners/*/uploads/*', 'incoming/*', 'inbox/*'].map((keys) => `s3:GetObject uploads/${keys}`),
    ...['owners/*/uploads/records/*', 'owners/*/uploads/waiting/*', 'owners/*/uploads/*.uses/*', 'incoming/*'].map(
      (keys) => `s3:PutObject uploads/${keys}`,
    ),
    ...['owners/*/uploads/*', 'incoming/*'].map((keys) => `s3:DeleteObject uploads/${keys}`),
    's3:ListBucket uploads',
    ...['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => `${action} key through s3`),
  ],
  'uploads.check': [
    ...['incoming/*', 'owners/*/uploads/*'].map((keys) => `s3:GetObject uploads/${keys}`),
    's3:PutObject uploads/owners/*/uploads/*',
    's3:ListBucket uploads',
    ...['kms:Decrypt', 'kms:GenerateDataKey'].map((action) => `${action} key through s3`),
  ],
  'uploads.fonts': [...reads('uploads', 'owners/*/uploads/*'), 'kms:Decrypt key through s3'],
  'uploads.names': [...reads('uploads', 'owners/*/uploads/records/*'), 'kms:Decrypt key through s3'],
  'videos.read': reads('videos', 'videos/*'),
  'videos.write': ['s3:PutObject videos/videos/*'],
  'videos.delete': ['s3:DeleteObject videos/videos/*'],
  'archive.write': ['s3:PutObject archive/*'],
  'workflow.start': ['states:StartExecution state machine'],
  'workflow.read': ['states:DescribeExecution executions:*'],
  'workflow.stop': ['states:StopExecution executions:*'],
  'render.warm': submits('spot', 'gpu'),
  signing: secret('signing'),
  rotation: [
    'kms:GenerateDataKey key through secretsmanager',
    ...Object.keys(services).flatMap((id) => [
      ...secret(id),
      ...['DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage'].map(
        (action) => `secretsmanager:${action} secret ${id}`,
      ),
    ]),
  ],
  alerts: ['sns:Publish alerts', 'kms:Decrypt key through sns', 'kms:GenerateDataKey key through sns'],
}
const everyone = ['logs:CreateLogStream own log', 'logs:PutLogEvents own log', ...tracing]

describe('functions', () => {
  it.each(names)('%s may do exactly what lib/functions.ts says', (name) => {
    const { needs, calls = [] }: FunctionSpec = functions[name]
    const special: Record<string, string[]> = {
      'on-upload': ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'].map((act) => `sqs:${act} upload queue`),
      ...Object.fromEntries(
        ['on-end', 'on-render', 'sweep', 'deliver', 'archive'].map((each) => [each, ['sqs:SendMessage missed events']]),
      ),
    }
    const expected = [
      ...everyone,
      ...needs.flatMap((need) => (need === 'secret' ? secret(name) : allows[need])),
      ...calls.map((service) => `lambda:InvokeFunction function ${service}`),
      ...(special[name] ?? []),
    ]
    expect([...allowedBy(roleOf(name))].toSorted()).toEqual([...new Set(expected)].toSorted())
  })

  it('no policy stands outside the roles, and none is AWS’ own', () => {
    expect(of('AWS::IAM::Policy')).toEqual({})
    expect(of('AWS::IAM::ManagedPolicy')).toEqual({})
    for (const { Properties } of Object.values(roles)) expect(Properties['ManagedPolicyArns']).toBeUndefined()
  })

  it('each has a role and a log of its own, kept for 30 days, and is traced', () => {
    expect(new Set(lambdas.map(({ Role }) => flat(Role))).size).toBe(names.length)
    for (const { Properties } of Object.values(of('AWS::Logs::LogGroup')))
      expect(Properties['RetentionInDays']).toBe(30)
    for (const { FunctionName, LoggingConfig, TracingConfig } of lambdas) {
      const group = of('AWS::Logs::LogGroup')[flat(LoggingConfig.LogGroup)]!
      expect(group.Properties['LogGroupName']).toBe(`/aws/lambda/${FunctionName}`)
      expect(LoggingConfig.LogFormat).toBe('JSON')
      expect(TracingConfig).toEqual({ Mode: 'Active' })
    }
  })

  it('runs what lib/functions.ts says, on Node 24 and arm64', () => {
    for (const name of names) {
      const { memoryMiB, timeoutSeconds, scratchMiB }: FunctionSpec = functions[name]
      expect(lambdaOf(name)).toMatchObject({
        Runtime: 'nodejs24.x',
        Architectures: ['arm64'],
        Handler: 'index.handler',
        MemorySize: memoryMiB,
        Timeout: timeoutSeconds,
        ...(scratchMiB !== undefined && { EphemeralStorage: { Size: scratchMiB } }),
      })
    }
  })

  it('one a service, as many at once as the account allows, and no other is limited', () => {
    const reserved = lambdas.filter((each) => each['ReservedConcurrentExecutions'] !== undefined)
    expect(
      Object.fromEntries(reserved.map((each) => [each['FunctionName'], each['ReservedConcurrentExecutions']])),
    ).toEqual(
      Object.fromEntries(Object.entries(services).map(([id, { limits }]) => [`clipforge-${id}`, limits.concurrency])),
    )
  })

  it('no environment holds a secret, only its name', () => {
    for (const { Environment } of lambdas)
      for (const [variable, value] of Object.entries(Environment.Variables))
        expect(typeof value === 'object' || !/SECRET|KEY/.test(variable), variable).toBe(true)
    expect(Object.keys(lambdaOf('openai')['Environment'].Variables)).not.toContain('OPENAI_API_KEY')
  })

  it('a stage knows the functions that it may call, and nobody else does', () => {
    for (const name of names) {
      const told = Object.keys(lambdaOf(name)['Environment'].Variables).filter((each) => each.endsWith('_FUNCTION'))
      const { calls = [] }: FunctionSpec = functions[name]
      expect(told).toEqual(calls.map((callee) => `CLIPFORGE_${callee.toUpperCase().replaceAll('-', '_')}_FUNCTION`))
    }
  })

  it('a service that the installation does not have has no function, and nobody may call it', async () => {
    const { stacks: some } = await testApp({ services: { openai: { concurrency: 7 } } }, { nag: false })
    const left = Object.values(resourcesOf(some.workflow, 'AWS::Lambda::Function')).map(({ Properties }) => Properties)
    const all = left.map(({ FunctionName }) => FunctionName)
    expect(all).toContain('clipforge-openai')
    expect(all).not.toContain('clipforge-gemini')
    const narrate = left.find(({ FunctionName }) => FunctionName === 'clipforge-narrate')!
    expect(narrate['Environment'].Variables).toMatchObject({ CLIPFORGE_SERVICES: 'openai' })
    expect(narrate['Environment'].Variables).not.toHaveProperty('CLIPFORGE_GEMINI_FUNCTION')
  })
})

describe('no right is wider than its reason', () => {
  // Actions that AWS allows on * only.
  const withoutResources = [
    /^xray:/,
    /^batch:DescribeJobs$/,
    /^logs:(?:\w+LogDeliver\w+|PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups)$/,
  ]

  it('no action is a wildcard, and only these are allowed on everything', () => {
    for (const role of Object.values(roles))
      for (const { Action, Resource: resources } of statementsOf(role, flat)) {
        for (const action of Action) expect(action).not.toContain('*')
        const onEverything = resources.includes('*') ? Action : []
        expect(onEverything.filter((action) => !withoutResources.some((known) => known.test(action)))).toEqual([])
      }
  })
})
