import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { startEndpoint, type Endpoint } from '../lambdas/aws-endpoint.ts'
import { startOpenAI } from '../loopback/openai.ts'
import { context, logged, startAws } from './aws.ts'

type Version = { value: string; labels: string[] }
let versions: Record<string, Version>
let mails: URLSearchParams[]
let secretsManager: Endpoint
let sns: Endpoint
let aws: Awaited<ReturnType<typeof startAws>>
let openai: Awaited<ReturnType<typeof startOpenAI>>
let handler: typeof import('../../lambdas/rotate.ts').handler
const SecretId = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:clipforge/openai-AbCdEf'

beforeAll(async () => {
  aws = await startAws()
  openai = await startOpenAI({ key: 'sk-new-new-new' })
  secretsManager = await startEndpoint(({ target = '', body }) => answer(target.split('.').at(-1)!, JSON.parse(body)))
  sns = await startEndpoint(({ body }) => {
    mails.push(new URLSearchParams(body))
    const xml = '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>'
    return { headers: { 'content-type': 'text/xml' }, body: xml }
  })
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_ENDPOINT_URL_SNS: sns.url,
    OPENAI_BASE_URL: `${openai.url}/v1`,
    CLIPFORGE_ALERTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:alerts',
  })
  ;({ handler } = await import('../../lambdas/rotate.ts'))
})
afterAll(async () => {
  await Promise.all([secretsManager.close(), sns.close(), openai.close(), aws.close()])
})
beforeEach(() => {
  versions = { v1: { value: 'sk-old-old-old', labels: ['AWSCURRENT'] } }
  mails = []
})

type Input = Partial<
  Record<
    'VersionId' | 'VersionStage' | 'ClientRequestToken' | 'SecretString' | 'MoveToVersionId' | 'RemoveFromVersionId',
    string
  >
>
function answer(operation: string, input: Input) {
  switch (operation) {
    case 'GetSecretValue': {
      const found = Object.entries(versions).find(
        ([id, { labels }]) => labels.includes(input.VersionStage!) && (input.VersionId ?? id) === id,
      )
      if (!found) return { status: 400, body: '{"__type":"ResourceNotFoundException","message":"no"}' }
      return { body: JSON.stringify({ SecretString: found[1].value }) }
    }
    case 'PutSecretValue':
      versions[input.ClientRequestToken!] = { value: input.SecretString!, labels: ['AWSPENDING'] }
      return { body: '{}' }
    case 'DescribeSecret': {
      const labels = Object.entries(versions).map(([id, version]) => [id, version.labels])
      return { body: JSON.stringify({ VersionIdsToStages: Object.fromEntries(labels) }) }
    }
    case 'UpdateSecretVersionStage': {
      const { VersionStage: label = '', RemoveFromVersionId: from, MoveToVersionId: to } = input
      if (from) versions[from]!.labels = versions[from]!.labels.filter((each) => each !== label)
      if (to) versions[to]!.labels.push(label)
      return { body: '{}' }
    }
    default:
      return { status: 400, body: '{"__type":"UnknownOperationException"}' }
  }
}

async function rotate(): Promise<void> {
  for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const)
    for (let time = 0; time < 2; time++)
      await logged(() => handler({ Step, SecretId, ClientRequestToken: 'token' }, context()))
}
const labelled = (label: string) =>
  Object.values(versions).flatMap(({ value, labels }) => (labels.includes(label) ? value : []))

it('puts a key that waits in place when the service accepts it', async () => {
  versions['v2'] = { value: '{"key": "sk-new-new-new"}', labels: ['NEXT'] }
  await rotate()
  expect(labelled('AWSCURRENT')).toEqual(['{"key": "sk-new-new-new"}'])
  expect([...labelled('AWSPENDING'), ...labelled('NEXT')]).toEqual([])
  expect(openai.received[0]?.headers['authorization']).toBe('Bearer sk-new-new-new')
  expect(mails).toEqual([])
})

it('asks the operators for a key when none waits, and changes nothing', async () => {
  await rotate()
  expect(labelled('AWSCURRENT')).toEqual(['sk-old-old-old'])
  expect(mails[0]?.get('Subject')).toBe('ClipForge: a new key for OpenAI is due')
  expect(mails[0]?.get('Message')).toContain('--version-stages NEXT')
})

it('puts a key aside that the service refuses, and says so', async () => {
  versions['v2'] = { value: 'sk-bad-bad-bad', labels: ['NEXT'] }
  await rotate()
  expect(labelled('AWSCURRENT')).toEqual(['sk-old-old-old'])
  expect([...labelled('AWSPENDING'), ...labelled('NEXT')]).toEqual([])
  expect(mails[0]?.get('Subject')).toBe('ClipForge: the new key for OpenAI does not work')
  expect(mails[0]?.get('Message')).not.toContain('sk-bad')
})

it('is for keys of services only', async () => {
  const event = {
    Step: 'createSecret' as const,
    SecretId: 'arn:aws:secretsmanager:x:1:secret:clipforge/signing-1',
    ClientRequestToken: 't',
  }
  await logged(() => expect(handler(event, context())).rejects.toThrow("is no service's"))
})
