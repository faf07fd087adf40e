import { Stack, type StackProps } from 'aws-cdk-lib'
import type * as batch from 'aws-cdk-lib/aws-batch'
import type * as ecs from 'aws-cdk-lib/aws-ecs'
import type * as logs from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { RenderCompute } from '../render/compute.ts'
import { renderImage } from '../render/image.ts'
import { type JobName, RenderJobs } from '../render/job-definitions.ts'
import { type QueueName, RenderQueues, type RenderSettings } from '../render/job-queues.ts'
import { RenderNetwork } from '../render/network.ts'
import type { RenderData } from '../render/roles.ts'

export type RenderStackProps = StackProps & {
  config: { name: string; region: string }
  settings: { render: RenderSettings }
  data: RenderData
  /** Another image than the one built from this repository. */
  image?: ecs.ContainerImage
}

/** The render farm: machines, queues and jobs that make videos of timelines. Keeps nothing. */
export class RenderStack extends Stack {
  readonly queues: Record<QueueName, batch.JobQueue>
  readonly jobDefinitionArns: Record<JobName, string>
  readonly logGroup: logs.LogGroup

  constructor(scope: Construct, id: string, { config, settings, data, image, ...props }: RenderStackProps) {
    super(scope, id, props)
    const network = new RenderNetwork(this, 'Network', { region: config.region })
    const compute = new RenderCompute(this, 'Compute', { network, settings: settings.render })
    this.queues = new RenderQueues(this, 'Queues', compute).queues
    const jobs = new RenderJobs(this, 'Jobs', {
      name: config.name,
      data,
      image: image ?? renderImage(),
      queues: this.queues,
    })
    this.jobDefinitionArns = jobs.jobDefinitionArns
    this.logGroup = jobs.logGroup
  }
}
