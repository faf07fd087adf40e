// An installation on AWS, on one machine: S3 and DynamoDB as servers, the control plane's front doors, the bundled
// functions as processes, the document run by the interpreter, the render container's entry point as its jobs. What
// EventBridge and SQS carry between them is carried here.
import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { newApiKey } from '../../core/api-keys.ts'
import { functions, type FunctionName } from '../../lib/functions.ts'
import { type AwsStores, openAwsStores } from '../../stores/aws.ts'
import { type LoopbackDynamo, startDynamo } from '../loopback/dynamodb.ts'
import { type LoopbackS3, startS3 } from '../loopback/s3.ts'
import type { S3Event } from '../loopback/s3/objects.ts'
import { startControlPlane, type ControlPlane } from './control-plane.ts'
import { type ExecutionService, type Execution, openExecutions, stateMachineArn } from './executions.ts'
import { type FunctionService, openFunctions } from './functions.ts'
import { type ApiAnswer, callApi, valueOf } from './gateway.ts'
import { type JobService, openJobs } from './jobs.ts'
import type { Told } from './told.ts'

/** For all clouds of a process: the SDK's clients are made once and keep to their addresses. */
export type Servers = { dynamo: LoopbackDynamo; s3: LoopbackS3; listeners: Map<string, (event: S3Event) => void> }

export async function startServers(): Promise<Servers & { close: () => Promise<void> }> {
  const listeners: Servers['listeners'] = new Map()
  const dynamo = await startDynamo()
  const s3 = await startS3({ buckets: [], onEvent: (event) => listeners.get(event.bucket)?.(event) })
  Object.assign(process.env, dynamo.environment, s3.environment)
  return { dynamo, s3, listeners, close: async () => void (await Promise.all([dynamo.close(), s3.close()])) }
}

type Options = {
  servers: Servers
  /** Where the bundles are. */
  bundles: string
  /** Of each service that the installation has: where its stand-in is, and the key that it takes. */
  services?: Record<string, { baseUrl: string; key: string }>
  told: Told
  reserved?: Partial<Record<FunctionName, number>>
}
export type Cloud = {
  stores: AwsStores
  s3: LoopbackS3
  functions: FunctionService
  jobs: JobService
  executions: ExecutionService
  controlPlane: ControlPlane
  table: string
  /** How many segments of renders have been kept. */
  segments: () => number
  logFile: string
  /** What a client of the API gets. `key`: an API key, as it was handed out. */
  request: (
    key: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: object,
  ) => Promise<ApiAnswer>
  /** A new API key of that owner. */
  keyOf: (owner: string) => Promise<string>
  /** Events that are on their way are lost, or come twice, from now on. */
  deliver: (how: 'once' | 'twice' | 'never') => void
  /** When nothing is under way any more. */
  settled: () => Promise<void>
  sweep: () => Promise<void>
  close: () => Promise<void>
}
export async function startCloud({ servers, bundles, told, services = {}, reserved = {} }: Options): Promise<Cloud> {
  const { dynamo, s3, listeners } = servers
  const dir = await mkdtemp(join(tmpdir(), 'clipforge-cloud-'))
  const logFile = join(dir, 'log.txt')
  const table = await dynamo.addTable()
  const bucket = (purpose: string) => `${purpose}-${table}`
  for (const purpose of ['work', 'videos', 'uploads', 'archive']) s3.buckets.add(bucket(purpose))
  listeners.set(bucket('uploads'), (event) => bus.onObject(event))
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const secrets = {
    signing: JSON.stringify({ privateKey, keyPairId: 'K2JCJMDEHXQW5F' }),
    ...Object.fromEntries(Object.entries(services).map(([service, { key }]) => [service, key])),
  }
  const common = {
    ...dynamo.environment,
    ...s3.environment,
    CLIPFORGE_TABLE: table,
    CLIPFORGE_WORK_BUCKET: bucket('work'),
    CLIPFORGE_UPLOADS_BUCKET: bucket('uploads'),
    CLIPFORGE_VIDEOS_BUCKET: bucket('videos'),
    CLIPFORGE_ARCHIVE_BUCKET: bucket('archive'),
  }
  const machine = { CLIPFORGE_MACHINE: 'g4dn.xlarge spot', CLIPFORGE_MACHINE_USD_PER_HOUR: '0.205' }
  const jobs = openJobs({ logFile, environment: only(told.jobs, { ...common, ...machine }) })
  const places: { controlPlane?: ControlPlane } = {}
  const lambda = openFunctions({
    dir: bundles,
    logFile,
    reserved,
    environment: (name) =>
      only(told.functions[name], { ...common, ...environmentOf(name, places.controlPlane!.url, services) }),
  })
  const executions = openExecutions({ functions: lambda, jobs, onEnd: (execution) => bus.onEnd(execution) })
  const bus = openBus(lambda)
  const controlPlane = await startControlPlane({ functions: lambda, jobs, executions, secrets })
  places.controlPlane = controlPlane
  const stores = openAwsStores(common)

  return {
    stores,
    s3,
    functions: lambda,
    jobs,
    executions,
    controlPlane,
    table,
    segments: () =>
      s3.received.filter((line) => line.startsWith(`PUT /${bucket('work')}/parts/`) && /\.mp4\?.* 200$/.test(line))
        .length,
    logFile,
    request: (key, method, path, body, headers) =>
      callApi(lambda, { key, method, path, body, headers: { ...headers } }),
    keyOf: async (owner) => {
      const { key, id, hash, usageIdentifier } = newApiKey()
      const createdAt = new Date().toISOString()
      await stores.keys.put({ hash, id, owner, name: 'test', plan: 'standard', createdAt, usageIdentifier })
      return key
    },
    deliver: (how) => bus.deliver(how),
    settled: () => bus.settled(executions),
    sweep: async () => valueOf(await lambda.invoke('sweep', { time: new Date().toISOString() })) as void,
    close: async () => {
      for (const execution of executions.executions.values()) execution.stop('the test is over')
      await Promise.all([...executions.executions.values()].map(({ over }) => over))
      await lambda.close()
      await controlPlane.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Besides these: where the loopback servers are, and who it is. */
const ofTheMachine = /^AWS_|_BASE_URL$/

function only(told: string[], environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => told.includes(name) || ofTheMachine.test(name)),
  )
}

/** This machine's names for everything that a function may be told. */
function environmentOf(
  name: FunctionName,
  controlPlaneUrl: string,
  services: NonNullable<Options['services']>,
): Record<string, string> {
  const spec = functions[name]
  const service = services[name]
  return {
    AWS_ENDPOINT_URL: controlPlaneUrl,
    CLIPFORGE_SERVICES: Object.keys(services).join(','),
    CLIPFORGE_STATE_MACHINE_ARN: stateMachineArn,
    CLIPFORGE_WARM_QUEUE: 'spot',
    CLIPFORGE_WARM_JOB_DEFINITION: 'gpu',
    CLIPFORGE_DELIVERY_DOMAIN: 'd111111abcdef8.cloudfront.net',
    CLIPFORGE_SIGNING_SECRET_ID: 'signing',
    POWERTOOLS_SERVICE_NAME: 'clipforge',
    POWERTOOLS_METRICS_NAMESPACE: 'ClipForge',
    ...('calls' in spec ? Object.fromEntries(spec.calls.map((called) => [variableOf(called), called])) : {}),
    ...(spec.kind === 'service' ? { CLIPFORGE_SECRET_ID: name } : {}),
    ...(service && { [baseUrlNames[name as keyof typeof baseUrlNames]]: service.baseUrl }),
  }
}

function variableOf(called: string): string {
  return `CLIPFORGE_${called.toUpperCase().replaceAll('-', '_')}_FUNCTION`
}

const baseUrlNames = {
  openai: 'OPENAI_BASE_URL',
  elevenlabs: 'ELEVENLABS_BASE_URL',
  gemini: 'GOOGLE_GEMINI_BASE_URL',
} as const

/** EventBridge and SQS: at least once, in no order, and again when it failed. */
function openBus(lambda: FunctionService) {
  let copies = 1
  const underWay = new Set<Promise<unknown>>()
  const send = (work: () => Promise<unknown>) => {
    for (let copy = 0; copy < copies; copy++) {
      const sent = work().finally(() => underWay.delete(sent))
      underWay.add(sent)
    }
  }
  return {
    deliver: (how: 'once' | 'twice' | 'never') => void (copies = { once: 1, twice: 2, never: 0 }[how]),
    onObject: ({ name, bucket, key, size, etag, versionId, sequencer }: S3Event) => {
      if (!name.startsWith('ObjectCreated') || !key.startsWith('inbox/')) return
      const object = { key, size, etag, 'version-id': versionId, sequencer }
      const event = { 'detail-type': 'Object Created', detail: { bucket: { name: bucket }, object } }
      send(() => queued(lambda, JSON.stringify(event)))
    },
    onEnd: ({ arn, name, status, startDate, stopDate, error, cause }: Execution) => {
      const times = { startDate: startDate.getTime(), stopDate: stopDate!.getTime() }
      const detail = { executionArn: arn, stateMachineArn, name, status, ...times, output: null, error, cause }
      send(() => lambda.invoke('on-end', { 'detail-type': 'Step Functions Execution Status Change', detail }))
    },
    settled: async ({ executions }: ExecutionService) => {
      const busy = () => [...executions.values()].filter(({ status }) => status === 'RUNNING')
      while (underWay.size > 0 || busy().length > 0)
        await Promise.allSettled([...underWay, ...busy().map(({ over }) => over)])
    },
  }
}

/** A message of the queue: five times, then the dead-letter queue. */
async function queued(lambda: FunctionService, body: string): Promise<void> {
  const messageId = randomUUID()
  for (let receives = 1; receives <= 5; receives++) {
    const outcome = await lambda.invoke('on-upload', { Records: [{ messageId, body, eventSource: 'aws:sqs' }] })
    if (outcome === 'throttled' || 'error' in outcome) continue
    const { batchItemFailures } = outcome.value as { batchItemFailures: unknown[] }
    if (batchItemFailures.length === 0) return
  }
}
