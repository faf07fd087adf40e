// What the workflow stands on: the parts of the other stacks that its functions use.
import type { aws_batch as batch, aws_dynamodb as dynamodb, aws_kms as kms, aws_s3 as s3 } from 'aws-cdk-lib'
import type { aws_secretsmanager as secretsmanager, aws_sns as sns } from 'aws-cdk-lib'
import type { ServiceId } from '../../core/models.ts'
import type { Config } from '../config.ts'

export type Place = {
  config: Config
  data: {
    key: kms.IKey
    table: dynamodb.ITable
    uploads: s3.IBucket
    work: s3.IBucket
    videos: s3.IBucket
    archive: s3.IBucket
    secrets: Record<ServiceId | 'signing', secretsmanager.ISecret>
    alerts: sns.ITopic
  }
  render: {
    queues: Record<'spot' | 'onDemand' | 'processor', batch.IJobQueue>
    jobDefinitionArns: Record<'gpu' | 'processor', string>
  }
  delivery: { domainName: string }
  /** Known before the state machine is made: the functions that start it are invoked by it. */
  stateMachineArn: string
}
