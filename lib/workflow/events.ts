// What happens without anybody asking: ends of executions and of render jobs are taken note of, what got lost is
// swept up, webhooks are told, finished weeks are archived.
import {
  Duration,
  aws_events as events,
  aws_events_targets as targets,
  aws_sqs as sqs,
  type aws_batch as batch,
} from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Functions } from './functions.ts'

/** Keeps events that a function failed on, or that did not reach it. */
export class MissedEvents extends Construct {
  readonly queue: sqs.Queue

  constructor(scope: Construct, id: string, { name }: { name: string }) {
    super(scope, id)
    this.queue = new sqs.Queue(this, 'Queue', {
      queueName: `${name}-missed-events`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acknowledge(this.queue, 'AwsSolutions-SQS3', 'It is itself where what failed ends')
  }
}

export class HouseEvents extends Construct {
  constructor(scope: Construct, id: string, { functions, stateMachineArn, queues, missedEvents }: HouseEventsProps) {
    super(scope, id)
    const to = (name: keyof Functions & ('on-end' | 'on-render' | 'sweep' | 'deliver' | 'archive')) =>
      new targets.LambdaFunction(functions[name], {
        deadLetterQueue: missedEvents,
        maxEventAge: Duration.hours(1),
      })

    new events.Rule(this, 'Ended', {
      description: 'An execution came to its end, however it did',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [stateMachineArn], status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      targets: [to('on-end')],
    })
    new events.Rule(this, 'Rendered', {
      description: 'A render job came to its end',
      eventPattern: {
        source: ['aws.batch'],
        detailType: ['Batch Job State Change'],
        detail: { jobQueue: queues.map(({ jobQueueArn }) => jobQueueArn), status: ['SUCCEEDED', 'FAILED'] },
      },
      targets: [to('on-render')],
    })
    new events.Rule(this, 'Sweep', {
      description: 'Starts again what got lost between services',
      schedule: events.Schedule.rate(Duration.minutes(5)),
      targets: [to('sweep')],
    })
    new events.Rule(this, 'Deliver', {
      description: 'Tells webhooks what there is to tell of their videos',
      schedule: events.Schedule.rate(Duration.minutes(1)),
      targets: [to('deliver')],
    })
    new events.Rule(this, 'Archive', {
      description: "Copies the week's videos to the archive",
      schedule: events.Schedule.cron({ weekDay: 'MON', hour: '3', minute: '0' }),
      targets: [to('archive')],
    })
  }
}

type HouseEventsProps = {
  functions: Functions
  stateMachineArn: string
  queues: batch.IJobQueue[]
  missedEvents: sqs.IQueue
}
