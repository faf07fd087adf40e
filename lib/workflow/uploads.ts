// What is dropped into the inbox becomes videos: the bucket's events, a queue that keeps them until they are dealt
// with, and one beside it for those that cannot be.
import {
  Duration,
  aws_events as events,
  aws_events_targets as targets,
  aws_lambda as lambda,
  aws_sqs as sqs,
  type aws_s3 as s3,
} from 'aws-cdk-lib'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import { functions } from '../functions.ts'

export class Uploads extends Construct {
  readonly queue: sqs.Queue
  /** Events that came back five times, and those that could not be queued. */
  readonly deadLetters: sqs.Queue

  constructor(scope: Construct, id: string, { name, uploads }: { name: string; uploads: s3.IBucket }) {
    super(scope, id)
    this.deadLetters = new sqs.Queue(this, 'DeadLetters', {
      queueName: `${name}-uploads-dead-letters`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    })
    acknowledge(this.deadLetters, 'AwsSolutions-SQS3', 'It is itself where the other queue leaves what it gives up')
    this.queue = new sqs.Queue(this, 'Queue', {
      queueName: `${name}-uploads`,
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Six times the function's own limit, as Lambda asks for: a throttled batch is not delivered twice meanwhile.
      visibilityTimeout: Duration.seconds(functions['on-upload'].timeoutSeconds * 6),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    })
    new events.Rule(this, 'Dropped', {
      description: 'A file was dropped into the inbox',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [uploads.bucketName] }, object: { key: [{ prefix: 'inbox/' }] } },
      },
      targets: [new targets.SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    })
  }

  /** One bad file of a batch comes back alone. */
  deliverTo(onUpload: lambda.IFunction): void {
    new lambda.EventSourceMapping(this, 'Delivery', {
      target: onUpload,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: 5,
    })
  }
}
