// The state machine that makes videos: workflow/video.asl.json, the document that also runs on one machine, with the
// names of this installation put in.
import { readFileSync } from 'node:fs'
import {
  ArnFormat,
  RemovalPolicy,
  Stack,
  aws_iam as iam,
  aws_logs as logs,
  aws_stepfunctions as sfn,
} from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Functions } from './functions.ts'
import { submitJobs } from './grants.ts'
import type { Place } from './place.ts'
import { acknowledgeWildcards } from './wildcards.ts'

const videoWorkflow = new URL('../../workflow/video.asl.json', import.meta.url)

/** Its ARN, before it is made: the functions that start it are invoked by it. */
export function stateMachineArnOf(scope: Construct, name: string): string {
  return Stack.of(scope).formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: stateMachineNameOf(name),
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  })
}

export class VideoStateMachine extends Construct {
  readonly stateMachine: sfn.StateMachine

  constructor(scope: Construct, id: string, { place, functions }: { place: Place; functions: Functions }) {
    super(scope, id)
    const name = stateMachineNameOf(place.config.name)
    this.stateMachine = new sfn.StateMachine(this, 'Videos', {
      stateMachineName: name,
      definitionBody: sfn.DefinitionBody.fromString(readFileSync(videoWorkflow, 'utf8')),
      definitionSubstitutions: substitutionsOf(functions, place),
      role: createRole(this, functions, place),
      logs: {
        // Names under /aws/vendedlogs/ do not count against the length of the region's one policy for log delivery.
        destination: new logs.LogGroup(this, 'Logs', {
          logGroupName: `/aws/vendedlogs/states/${name}`,
          retention: logs.RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: sfn.LogLevel.ERROR,
        // What people write is theirs: no log holds it.
        includeExecutionData: false,
      },
      tracingEnabled: true,
    })
    acknowledge(
      this.stateMachine,
      'AwsSolutions-SF1',
      "Step Functions keeps every execution's whole history for 90 days; the log is for what went wrong",
    )
  }
}

function stateMachineNameOf(name: string) {
  return `${name}-video`
}

function substitutionsOf(functions: Functions, { render }: Place): Record<string, string> {
  return {
    WriteFunctionArn: functions.write.functionArn,
    NarrateFunctionArn: functions.narrate.functionArn,
    PlanFunctionArn: functions.plan.functionArn,
    IllustrateFunctionArn: functions.illustrate.functionArn,
    ScoreFunctionArn: functions.score.functionArn,
    WarmFunctionArn: functions.warm.functionArn,
    AssembleFunctionArn: functions.assemble.functionArn,
    PublishFunctionArn: functions.publish.functionArn,
    FailFunctionArn: functions.fail.functionArn,
    SpotQueueArn: render.queues.spot.jobQueueArn,
    OnDemandQueueArn: render.queues.onDemand.jobQueueArn,
    ProcessorQueueArn: render.queues.processor.jobQueueArn,
    GpuJobDefinitionArn: render.jobDefinitionArns.gpu,
    ProcessorJobDefinitionArn: render.jobDefinitionArns.processor,
  }
}

function createRole(scope: Construct, functions: Functions, { render, config }: Place): iam.IRole {
  const { write, narrate, plan, illustrate, score, warm, assemble, publish, fail } = functions
  const stages = [write, narrate, plan, illustrate, score, warm, assemble, publish, fail]
  const { queues, jobDefinitionArns } = render
  const statements = [
    allow(
      ['lambda:InvokeFunction'],
      stages.map(({ functionArn }) => functionArn),
    ),
    submitJobs([queues.spot, queues.onDemand, queues.processor], [jobDefinitionArns.gpu, jobDefinitionArns.processor]),
    ...followJobs(scope),
    allow(logDelivery, ['*']),
    allow(tracing, ['*']),
  ]
  const role = new iam.Role(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    description: `Exactly what the workflow of ${config.name} does`,
    inlinePolicies: { workflow: new iam.PolicyDocument({ statements }) },
  })
  acknowledgeWildcards(role, statements)
  return role.withoutPolicyUpdates()
}

/**
 * What waiting for a job takes (batch:submitJob.sync). Without TerminateJob, stopping an execution would leave its job
 * running and costing; a job's ARN is not known before.
 */
function followJobs(scope: Construct): iam.PolicyStatement[] {
  const { partition, region, account } = Stack.of(scope)
  return [
    allow(['batch:TerminateJob'], [`arn:${partition}:batch:${region}:${account}:job/*`]),
    allow(['batch:DescribeJobs'], ['*']),
    allow(
      ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'],
      [`arn:${partition}:events:${region}:${account}:rule/StepFunctionsGetEventsForBatchJobsRule`],
    ),
  ]
}

// https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html: no resources, all of them.
const logDelivery = [
  'logs:CreateLogDelivery',
  'logs:GetLogDelivery',
  'logs:UpdateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:DescribeResourcePolicies',
  'logs:DescribeLogGroups',
]
// https://docs.aws.amazon.com/step-functions/latest/dg/xray-iam.html
const tracing = [
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
]

function allow(actions: string[], resources: string[]) {
  return new iam.PolicyStatement({ actions, resources })
}
