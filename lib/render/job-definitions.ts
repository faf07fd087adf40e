import { Duration, RemovalPolicy, Size, Stack } from 'aws-cdk-lib'
import * as batch from 'aws-cdk-lib/aws-batch'
import * as ecs from 'aws-cdk-lib/aws-ecs'
import * as logs from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { billedMachines, gpuJob, processorJob } from './machines.ts'
import type { QueueName } from './job-queues.ts'
import { executionRole, jobRole, type RenderData } from './roles.ts'

export type JobName = 'gpu' | 'processor'
export type RenderJobsProps = {
  /** The installation's. */
  name: string
  data: RenderData
  image: ecs.ContainerImage
  queues: Record<QueueName, batch.JobQueue>
}

/**
 * Host EC2 …: the machine was reclaimed or lost, and finished parts are in the bucket; exit codes are those of the
 * container (render-container/cloud/exit.ts). What another try does not change is left to the workflow's next queue.
 */
const retryStrategies = [
  batch.RetryStrategy.of(batch.Action.RETRY, batch.Reason.SPOT_INSTANCE_RECLAIMED),
  batch.RetryStrategy.of(batch.Action.RETRY, batch.Reason.CANNOT_PULL_CONTAINER),
  // Reclaimed, and ended before its machine was: a job that is cancelled ends like that, too, and is not tried again.
  batch.RetryStrategy.of(batch.Action.RETRY, batch.Reason.custom({ onExitCode: '143' })),
  batch.RetryStrategy.of(batch.Action.RETRY, batch.Reason.custom({ onExitCode: '75' })),
  batch.RetryStrategy.of(batch.Action.EXIT, batch.Reason.custom({ onReason: '*' })),
]

/** The render container as Batch jobs: on a machine with a GPU, and on Fargate. Their command comes with each job. */
export class RenderJobs extends Construct {
  /**
   * Without a revision, which means the newest: a deployment makes another one, and what names a revision would hold
   * the deployment up.
   */
  readonly jobDefinitionArns: Record<JobName, string>
  readonly logGroup: logs.LogGroup

  constructor(scope: Construct, id: string, { name, data, image, queues }: RenderJobsProps) {
    super(scope, id)
    this.logGroup = new logs.LogGroup(this, 'Log', {
      retention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const shared = {
      image,
      jobRole: jobRole(this, 'JobRole', data),
      executionRole: executionRole(this, 'ExecutionRole'),
      // Ends with no harm when a machine prepares itself with a job that has no command.
      command: ['warm'],
      readonlyRootFilesystem: true,
      logging: ecs.LogDriver.awsLogs({ logGroup: this.logGroup, streamPrefix: 'render' }),
    }
    const environment = {
      AWS_REGION: Stack.of(this).region,
      CLIPFORGE_TABLE: data.table.tableName,
      CLIPFORGE_WORK_BUCKET: data.work.bucketName,
      CLIPFORGE_UPLOADS_BUCKET: data.uploads.bucketName,
    }
    const gpu = new batch.EcsEc2ContainerDefinition(this, 'GpuContainer', {
      ...shared,
      cpu: gpuJob.vcpus,
      memory: Size.mebibytes(gpuJob.memoryMiB),
      gpu: gpuJob.gpus,
      environment: {
        ...environment,
        ...billed(billedMachines.spot),
        // One definition, two queues, two prices.
        CLIPFORGE_MACHINES: Stack.of(this).toJsonString({ [queues.onDemand.jobQueueName]: billedMachines.onDemand }),
        // `video` is NVENC; the driver's libraries come from the machine, and only those that are named.
        NVIDIA_DRIVER_CAPABILITIES: 'compute,utility,video',
      },
      linuxParameters: oneProcessGroup(this, 'GpuLinux'),
      volumes: [
        batch.EcsVolume.host({ name: 'scratch', containerPath: '/scratch', hostPath: '/scratch' }),
        batch.EcsVolume.host({ name: 'tmp', containerPath: '/tmp' }),
      ],
    })
    const processor = new batch.EcsFargateContainerDefinition(this, 'ProcessorContainer', {
      ...shared,
      cpu: processorJob.vcpus,
      memory: Size.mebibytes(processorJob.memoryMiB),
      ephemeralStorageSize: Size.gibibytes(processorJob.diskGiB),
      fargatePlatformVersion: ecs.FargatePlatformVersion.LATEST,
      fargateCpuArchitecture: ecs.CpuArchitecture.X86_64,
      fargateOperatingSystemFamily: ecs.OperatingSystemFamily.LINUX,
      // A public subnet without NAT: the image and the logs come and go by this address. Nothing can connect to it.
      assignPublicIp: true,
      environment: { ...environment, ...billed(billedMachines.processor) },
      linuxParameters: oneProcessGroup(this, 'ProcessorLinux'),
      volumes: [
        batch.EcsVolume.host({ name: 'scratch', containerPath: '/scratch' }),
        batch.EcsVolume.host({ name: 'tmp', containerPath: '/tmp' }),
      ],
    })
    const nameOf = (job: JobName) => `${name}-${job}`
    this.define('Gpu', gpu, { name: nameOf('gpu'), attempts: 3, timeoutMinutes: gpuJob.timeoutMinutes })
    const onFargate = { name: nameOf('processor'), attempts: 2, timeoutMinutes: processorJob.timeoutMinutes }
    const { node } = this.define('Processor', processor, onFargate)
    // CDK names a host for each volume, of which Fargate has none.
    for (const volume of [0, 1])
      (node.defaultChild as batch.CfnJobDefinition).addPropertyDeletionOverride(
        `ContainerProperties.Volumes.${volume}.Host`,
      )
    const arnOf = (job: JobName) =>
      Stack.of(this).formatArn({ service: 'batch', resource: 'job-definition', resourceName: nameOf(job) })
    this.jobDefinitionArns = { gpu: arnOf('gpu'), processor: arnOf('processor') }
  }

  private define(
    id: string,
    container: batch.IEcsContainerDefinition,
    { name, attempts, timeoutMinutes }: { name: string; attempts: number; timeoutMinutes: number },
  ): batch.EcsJobDefinition {
    return new batch.EcsJobDefinition(this, id, {
      jobDefinitionName: name,
      container,
      retryAttempts: attempts,
      retryStrategies,
      // Of one attempt: what takes longer is stuck.
      timeout: Duration.minutes(timeoutMinutes),
      propagateTags: true,
      // Executions that are under way at a deployment go on with the definition that they began with.
      skipDeregisterOnUpdate: true,
    })
  }
}

function billed({ name, usdPerHour }: { name: string; usdPerHour: number }): Record<string, string> {
  return { CLIPFORGE_MACHINE: name, CLIPFORGE_MACHINE_USD_PER_HOUR: String(usdPerHour) }
}

/** With an init process: it passes signals on and reaps what the renderer's children leave behind. */
function oneProcessGroup(scope: Construct, id: string): batch.LinuxParameters {
  return new batch.LinuxParameters(scope, id, { initProcessEnabled: true })
}
