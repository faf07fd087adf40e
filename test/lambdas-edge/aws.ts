// Everything that the edges meet on AWS, on the loopback interface: S3, DynamoDB, Step Functions, Secrets Manager, SNS.
import { startDynamo } from '../loopback/dynamodb.ts'
import { startS3 } from '../loopback/s3.ts'
import { startEndpoint } from '../lambdas/aws-endpoint.ts'
import type { Context } from 'aws-lambda'

const stateMachineArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:clipforge'

export type Execution = { name: string; input: string; status: string; stopDate?: number }

export async function startAws() {
  const s3 = await startS3({ buckets: ['uploads', 'videos', 'archive', 'work'] })
  const dynamo = await startDynamo()
  const executions = new Map<string, Execution>()
  const down = { startExecution: false }
  const sfn = await startEndpoint(({ target = '', body }) => {
    const input = JSON.parse(body) as { name?: string; executionArn?: string; input?: string }
    const name = input.name ?? input.executionArn?.split(':').at(-1) ?? ''
    const found = executions.get(name)
    switch (target.split('.').at(-1) ?? '') {
      case 'StartExecution':
        if (down.startExecution) return fault(500, 'InternalServerError')
        // The same name and input of one that is running is the same execution; of one that is over it is an error.
        if (found && found.status !== 'RUNNING') return fault(400, 'ExecutionAlreadyExists')
        executions.set(name, { name, input: input.input ?? '', status: 'RUNNING' })
        return json({ executionArn: arnOf(name), startDate: 1_700_000_000 })
      case 'StopExecution':
        if (!found) return fault(400, 'ExecutionDoesNotExist')
        found.status = 'ABORTED'
        return json({ stopDate: 1_700_000_000 })
      case 'DescribeExecution':
        if (!found) return fault(400, 'ExecutionDoesNotExist')
        return json({ executionArn: arnOf(name), startDate: 1_700_000_000, ...found })
      default:
        return fault(400, 'UnknownOperationException')
    }
  })
  Object.assign(process.env, s3.environment, dynamo.environment, {
    AWS_ENDPOINT_URL_SFN: sfn.url,
    AWS_MAX_ATTEMPTS: '1',
    CLIPFORGE_STATE_MACHINE_ARN: stateMachineArn,
    CLIPFORGE_UPLOADS_BUCKET: 'uploads',
    CLIPFORGE_VIDEOS_BUCKET: 'videos',
    CLIPFORGE_ARCHIVE_BUCKET: 'archive',
    CLIPFORGE_WORK_BUCKET: 'work',
    CLIPFORGE_SERVICES: '',
    POWERTOOLS_DEV: 'false',
    POWERTOOLS_TRACE_ENABLED: 'false',
  })
  const started = () => [...executions.keys()]
  const close = async () => {
    await Promise.all([s3.close(), dynamo.close(), sfn.close()])
  }
  return { s3, dynamo, sfn, executions, started, down, close }
}

export function arnOf(name: string): string {
  return `${stateMachineArn.replace('stateMachine', 'execution')}:${name}`
}

export function context(awsRequestId = 'request-1', remainingMs = 60_000): Context {
  return {
    awsRequestId,
    functionName: 'clipforge-test',
    getRemainingTimeInMillis: () => remainingMs,
  } as Context
}

/** What reaches the log while `work` runs: text, as it is written. */
export async function logged(work: () => unknown): Promise<string> {
  const chunks: string[] = []
  const streams = [process.stdout, process.stderr]
  const writes = streams.map((stream) => stream.write.bind(stream))
  const log = console.log
  for (const stream of streams) stream.write = (chunk: unknown) => chunks.push(String(chunk)) > 0
  console.log = (...words: unknown[]) => void chunks.push(`${words.join(' ')}\n`)
  try {
    await work()
  } finally {
    streams.forEach((stream, index) => (stream.write = writes[index]! as never))
    console.log = log
  }
  return chunks.join('')
}

/** Of the embedded metric format: values by name and dimension ('ServiceCost openai'). */
export function metricsIn(log: string): Record<string, number[]> {
  const found: Record<string, number[]> = {}
  for (const line of log
    .split('\n')
    .filter((text) => text.startsWith('{"_aws"') || text.includes('CloudWatchMetrics'))) {
    const entry = JSON.parse(line) as Record<string, unknown> & {
      _aws: { CloudWatchMetrics: { Metrics: { Name: string }[]; Dimensions: string[][] }[] }
    }
    const { _aws: emf } = entry
    for (const { Metrics, Dimensions } of emf.CloudWatchMetrics)
      for (const { Name } of Metrics) {
        const of = Dimensions.flat().map((dimension) => String(entry[dimension]))
        const values = [entry[Name]].flat() as number[]
        ;(found[[Name, ...of].join(' ')] ??= []).push(...values)
      }
  }
  return found
}

function json(body: object) {
  return { headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) }
}

function fault(status: number, type: string) {
  return { ...json({ __type: `com.amazonaws.states#${type}`, message: type }), status }
}
