// What the roles of the workflow's stack allow, in words: 'action what', as a reviewer would note it down.
import { testApp } from './synth.ts'
import { Stack } from 'aws-cdk-lib'
import { expect } from 'vitest'
import { flattener, type Loose, type Resource, resourcesOf, statementsOf } from './flat.ts'

const { stacks } = await testApp({}, { nag: false })
export const { workflow, data, render } = stacks
export const flat = flattener([data, render, stacks.delivery])
export const of = (type: string) => resourcesOf(workflow, type)
export const roles = of('AWS::IAM::Role')

/** What a resource of a policy is called here: 'table', 'work/owners/*', 'function openai'. */
const called = new Map<string, string>([
  ...Object.entries({
    table: data.table.tableArn,
    key: data.key.keyArn,
    alerts: data.alerts.topicArn,
    uploads: data.uploads.bucketArn,
    work: data.work.bucketArn,
    videos: data.videos.bucketArn,
    archive: data.archive.bucketArn,
    ...Object.fromEntries(Object.entries(data.secrets).map(([id, { secretArn }]) => [`secret ${id}`, secretArn])),
    ...Object.fromEntries(Object.entries(render.queues).map(([id, { jobQueueArn }]) => [`queue ${id}`, jobQueueArn])),
    ...Object.fromEntries(Object.entries(render.jobDefinitionArns).map(([id, arn]) => [`job ${id}`, arn])),
    ...Object.fromEntries(Object.entries(workflow.functions).map(([id, made]) => [`function ${id}`, made.functionArn])),
    'upload queue': workflow.uploadQueue.queueArn,
    'missed events': workflow.missedEvents.queueArn,
  }).map(([name, arn]): [string, string] => [flat(Stack.of(data).resolve(arn)), name]),
  ['arn:aws:states:us-east-1:<AccountId>:stateMachine:clipforge-video', 'state machine'],
  ['arn:aws:states:us-east-1:<AccountId>:execution:clipforge-video', 'executions'],
])
const byLength = [...called].toSorted(([one], [other]) => other.length - one.length)
export function nameOf(resource: string): string {
  const [arn, name] = byLength.find(([known]) => resource.startsWith(known)) ?? ['', '']
  return (name + resource.slice(arn.length)).replace(/^Functions\S+logs\w{8}\.Arn$/, 'own log')
}

/** Every single thing that a role allows: 'action what', and through which service if only through that. */
export function allowedBy(role: Resource): Set<string> {
  return new Set(
    statementsOf(role, flat).flatMap(({ Effect, Action, Resource: resources, Condition }) => {
      expect(Effect).toBe('Allow')
      const service = (Condition as Loose)?.StringEquals?.['kms:ViaService']
      const through = service === undefined ? '' : ` through ${service.split('.')[0]}`
      return Action.flatMap((action) => resources.map((resource) => `${action} ${nameOf(resource)}${through}`))
    }),
  )
}

export const submits = (queue: string, job: string) =>
  [`queue ${queue}`, `job ${job}`, `job ${job}:*`].map((what) => `batch:SubmitJob ${what}`)
export const tracing = ['xray:PutTraceSegments *', 'xray:PutTelemetryRecords *']
