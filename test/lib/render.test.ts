import { emptyApp } from './synth.ts'
import { spawnSync } from 'node:child_process'
import { Stack } from 'aws-cdk-lib'
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions'
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb'
import * as kms from 'aws-cdk-lib/aws-kms'
import * as s3 from 'aws-cdk-lib/aws-s3'
import { describe, expect, test } from 'vitest'
import { sizes } from '../../lib/config.ts'
import { billedMachines } from '../../lib/render/machines.ts'
import { RenderStack } from '../../lib/stacks/render.ts'
import { exitCodes } from '../../render-container/cloud/exit.ts'
import { machineOf } from '../../render-container/cloud/machine.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- CloudFormation's properties, as deep as they are
type Properties = Record<string, any>
type Resource = { Type: string; Properties: Properties }

const { template, stack } = synthesise('enterprise')
const resources = (type: string) => Object.values(template.findResources(type)) as Resource[]
const environments = resources('AWS::Batch::ComputeEnvironment').map(({ Properties: all }) => all['ComputeResources'])
const jobs = resources('AWS::Batch::JobDefinition').map(({ Properties: all }) => all)
const gpuJob = jobs.find(({ PlatformCapabilities }) => PlatformCapabilities[0] === 'EC2')!
const processorJob = jobs.find(({ PlatformCapabilities }) => PlatformCapabilities[0] === 'FARGATE')!

describe('machines', () => {
  test('spot and on-demand ones have a GPU and an image with its driver; warm ones are those that are used first', () => {
    expect(environments.map(({ Type, MinvCpus, MaxvCpus }) => [Type, MinvCpus, MaxvCpus])).toEqual([
      ['SPOT', 4, 64],
      ['EC2', 0, 32],
      ['FARGATE', undefined, 64],
    ])
    for (const environment of environments.slice(0, 2))
      expect(environment).toMatchObject({
        InstanceTypes: ['g4dn.xlarge', 'g4dn.2xlarge'],
        Ec2Configuration: [{ ImageType: 'ECS_AL2023_NVIDIA' }],
        UpdateToLatestImageVersion: true,
        ScalingPolicy: { MinScaleDownDelayMinutes: sizes.enterprise.render.scaleDownDelayMinutes },
        LaunchTemplate: { Version: { 'Fn::GetAtt': [expect.stringContaining('Machine'), 'LatestVersionNumber'] } },
      })
    expect(environments.map(({ AllocationStrategy }) => AllocationStrategy)).toEqual([
      'SPOT_PRICE_CAPACITY_OPTIMIZED',
      'BEST_FIT_PROGRESSIVE',
      undefined,
    ])
  })

  test('environments have no role of their own and no name: both would make an update a replacement', () => {
    for (const { Properties: all } of resources('AWS::Batch::ComputeEnvironment')) {
      expect(all).not.toHaveProperty('ServiceRole')
      expect(all).not.toHaveProperty('ComputeEnvironmentName')
      expect(all).toMatchObject({ State: 'ENABLED', Type: 'MANAGED', ReplaceComputeEnvironment: false })
    }
  })

  test('a machine asks for its own credentials by token only, and its disk is encrypted', () => {
    const [{ Properties: all }] = resources('AWS::EC2::LaunchTemplate') as [Resource]
    expect(all['LaunchTemplateData']).toMatchObject({
      MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
      BlockDeviceMappings: [{ Ebs: { Encrypted: true, VolumeType: 'gp3', DeleteOnTermination: true } }],
    })
  })

  test('user data is MIME multipart, keeps the image and puts /scratch on the fast disk where there is one', () => {
    const [{ Properties: all }] = resources('AWS::EC2::LaunchTemplate') as [Resource]
    const mime = all['LaunchTemplateData'].UserData['Fn::Base64'] as string
    const [, boundary] = /^Content-Type: multipart\/mixed; boundary="(.+)"\nMIME-Version: 1\.0\n\n/.exec(mime)!
    const [, part, end] = mime.split(`--${boundary}`)
    expect(end).toBe('--\n')
    const [headers, script] = [part!.slice(1, part!.indexOf('\n\n')), part!.slice(part!.indexOf('\n\n') + 2)]
    expect(headers).toBe('Content-Type: text/x-shellscript; charset="us-ascii"')
    expect(script).toMatch(/^#!\/bin\/bash\n[\0-\x7f]*$/)
    expect(script).toContain('ECS_IMAGE_PULL_BEHAVIOR=prefer-cached')
    expect(script.trim().split('\n').at(-1)).toBe('chmod 1777 /scratch')
    expect(spawnSync('bash', ['-n'], { input: script }).status).toBe(0)
  })
})

describe('queues', () => {
  test('each kind of machine has its own, and each gives a job up that cannot start within ten minutes', () => {
    const queues = resources('AWS::Batch::JobQueue').map(({ Properties: all }) => all)
    expect(queues).toHaveLength(3)
    for (const queue of queues) {
      expect(queue['ComputeEnvironmentOrder']).toHaveLength(1)
      expect(queue['JobStateTimeLimitActions']).toEqual(
        [
          'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
          'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
          'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
        ].map((Reason) => ({ Action: 'CANCEL', MaxTimeSeconds: 600, Reason, State: 'RUNNABLE' })),
      )
    }
    expect(Object.keys(stack.queues)).toEqual(['spot', 'onDemand', 'processor'])
  })
})

describe('jobs', () => {
  test('a job on a GPU asks for what a g4dn.xlarge has, less what its system keeps', () => {
    expect(gpuJob['ContainerProperties'].ResourceRequirements).toEqual([
      { Type: 'MEMORY', Value: '14000' },
      { Type: 'VCPU', Value: '4' },
      { Type: 'GPU', Value: '1' },
    ])
    expect(environmentOf(gpuJob)).toMatchObject({ NVIDIA_DRIVER_CAPABILITIES: 'compute,utility,video' })
  })

  test('a job without a GPU is one that Fargate has', () => {
    expect(processorJob['ContainerProperties']).toMatchObject({
      ResourceRequirements: [
        { Type: 'MEMORY', Value: '16384' },
        { Type: 'VCPU', Value: '4' },
      ],
      EphemeralStorage: { SizeInGiB: 40 },
      RuntimePlatform: { CpuArchitecture: 'X86_64', OperatingSystemFamily: 'LINUX' },
      NetworkConfiguration: { AssignPublicIp: 'ENABLED' },
    })
    expect(environmentOf(processorJob)).not.toHaveProperty('NVIDIA_DRIVER_CAPABILITIES')
  })

  test('both only write to volumes, and their log is kept for 30 days', () => {
    for (const { ContainerProperties: container } of jobs) {
      expect(container).toMatchObject({
        ReadonlyRootFilesystem: true,
        Command: ['warm'],
        LogConfiguration: { LogDriver: 'awslogs' },
        LinuxParameters: { InitProcessEnabled: true },
      })
      expect(container.MountPoints.map(({ ContainerPath }: Properties) => ContainerPath)).toEqual(['/scratch', '/tmp'])
      expect(container).not.toHaveProperty('Privileged', true)
    }
    expect(gpuJob['ContainerProperties'].Volumes[0]).toEqual({ Name: 'scratch', Host: { SourcePath: '/scratch' } })
  })

  test('a stuck job ends before the workflow gives up waiting for it', () => {
    for (const { Timeout } of jobs) expect(Timeout.AttemptDurationSeconds).toBeLessThan(7200)
  })

  test('a reclaimed machine and what is worth another try are tried again, what cannot be made is not', () => {
    for (const { RetryStrategy } of jobs) {
      expect(RetryStrategy.Attempts).toBeGreaterThan(1)
      expect(RetryStrategy.EvaluateOnExit).toEqual([
        { Action: 'RETRY', OnStatusReason: 'Host EC2*' },
        { Action: 'RETRY', OnReason: 'CannotPullContainerError:*' },
        { Action: 'RETRY', OnExitCode: String(exitCodes.reclaimed) },
        { Action: 'RETRY', OnExitCode: String(exitCodes.again) },
        { Action: 'EXIT', OnReason: '*' },
      ])
    }
  })

  test('a bill names the machine of the queue that the job came from', () => {
    const env = environmentOf(gpuJob)
    const machines = JSON.stringify({ 'on-demand-queue': billedMachines.onDemand })
    const job = { ...env, CLIPFORGE_MACHINES: machines } as Record<string, string>
    expect(machineOf(job)).toEqual({ provider: 'AWS', ...billedMachines.spot })
    expect(machineOf({ ...job, AWS_BATCH_JQ_NAME: 'on-demand-queue' })).toEqual({
      provider: 'AWS',
      ...billedMachines.onDemand,
    })
    expect(JSON.stringify(env['CLIPFORGE_MACHINES'])).toContain('0.526')
    expect(billedMachines.processor.usdPerHour).toBe(0.233)
  })

  test('a job may do what a render does to its own buckets and table, and nothing else', () => {
    const policies = resources('AWS::IAM::Policy').filter(({ Properties: all }) =>
      JSON.stringify(all['Roles']).includes('JobRole'),
    )
    const statements = policies.flatMap(({ Properties: all }) => all['PolicyDocument'].Statement as Properties[])
    expect(Object.fromEntries(statements.map(({ Sid, Action }) => [Sid, Action]))).toEqual({
      Records: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
      Assets: 's3:GetObject',
      Renders: 's3:PutObject',
      ClipsAndPictures: 's3:GetObject',
      WhatIsThere: 's3:ListBucket',
      Encryption: 'kms:Decrypt',
    })
    expect(JSON.stringify(statements)).not.toContain('"Resource":"*"')
  })
})

describe('network', () => {
  test('nothing comes in, HTTPS goes out, and there is no NAT gateway to pay for', () => {
    expect(resources('AWS::EC2::NatGateway')).toEqual([])
    expect(resources('AWS::EC2::Subnet')).toHaveLength(3)
    const [{ Properties: group }] = resources('AWS::EC2::SecurityGroup') as [Resource]
    expect(group).not.toHaveProperty('SecurityGroupIngress')
    expect(group['SecurityGroupEgress']).toMatchObject([{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }])
    expect(resources('AWS::EC2::SecurityGroupIngress')).toEqual([])
  })

  test('S3 and DynamoDB are reached by gateway endpoints, and flows are logged for 30 days', () => {
    const services = resources('AWS::EC2::VPCEndpoint').map(({ Properties: all }) => JSON.stringify(all))
    expect(services.filter((service) => service.includes('Gateway'))).toHaveLength(2)
    expect(resources('AWS::EC2::FlowLog')).toHaveLength(1)
    for (const { Properties: all } of resources('AWS::Logs::LogGroup')) expect(all['RetentionInDays']).toBe(30)
  })
})

test('nothing in the stack is made by a Lambda of the CDK', () => {
  expect(resources('AWS::Lambda::Function')).toEqual([])
  Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue())
})

function environmentOf(job: Properties): Record<string, unknown> {
  const entries = job['ContainerProperties'].Environment as { Name: string; Value: unknown }[]
  return Object.fromEntries(entries.map(({ Name, Value }) => [Name, Value]))
}

function synthesise(size: keyof typeof sizes) {
  const { app, config, settings, env } = emptyApp({ size })
  app.node.setContext('aws:cdk:disable-asset-staging', true)
  const dataStack = new Stack(app, 'Data', { env })
  const data = {
    key: new kms.Key(dataStack, 'Key'),
    table: new dynamodb.Table(dataStack, 'Table', {
      partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    }),
    uploads: new s3.Bucket(dataStack, 'Uploads'),
    work: new s3.Bucket(dataStack, 'Work'),
  }
  const render = new RenderStack(app, 'Render', { env, config, settings, data })
  return { template: Template.fromStack(render), stack: render }
}
