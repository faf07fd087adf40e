import { Stack, type StackProps } from 'aws-cdk-lib'
import type {
  aws_apigateway as apigateway,
  aws_cloudfront as cloudfront,
  aws_dynamodb as dynamodb,
  aws_lambda as lambda,
  aws_sns as sns,
  aws_sqs as sqs,
  aws_stepfunctions as stepfunctions,
} from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import type { ServiceId } from '../../core/models.ts'
import type { Config, SizeSettings } from '../config.ts'
import { vaultName } from '../data/names.ts'
import type { FunctionName } from '../functions.ts'
import { functionNameOf } from '../workflow/functions.ts'
import { createBudgets } from '../monitoring/budgets.ts'
import { createAlarms, createDashboards } from '../monitoring/show.ts'
import type { Watched } from '../monitoring/watched.ts'

type MonitoringStackProps = StackProps & {
  config: Config
  settings: SizeSettings
  data: { table: dynamodb.ITable; alerts: sns.ITopic }
  delivery: { distribution: cloudfront.IDistribution }
  workflow: {
    functions: Partial<Record<FunctionName, lambda.IFunction>>
    stateMachine: stepfunctions.IStateMachine
    uploadQueue: sqs.IQueue
    uploadDeadLetters: sqs.IQueue
    missedEvents: sqs.IQueue
  }
  api: { api: apigateway.RestApi }
}

/** Dashboards, alarms and budgets. Watches the other stacks; nothing depends on it. */
export class MonitoringStack extends Stack {
  constructor(scope: Construct, id: string, props: MonitoringStackProps) {
    super(scope, id, props)
    const { config, settings, data } = props
    const watched = watchedOf(props)
    createDashboards(this, watched, createAlarms(this, watched, data.alerts))
    createBudgets(this, {
      name: config.name,
      settings,
      alertsTopicArn: data.alerts.topicArn,
    })
  }
}

function watchedOf({ config, settings, data, delivery, workflow, api }: MonitoringStackProps): Watched {
  // By name, not by reference: a service that is taken away takes its function along.
  const functions = Object.keys(workflow.functions).map((name) => [name, functionNameOf(config, name)] as const)
  return {
    name: config.name,
    region: config.region,
    replicaRegion: config.replicaRegion,
    settings,
    services: Object.keys(config.services) as ServiceId[],
    functions: Object.fromEntries(functions),
    stateMachineArn: workflow.stateMachine.stateMachineArn,
    api: { name: api.api.restApiName, stage: api.api.deploymentStage.stageName },
    // As lib/api/firewall.ts names it.
    webAcl: `${config.name}-api`,
    distributionId: delivery.distribution.distributionId,
    uploadQueue: workflow.uploadQueue.queueName,
    uploadDeadLetters: workflow.uploadDeadLetters.queueName,
    missedEvents: workflow.missedEvents.queueName,
    table: data.table.tableName,
    backupVault: vaultName(config),
  }
}
