// The services' front doors that the SDKs talk to, on the loopback interface: Lambda's Invoke, Step Functions, Batch and
// Secrets Manager, each in its own wire format (REST with JSON; JSON 1.0 and 1.1 with X-Amz-Target).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FunctionName } from '../../lib/functions.ts'
import { type ExecutionService, stateMachineArn } from './executions.ts'
import type { FunctionService } from './functions.ts'
import type { Job, JobService } from './jobs.ts'

type Services = {
  functions: FunctionService
  jobs: JobService
  executions: ExecutionService
  secrets: Record<string, string>
}
export type ControlPlane = {
  url: string
  /** That many of the next calls of that operation fail as AWS fails. */
  fail: (operation: string, times: number) => void
  close: () => Promise<void>
}
type Reply = { status: number; body: unknown; headers?: Record<string, string> }
type Fields = Record<string, string>

export async function startControlPlane(services: Services): Promise<ControlPlane> {
  const failing = new Map<string, number>()
  const server = createServer((request, response) => {
    answer(request, services, failing).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, { status: 500, body: { message: String(error) } }),
    )
  })
  // A function may take its time; AWS's own limit is 15 minutes.
  server.requestTimeout = 0
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fail: (operation, times) => void failing.set(operation, times),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(request: IncomingMessage, services: Services, failing: Map<string, number>): Promise<Reply> {
  const body = await bodyOf(request)
  const target = String(request.headers['x-amz-target'] ?? '')
  const operation = target === '' ? request.url! : target.split('.').at(-1)!
  const left = failing.get(operation) ?? 0
  if (left > 0) {
    failing.set(operation, left - 1)
    return { status: 500, body: { __type: 'InternalServerError', message: 'told to fail' } }
  }
  const invoked = /^\/2015-03-31\/functions\/([^/]+)\/invocations/.exec(request.url!)
  if (invoked) return invoke(decodeURIComponent(invoked[1]!) as FunctionName, body, services)
  if (request.url === '/v1/submitjob') return submitJob(body, services)
  const operations: Record<string, (fields: Fields, given: Services) => Reply> = {
    StartExecution: startExecution,
    StopExecution: stopExecution,
    DescribeExecution: describeExecution,
    GetSecretValue: getSecretValue,
  }
  const run = operations[operation]
  return run ? run(JSON.parse(body) as Fields, services) : { status: 404, body: { message: `no ${operation}` } }
}

async function invoke(name: FunctionName, body: string, { functions }: Services): Promise<Reply> {
  const outcome = await functions.invoke(name, JSON.parse(body))
  if (outcome === 'throttled')
    return {
      status: 429,
      headers: { 'x-amzn-errortype': 'TooManyRequestsException' },
      body: { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User', message: 'Rate Exceeded.' },
    }
  if ('error' in outcome)
    return { status: 200, headers: { 'x-amz-function-error': 'Unhandled' }, body: { ...outcome.error, trace: [] } }
  return { status: 200, body: outcome.value }
}

/** Fire and forget, as SubmitJob is. */
function submitJob(body: string, { jobs }: Services): Reply {
  const { jobName, jobQueue, jobDefinition, containerOverrides } = JSON.parse(body) as {
    jobName: string
    jobQueue: string
    jobDefinition: string
    containerOverrides?: { command?: string[] }
  }
  const job: Job = {
    JobName: jobName,
    JobQueue: jobQueue,
    JobDefinition: jobDefinition,
    ContainerOverrides: { Command: containerOverrides?.command ?? [] },
  }
  void jobs.run(job)
  return {
    status: 200,
    body: { jobArn: `arn:aws:batch:us-east-1:123456789012:job/${jobName}`, jobId: jobName, jobName },
  }
}

function startExecution({ stateMachineArn: machine, name, input }: Fields, { executions }: Services): Reply {
  if (machine !== stateMachineArn) return problem('StateMachineDoesNotExist', String(machine))
  const execution = executions.start(name!, JSON.parse(input ?? '{}'))
  if (!execution) return problem('ExecutionAlreadyExists', `Execution Already Exists: '${name}'`)
  return { status: 200, body: { executionArn: execution.arn, startDate: execution.startDate.getTime() / 1000 } }
}

function stopExecution({ executionArn, cause }: Fields, { executions }: Services): Reply {
  const execution = [...executions.executions.values()].find(({ arn }) => arn === executionArn)
  if (!execution) return problem('ExecutionDoesNotExist', String(executionArn))
  execution.stop(cause ?? 'stopped')
  return { status: 200, body: { stopDate: Date.now() / 1000 } }
}

function describeExecution({ executionArn }: Fields, { executions }: Services): Reply {
  const execution = [...executions.executions.values()].find(({ arn }) => arn === executionArn)
  if (!execution) return problem('ExecutionDoesNotExist', String(executionArn))
  const { arn, name, status, startDate, stopDate, input, error, cause } = execution
  const times = { startDate: startDate.getTime() / 1000, ...(stopDate && { stopDate: stopDate.getTime() / 1000 }) }
  return {
    status: 200,
    body: { executionArn: arn, stateMachineArn, name, status, input: JSON.stringify(input), error, cause, ...times },
  }
}

function getSecretValue({ SecretId }: Fields, { secrets }: Services): Reply {
  const value = secrets[SecretId!]
  if (value === undefined) return problem('ResourceNotFoundException', `no secret ${SecretId}`)
  return { status: 200, body: { ARN: SecretId, Name: SecretId, VersionId: '1', SecretString: value } }
}

function problem(type: string, message: string): Reply {
  return { status: 400, headers: { 'x-amzn-errortype': type }, body: { __type: type, message } }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

function send(response: ServerResponse, { status, body, headers = {} }: Reply) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body ?? null))
}
