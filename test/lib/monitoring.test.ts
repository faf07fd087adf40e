import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { metrics, metricsNamespace } from '../../core/metrics.ts'
import { sweepMinutes } from '../../lib/monitoring/alarms/spec.ts'
import { alarms } from '../../lib/monitoring/alarms.ts'
import { functions } from '../../lib/functions.ts'
import type { RawConfig } from '../../lib/config.ts'
import { emptyApp, testApp } from './synth.ts'

const cdk = await import('aws-cdk-lib')
const { Template } = await import('aws-cdk-lib/assertions')
const { own, renderQueues } = await import('../../lib/monitoring/measures.ts')
const { MonitoringStack } = await import('../../lib/stacks/monitoring.ts')

const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8')
const full: RawConfig = { replicaRegion: 'us-west-2', alertEmail: 'ops@example.com' }

it('every alarm names its section of the runbook, and every section of an alarm has one', () => {
  const { alarmsByName } = synthesised(full)
  const named = Object.values(alarmsByName).map(
    ({ AlarmDescription }) => /docs\/operations\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1],
  )
  const runbook = operations.split(/^## /m).find((part) => part.startsWith('When an alarm rings'))!
  const sections = [...runbook.matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading)
  expect(new Set(named)).toEqual(new Set(sections))
  expect(new Set(sections).size).toBe(sections.length)
  expect(new Set(sections)).toEqual(new Set(Object.keys(alarms)))
})

it('every section says what it means, where to look first, and what to do', () => {
  const sections = operations
    .split(/^### /m)
    .slice(1)
    .filter((section) => Object.hasOwn(alarms, section.split('\n')[0]!))
  for (const section of sections) {
    expect(section, section.split('\n')[0]).toContain('**Users:**')
    expect(section, section.split('\n')[0]).toContain('**Look:**')
    expect(section, section.split('\n')[0]).toContain('**Do:**')
    expect(section, section.split('\n')[0]).toMatch(/```sh\n(?:for .*)?.*\b(?:aws|npm) /)
  }
})

it('tells the operators’ topic when it begins and when it is over, and says what no data means', () => {
  for (const alarm of Object.values(synthesised(full).alarmsByName)) {
    expect(alarm.AlarmActions).toEqual(alarm.OKActions)
    expect(JSON.stringify(alarm.AlarmActions)).toMatch(/Alerts/)
    expect(alarm.TreatMissingData).toMatch(/^(?:notBreaching|breaching|ignore)$/)
  }
})

it('watches metrics that somebody publishes, with the dimensions that he gives them', () => {
  for (const [name, alarm] of Object.entries(synthesised(full).alarmsByName)) {
    const watched = metricsOf(alarm)
    expect(watched.length, name).toBeGreaterThan(0)
    // CloudWatch takes no more in one alarm.
    expect(watched.length, name).toBeLessThanOrEqual(10)
    for (const metric of watched) {
      const dimensions = (metric.Dimensions ?? []).map(({ Name }) => Name).toSorted()
      expect(dimensions, `${name}: ${metric.MetricName}`).toEqual(publishedDimensions(metric))
    }
  }
})

it('looks for a metric under the names that it is counted under', () => {
  const counting =
    "const { count } = await import('./lambdas/shell.ts'); count('VideosMade', 1); count('ServiceCost', 1, 'openai')"
  const lines = execFileSync(process.execPath, ['--input-type=module', '--eval', counting], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, POWERTOOLS_DEV: undefined, POWERTOOLS_SERVICE_NAME: 'clipforge' },
    encoding: 'utf8',
  })
  const counted = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  for (const [at, metric] of [own('VideosMade', daily), own('ServiceCost', { ...daily, of: 'openai' })].entries()) {
    // oxlint-disable-next-line no-underscore-dangle -- the format's own name
    const { Namespace, Dimensions } = counted[at]._aws.CloudWatchMetrics[0]
    expect(metric.namespace).toBe(Namespace)
    expect(Object.keys(metric.dimensions ?? {})).toEqual(Dimensions[0])
    for (const [name, value] of Object.entries(metric.dimensions ?? {})) expect(counted[at][name]).toBe(value)
  }
})
const daily = { statistic: 'Sum', minutes: 24 * 60 }

it('looks at what the other stacks make, under the names that they give it', async () => {
  const { stacks } = await testApp({}, { nag: false })
  const watched = JSON.stringify(Template.fromStack(stacks.monitoring).findResources('AWS::CloudWatch::Alarm'))
  const named = (stack: InstanceType<typeof cdk.Stack>, type: string) =>
    Object.values(Template.fromStack(stack).findResources(type)).map(({ Properties }) => Properties)
  const [firewall] = named(stacks.api, 'AWS::WAFv2::WebACL')
  const [vault] = named(stacks.data, 'AWS::Backup::BackupVault')
  expect(watched).toContain(`"Name":"WebACL","Value":"${firewall!.VisibilityConfig.MetricName}"`)
  expect(watched).toContain(`"Name":"BackupVaultName","Value":"${vault!.BackupVaultName}"`)
  const onRender = named(stacks.workflow, 'AWS::Lambda::Function').find(({ FunctionName }) =>
    String(FunctionName).endsWith('on-render'),
  )
  const queues = JSON.stringify(onRender!.Environment.Variables.CLIPFORGE_RENDER_QUEUES)
  for (const queue of renderQueues) expect(queues).toContain(`\\"${queue}\\"`)
  const rules = named(stacks.workflow, 'AWS::Events::Rule').map(({ ScheduleExpression }) => ScheduleExpression)
  expect(rules).toContain(`rate(${sweepMinutes} minutes)`)
})

it('an alarm of a period of a day or more looks back seven days at most', () => {
  for (const [name, alarm] of Object.entries(synthesised(full).alarmsByName)) {
    const periods = [alarm.Period, ...(alarm.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Period)]
    const longest = Math.max(...periods.filter((period) => period !== undefined))
    const limitSeconds = longest >= 3600 ? 7 * 86_400 : 86_400
    expect(longest * alarm.EvaluationPeriods, name).toBeLessThanOrEqual(limitSeconds)
  }
})

it('thresholds are those of the size, or of what the installation sets over it', () => {
  const thresholds = (config: RawConfig) => {
    const { alarmsByName } = synthesised(config)
    const of = (name: string) => alarmsByName[`clipforge-${name}`]!.Threshold
    return [of('api-slow'), of('oldest-waiting'), of('queue-long'), of('videos-failing'), of('gpu-hours')]
  }
  expect(thresholds({})).toEqual([3000, 1200, 10, 0.1, 12])
  expect(thresholds({ size: 'enterprise' })).toEqual([1500, 600, 200, 0.03, 150])
  expect(thresholds({ overrides: { alarms: { apiP99Ms: 900 } } })[0]).toBe(900)
})

it('each service of the installation is watched, and no other', () => {
  const { alarmsByName } = synthesised({ services: { openai: { concurrency: 5 } } })
  expect(Object.keys(alarmsByName).filter((name) => name.includes('-service-'))).toEqual([
    'clipforge-service-failing-openai',
    'clipforge-service-cost-openai',
  ])
})

it('CloudFront is watched where it reports, and its charts show it from everywhere', () => {
  const { alarmsByName, dashboards } = synthesised({ region: 'eu-west-1' })
  expect(alarmsByName['clipforge-delivery-errors']).toBeUndefined()
  expect(synthesised({}).alarmsByName['clipforge-delivery-errors']).toBeDefined()
  expect(dashboards).toMatch(/"5xxErrorRate","DistributionId",[^\]]*"region":"us-east-1"/)
})

it('the dashboards show every metric that is counted, and every function', () => {
  const { dashboards } = synthesised(full)
  for (const name of Object.keys(metrics)) expect(dashboards).toContain(`"${metricsNamespace}","${name}"`)
  for (const name of Object.keys(functions)) expect(dashboards).toContain(`clipforge-${name}`)
  for (const name of ['Latency', '4XXError', '5XXError', 'ExecutionsStarted', 'Throttles', 'Duration'])
    expect(dashboards).toContain(`"${name}"`)
})

it('budgets tell at 50, 80 and 100 % and when the month will end above', () => {
  const { template } = synthesised({ ...full, size: 'medium', monthlyBudgetUsd: 900 })
  const budgets = Object.values(template.findResources('AWS::Budgets::Budget')).map(({ Properties }) => Properties)
  expect(budgets.map(({ Budget }) => [Budget.BudgetName, Budget.BudgetLimit])).toEqual([
    ['clipforge-month', { Amount: 900, Unit: 'USD' }],
    // 40 hours a day at 0.526 USD.
    ['clipforge-machines', { Amount: 632, Unit: 'USD' }],
  ])
  for (const { NotificationsWithSubscribers: all } of budgets) {
    expect(all.map((each: Budgeted) => [each.Notification.NotificationType, each.Notification.Threshold])).toEqual([
      ['ACTUAL', 50],
      ['ACTUAL', 80],
      ['ACTUAL', 100],
      ['FORECASTED', 100],
    ])
    for (const { Subscribers } of all as Budgeted[])
      expect(Subscribers.map(({ SubscriptionType }) => SubscriptionType)).toEqual(['SNS'])
  }
})

type MetricJson = { Namespace: string; MetricName: string; Dimensions?: { Name: string; Value: unknown }[] }
type AlarmJson = Partial<MetricJson> & {
  AlarmName: string
  AlarmDescription: string
  AlarmActions: unknown
  OKActions: unknown
  TreatMissingData: string
  Threshold: number
  Period?: number
  EvaluationPeriods: number
  Metrics?: { MetricStat?: { Metric: MetricJson; Period: number } }[]
}
type Budgeted = {
  Notification: { NotificationType: string; Threshold: number }
  Subscribers: { SubscriptionType: string }[]
}

function metricsOf(alarm: AlarmJson): MetricJson[] {
  if (alarm.MetricName) return [alarm as MetricJson]
  return alarm.Metrics!.flatMap(({ MetricStat }) => (MetricStat ? [MetricStat.Metric] : []))
}

/** What AWS publishes, by its documentation: metric → dimensions. */
const published: Record<string, { metrics: string[]; dimensions: string[] }> = {
  'AWS/ApiGateway': { metrics: ['Latency', '5XXError', 'Count'], dimensions: ['ApiName', 'Stage'] },
  'AWS/Lambda': { metrics: ['Errors', 'Throttles'], dimensions: ['FunctionName'] },
  'AWS/States': { metrics: ['ExecutionsFailed', 'ExecutionsTimedOut'], dimensions: ['StateMachineArn'] },
  'AWS/SQS': {
    metrics: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    dimensions: ['QueueName'],
  },
  'AWS/CloudFront': { metrics: ['5xxErrorRate'], dimensions: ['DistributionId', 'Region'] },
  'AWS/WAFV2': { metrics: ['BlockedRequests'], dimensions: ['Region', 'Rule', 'WebACL'] },
  'AWS/Backup': {
    metrics: ['NumberOfBackupJobsFailed', 'NumberOfBackupJobsCompleted'],
    dimensions: ['BackupVaultName'],
  },
}
const ofTable: Record<string, string[]> = {
  ReadThrottleEvents: ['TableName'],
  WriteThrottleEvents: ['TableName'],
  SystemErrors: ['Operation', 'TableName'],
  ReplicationLatency: ['ReceivingRegion', 'TableName'],
}

/** Undefined for what nobody publishes. */
function publishedDimensions({ Namespace, MetricName }: MetricJson): string[] | undefined {
  if (Namespace === 'AWS/DynamoDB') return ofTable[MetricName]
  if (Namespace === metricsNamespace) {
    const metric = (metrics as Partial<Record<string, { dimension?: string }>>)[MetricName]
    return metric && (metric.dimension === undefined ? [] : [metric.dimension])
  }
  const { metrics: names = [], dimensions } = published[Namespace] ?? {}
  return names.includes(MetricName) ? dimensions : undefined
}

function synthesised(overrides: RawConfig) {
  const { app, config, settings, env } = emptyApp(overrides)
  const rest = new cdk.Stack(app, 'clipforge-Rest', { env })
  const imported = Object.keys(functions).map((name) => {
    const arn = `arn:aws:lambda:${config.region}:111122223333:function:clipforge-${name}`
    return [name, cdk.aws_lambda.Function.fromFunctionArn(rest, name, arn)]
  })
  const api = new cdk.aws_apigateway.RestApi(rest, 'Api')
  api.root.addMethod('GET')
  const queue = (id: string) => new cdk.aws_sqs.Queue(rest, id)
  const bucket = new cdk.aws_s3.Bucket(rest, 'Videos')
  const origin = cdk.aws_cloudfront_origins.S3BucketOrigin.withOriginAccessControl(bucket)
  const stack = new MonitoringStack(app, 'clipforge-Monitoring', {
    env,
    config,
    settings,
    data: {
      table: cdk.aws_dynamodb.Table.fromTableName(rest, 'Table', 'table'),
      alerts: new cdk.aws_sns.Topic(rest, 'Alerts'),
    },
    delivery: { distribution: new cdk.aws_cloudfront.Distribution(rest, 'Delivery', { defaultBehavior: { origin } }) },
    workflow: {
      functions: Object.fromEntries(imported),
      stateMachine: cdk.aws_stepfunctions.StateMachine.fromStateMachineName(rest, 'Video', 'video'),
      uploadQueue: queue('Uploads'),
      uploadDeadLetters: queue('UploadDeadLetters'),
      missedEvents: queue('MissedEvents'),
    },
    api: { api },
  })
  const template = Template.fromStack(stack)
  const found = Object.values(template.findResources('AWS::CloudWatch::Alarm')) as { Properties: AlarmJson }[]
  return {
    template,
    alarmsByName: Object.fromEntries(found.map(({ Properties }) => [Properties.AlarmName, Properties])),
    dashboards: textOf(Object.values(template.findResources('AWS::CloudWatch::Dashboard'))),
  }
}

/** The bodies' pieces of text put together, references left out. */
function textOf(resources: { Properties?: { DashboardBody: { 'Fn::Join': [string, unknown[]] } } }[]): string {
  return resources
    .flatMap(({ Properties }) => Properties!.DashboardBody['Fn::Join'][1])
    .map((piece) => (typeof piece === 'string' ? piece : ''))
    .join('')
}
