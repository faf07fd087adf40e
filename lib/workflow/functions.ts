// Every Lambda of lib/functions.ts. Each has a role of its own with exactly what its entry says.
import { join } from 'node:path'
import {
  Duration,
  RemovalPolicy,
  Size,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_lambda_destinations as destinations,
  aws_logs as logs,
} from 'aws-cdk-lib'
import type { aws_sqs as sqs } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { ServiceId } from '../../core/models.ts'
import type { Config } from '../config.ts'
import { functions as specs, type FunctionName, type FunctionSpec } from '../functions.ts'
import { type CallableFunctions, environmentOf } from './environment.ts'
import { statementsFor } from './grants.ts'

import type { Place } from './place.ts'
import { acknowledgeWildcards } from './wildcards.ts'

/** A service that the installation does not have has no function. */
export type Functions = Record<Exclude<FunctionName, ServiceId>, lambda.Function> &
  Partial<Record<ServiceId, lambda.Function>>

export type FunctionQueues = {
  /** What on-upload takes its events from. */
  uploads: sqs.IQueue
  /** Where an event goes that an asynchronously invoked function failed on. */
  missedEvents: sqs.IQueue
}

export class WorkflowFunctions extends Construct {
  readonly byName: Functions

  constructor(scope: Construct, id: string, props: WorkflowFunctionsProps) {
    super(scope, id)
    const create = (names: FunctionName[], callable: CallableFunctions) =>
      Object.fromEntries(names.map((name) => [name, createFunction(this, name, props, callable)]))
    const names = Object.keys(specs) as FunctionName[]
    const isService = (name: FunctionName) => specs[name].kind === 'service'
    const services = create(
      names.filter((name) => isService(name) && name in props.place.config.services),
      {},
    )
    const checks = create(['check-upload'], {})
    const others = create(
      names.filter((name) => !isService(name) && !(name in checks)),
      { ...services, ...checks },
    )
    this.byName = { ...services, ...checks, ...others } as Functions
  }
}

/** Invoked by rules, which do not wait for the outcome: what they fail on is kept. */
const asynchronous: readonly FunctionName[] = ['on-end', 'on-render', 'sweep', 'deliver', 'archive']

export function functionNameOf({ name: installation }: Pick<Config, 'name'>, name: string): string {
  return `${installation}-${name}`
}

type WorkflowFunctionsProps = { place: Place; lambdasDir: string; queues: FunctionQueues }

function createFunction(
  scope: Construct,
  name: FunctionName,
  { place, lambdasDir, queues }: WorkflowFunctionsProps,
  callable: CallableFunctions,
): lambda.Function {
  const spec: FunctionSpec = specs[name]
  const { config } = place
  const functionName = functionNameOf(config, name)
  const service = spec.kind === 'service' ? (name as ServiceId) : undefined
  const called = pick(callable, spec.calls ?? [])
  const logGroup = new logs.LogGroup(scope, `${name}-logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = createRole(scope, `${name}-role`, functionName, [
    ...statementsFor(spec.needs, place, service),
    ...invoke(called),
    ...(name === 'on-upload' ? [receive(queues.uploads)] : []),
    ...(asynchronous.includes(name) ? [allow(['sqs:SendMessage'], [queues.missedEvents.queueArn])] : []),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
    allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], ['*']),
  ])
  const created = new lambda.Function(scope, name, {
    functionName,
    code: lambda.Code.fromAsset(join(lambdasDir, name)),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
    architecture: lambda.Architecture.ARM_64,
    memorySize: spec.memoryMiB,
    timeout: Duration.seconds(spec.timeoutSeconds),
    ephemeralStorageSize: spec.scratchMiB === undefined ? undefined : Size.mebibytes(spec.scratchMiB),
    // One invocation makes one request at a time: this is how many the whole system makes at once.
    reservedConcurrentExecutions: service && config.services[service]?.concurrency,
    role,
    environment: environmentOf(name, spec, place, called),
    loggingFormat: lambda.LoggingFormat.JSON,
    logGroup,
    tracing: lambda.Tracing.ACTIVE,
  })
  if (asynchronous.includes(name)) keepMissedEvents(created, name, queues.missedEvents)
  return created
}

/** The statements are inside the role, so that no function starts without them, and nothing may add to them. */
function createRole(scope: Construct, id: string, functionName: string, statements: iam.PolicyStatement[]): iam.IRole {
  const role = new iam.Role(scope, id, {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: `Exactly what ${functionName} needs`,
    inlinePolicies: { needs: new iam.PolicyDocument({ statements }) },
  })
  acknowledgeWildcards(role, statements)
  return role.withoutPolicyUpdates()
}

function invoke(called: CallableFunctions): iam.PolicyStatement[] {
  const resources = Object.values(called).map(({ functionArn }) => functionArn)
  return resources.length === 0 ? [] : [allow(['lambda:InvokeFunction'], resources)]
}

/** What Lambda itself does with a queue that it polls for a function. */
function receive(queue: sqs.IQueue): iam.PolicyStatement {
  return allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [queue.queueArn])
}

/** An hour of tries and no more: then the event waits in the queue for somebody to look. */
function keepMissedEvents(created: lambda.Function, name: FunctionName, missedEvents: sqs.IQueue) {
  created.configureAsyncInvoke({
    maxEventAge: Duration.hours(1),
    // The next one comes in minutes anyway.
    retryAttempts: name === 'sweep' || name === 'deliver' ? 0 : 2,
    onFailure: new destinations.SqsDestination(missedEvents),
  })
}

function pick(callable: CallableFunctions, names: readonly FunctionName[]): CallableFunctions {
  return Object.fromEntries(names.flatMap((name) => (callable[name] ? [[name, callable[name]]] : [])))
}

function allow(actions: string[], resources: string[]) {
  return new iam.PolicyStatement({ actions, resources })
}
