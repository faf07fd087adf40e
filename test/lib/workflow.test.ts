import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import jsonata from 'jsonata'
import { describe, expect, it } from 'vitest'
import { services } from '../../core/models.ts'
import { stages } from '../../core/stages.ts'
import { functions } from '../../lib/functions.ts'
import { allowedBy, data, flat, nameOf, of, roles, submits, tracing, workflow } from './rights.ts'

// It has no type declarations.
const validate: (document: unknown) => { isValid: boolean } = createRequire(import.meta.url)('asl-validator')
const repository = join(import.meta.dirname, '../..')
const machine = Object.values(of('AWS::StepFunctions::StateMachine'))[0]!.Properties
const substitutions = machine['DefinitionSubstitutions'] as Record<string, unknown>

describe('the state machine', () => {
  const source = readFileSync(join(repository, 'workflow/video.asl.json'), 'utf8')
  const definition = (machine['DefinitionString'] as string).replaceAll(
    /\$\{(\w+)\}/g,
    (_, name: string) => `arn:aws:test:us-east-1:123456789012:${name}`,
  )

  it('is the document that runs locally', () => {
    expect(machine['DefinitionString']).toBe(source)
    expect(machine['StateMachineType'] ?? 'STANDARD').toBe('STANDARD')
  })

  it('every ${X} of the document has its substitution, and every substitution its ${X}', () => {
    const wanted = new Set([...source.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name!))
    expect(Object.keys(substitutions).toSorted()).toEqual([...wanted].toSorted())
  })

  it('is accepted with them by asl-validator, and JSONata 2.0.6 parses its expressions', () => {
    expect(validate(JSON.parse(definition))).toMatchObject({ isValid: true })
    const expressions = [...definition.matchAll(/"\{% (.+?) %\}"/g)].map(([, expression]) => expression!)
    expect(expressions.length).toBeGreaterThan(20)
    for (const expression of expressions) expect(() => jsonata(expression), expression).not.toThrow()
  })

  it('each state’s function is the stage of its name, and runs the handler that lambdas/ has for it', () => {
    const stateFunctions = [...source.matchAll(/"FunctionName": "\$\{(\w+)FunctionArn\}"/g)].map(([, name]) => name!)
    expect(new Set(stateFunctions).size).toBe(9)
    for (const state of stateFunctions) {
      const stage = state.toLowerCase() as keyof typeof stages
      expect(stages[stage], state).toBeTypeOf('function')
      expect(flat(substitutions[`${state}FunctionArn`]), state).toBe(
        flat(workflow.resolve(workflow.functions[stage as 'write'].functionArn)),
      )
      const handler = join(repository, `lambdas/${stage}.ts`)
      expect(existsSync(handler), handler).toBe(true)
      expect(readFileSync(handler, 'utf8')).toContain(`from '../core/stages/${stage}.ts'`)
    }
  })

  it('may do exactly what the document asks for, and stop its jobs', () => {
    const role = roles[machine['RoleArn']['Fn::GetAtt'][0]]!
    const stateFunctions = ['write', 'narrate', 'plan', 'illustrate', 'score', 'warm', 'assemble', 'publish', 'fail']
    const batch = 'arn:aws:batch:us-east-1:<AccountId>'
    const rule = 'arn:aws:events:us-east-1:<AccountId>:rule/StepFunctionsGetEventsForBatchJobsRule'
    const logs = ['CreateLogDelivery', 'GetLogDelivery', 'UpdateLogDelivery', 'DeleteLogDelivery', 'ListLogDeliveries']
    const expected = [
      ...stateFunctions.map((stage) => `lambda:InvokeFunction function ${stage}`),
      ...submits('spot', 'gpu'),
      ...submits('onDemand', 'gpu'),
      ...submits('processor', 'processor'),
      `batch:TerminateJob ${batch}:job/*`,
      'batch:DescribeJobs *',
      ...['PutTargets', 'PutRule', 'DescribeRule'].map((action) => `events:${action} ${rule}`),
      ...[...logs, 'PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'].map((act) => `logs:${act} *`),
      ...tracing,
      'xray:GetSamplingRules *',
      'xray:GetSamplingTargets *',
    ]
    expect([...allowedBy(role)].toSorted()).toEqual([...new Set(expected)].toSorted())
    // Tags would need another permission.
    expect(source).not.toMatch(/"(?:Tags|PropagateTags)"/)
  })

  it('only this account’s state machines may take its role', () => {
    const { AssumeRolePolicyDocument: trust } = roles[machine['RoleArn']['Fn::GetAtt'][0]]!.Properties
    expect(trust.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'states.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ])
  })

  it('is traced, and logs errors but never what people wrote', () => {
    expect(machine['TracingConfiguration']).toEqual({ Enabled: true })
    expect(machine['LoggingConfiguration']).toMatchObject({ Level: 'ERROR', IncludeExecutionData: false })
  })
})

describe('uploads', () => {
  const queues = of('AWS::SQS::Queue')
  const rules = Object.values(of('AWS::Events::Rule')).map(({ Properties }) => Properties)
  const queue = queues[flat(workflow.resolve(workflow.uploadQueue.queueArn)).split('.')[0]!]!.Properties
  const deadLetters = flat(workflow.resolve(workflow.uploadDeadLetters.queueArn))

  it('files under inbox/ of that bucket go to the queue; what cannot go there is kept', () => {
    const rule = rules.find((each) => each['EventPattern']?.source?.[0] === 'aws.s3')!
    expect(rule['EventPattern']).toMatchObject({
      'detail-type': ['Object Created'],
      detail: { object: { key: [{ prefix: 'inbox/' }] } },
    })
    expect(flat(rule['EventPattern'].detail.bucket.name[0])).toBe(flat(data.resolve(data.uploads.bucketName)))
    expect(flat(rule['Targets'][0].Arn)).toBe(flat(workflow.resolve(workflow.uploadQueue.queueArn)))
    expect(flat(rule['Targets'][0].DeadLetterConfig.Arn)).toBe(deadLetters)
  })

  it('five tries, then the dead letters, for 14 days; all encrypted', () => {
    expect(queue['RedrivePolicy'].maxReceiveCount).toBe(5)
    expect(flat(queue['RedrivePolicy'].deadLetterTargetArn)).toBe(deadLetters)
    expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * functions['on-upload'].timeoutSeconds)
    for (const { Properties } of Object.values(queues)) {
      expect(Properties['SqsManagedSseEnabled']).toBe(true)
      expect(Properties['MessageRetentionPeriod']).toBe(14 * 86_400)
    }
  })

  it('one bad file of a batch comes back alone', () => {
    const [mapping] = Object.values(of('AWS::Lambda::EventSourceMapping'))
    expect(mapping!.Properties['FunctionResponseTypes']).toEqual(['ReportBatchItemFailures'])
    expect(flat(mapping!.Properties['EventSourceArn'])).toBe(flat(workflow.resolve(workflow.uploadQueue.queueArn)))
  })
})

describe('what happens by itself', () => {
  const rules = Object.values(of('AWS::Events::Rule')).map(({ Properties }) => Properties)
  const ruleOf = (name: 'on-end' | 'on-render' | 'sweep' | 'deliver' | 'archive') =>
    rules.find((each) => flat(each['Targets'][0].Arn) === flat(workflow.resolve(workflow.functions[name].functionArn)))!

  it('every end of an execution of this state machine, and of a render job of these queues, is taken note of', () => {
    expect(ruleOf('on-end')['EventPattern']).toMatchObject({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
    })
    expect(nameOf(flat(ruleOf('on-end')['EventPattern'].detail.stateMachineArn[0]))).toBe('state machine')
    const { source, detail } = ruleOf('on-render')['EventPattern']
    expect(source).toEqual(['aws.batch'])
    expect(detail.status).toEqual(['SUCCEEDED', 'FAILED'])
    expect(detail.jobQueue.map(flat).map(nameOf).toSorted()).toEqual([
      'queue onDemand',
      'queue processor',
      'queue spot',
    ])
  })

  it('every minute webhooks are told, every five what got lost is swept up, on Mondays at 03:00 the archive grows', () => {
    expect(ruleOf('deliver')['ScheduleExpression']).toBe('rate(1 minute)')
    expect(ruleOf('sweep')['ScheduleExpression']).toBe('rate(5 minutes)')
    expect(ruleOf('archive')['ScheduleExpression']).toBe('cron(0 3 ? * MON *)')
  })

  it('what they fail on is kept', () => {
    const missed = flat(workflow.resolve(workflow.missedEvents.queueArn))
    for (const name of ['on-end', 'on-render', 'sweep', 'deliver', 'archive'] as const)
      expect(flat(ruleOf(name)['Targets'][0].DeadLetterConfig.Arn)).toBe(missed)
    const destinations = Object.values(of('AWS::Lambda::EventInvokeConfig')).map(({ Properties }) => Properties)
    expect(destinations).toHaveLength(5)
    for (const { DestinationConfig } of destinations) expect(flat(DestinationConfig.OnFailure.Destination)).toBe(missed)
  })

  it('each service’s secret is due every 30 days, and not at once', () => {
    const schedules = Object.values(of('AWS::SecretsManager::RotationSchedule')).map(({ Properties }) => Properties)
    expect(schedules.map(({ SecretId }) => nameOf(flat(SecretId))).toSorted()).toEqual(
      Object.keys(services)
        .map((id) => `secret ${id}`)
        .toSorted(),
    )
    for (const { RotationRules, RotateImmediatelyOnUpdate, RotationLambdaARN } of schedules) {
      expect(RotationRules).toEqual({ AutomaticallyAfterDays: 30 })
      expect(RotateImmediatelyOnUpdate).toBe(false)
      expect(nameOf(flat(RotationLambdaARN))).toBe('function rotate')
    }
  })
})
