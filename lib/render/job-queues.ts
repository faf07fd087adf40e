import { Duration } from 'aws-cdk-lib'
import * as batch from 'aws-cdk-lib/aws-batch'
import { Construct } from 'constructs'
import type { sizes } from '../config.ts'
import type { RenderCompute } from './compute.ts'

export type RenderSettings = {
  [Name in keyof (typeof sizes)['small']['render']]: number
}
export type QueueName = 'spot' | 'onDemand' | 'processor'

/** The shortest time that Batch takes. */
const LONGEST_WAIT = Duration.minutes(10)

const reasons = batch.JobStateTimeLimitActionsReason

/**
 * One queue for each kind of machine, because only the workflow can put a job that found no machine, or lost too many,
 * into another queue. A queue gives a job up that cannot start; the workflow then takes the next queue.
 */
export class RenderQueues extends Construct {
  readonly queues: Record<QueueName, batch.JobQueue>

  constructor(scope: Construct, id: string, compute: RenderCompute) {
    super(scope, id)
    const queue = (name: string, computeEnvironment: batch.IComputeEnvironment) =>
      new batch.JobQueue(this, name, {
        computeEnvironments: [{ computeEnvironment, order: 1 }],
        jobStateTimeLimitActions: [
          reasons.INSUFFICIENT_INSTANCE_CAPACITY,
          reasons.COMPUTE_ENVIRONMENT_MAX_RESOURCE,
          reasons.JOB_RESOURCE_REQUIREMENT,
        ].map((reason) => ({
          reason,
          state: batch.JobStateTimeLimitActionsState.RUNNABLE,
          action: batch.JobStateTimeLimitActionsAction.CANCEL,
          maxTime: LONGEST_WAIT,
        })),
      })
    this.queues = {
      spot: queue('Spot', compute.spot),
      onDemand: queue('OnDemand', compute.onDemand),
      processor: queue('Processor', compute.processor),
    }
  }
}
