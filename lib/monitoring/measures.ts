// Metrics, ours and AWS's, each under the names and dimensions that its publisher uses.
import { Duration } from 'aws-cdk-lib'
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch'
import { metrics, metricsNamespace, type MetricName } from '../../core/metrics.ts'
import { functions, type FunctionName, type FunctionSpec } from '../functions.ts'
import type { Watched } from './watched.ts'

/** `statistic` as CloudWatch writes it: 'Sum', 'Average', 'p99' … */
type Reading = { statistic: string; minutes: number; label?: string; region?: string }

/** What core/metrics.ts names. `of` is the value of its dimension: a service or a render queue. */
export function own(name: MetricName, reading: Reading & { of?: string }): cloudwatch.Metric {
  const { dimension } = metrics[name] as { dimension?: string }
  return aws(metricsNamespace, name, {
    ...reading,
    // No other: lambdas/shell.ts counts without Powertools' own dimensions.
    dimensions: dimension === undefined ? {} : { [dimension]: reading.of! },
  })
}

export const renderQueues = ['spot', 'onDemand', 'processor'] as const
export type RenderQueue = (typeof renderQueues)[number]

/** A metric of AWS. `region` only where it is not the installation's own. */
export function aws(
  namespace: string,
  metricName: string,
  { statistic, minutes, label, region, dimensions }: Reading & { dimensions: Record<string, string> },
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace,
    metricName,
    dimensionsMap: dimensions,
    statistic,
    period: Duration.minutes(minutes),
    label,
    region,
  })
}

/**
 * A formula over metrics, by the names it uses for them. Each counts as 0 where nothing was reported: CloudWatch gives
 * no result for a sum with one part missing.
 */
export function formula(
  expression: string,
  parts: Record<string, cloudwatch.IMetric>,
  { minutes, label }: { minutes: number; label: string },
): cloudwatch.MathExpression {
  const filled = Object.keys(parts).reduce(
    (text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `FILL(${name}, 0)`),
    expression,
  )
  return new cloudwatch.MathExpression({
    expression: filled,
    usingMetrics: parts,
    period: Duration.minutes(minutes),
    label,
  })
}

/** The sum of metrics. An alarm takes ten of them at most. */
export function total(all: cloudwatch.IMetric[], about: { minutes: number; label: string }): cloudwatch.MathExpression {
  const parts = Object.fromEntries(all.map((metric, index) => [`m${index}`, metric]))
  return formula(Object.keys(parts).join(' + '), parts, about)
}

/** The share of failures among all, as 0 to 1; 0 while there are fewer than `atLeast`, so that one is no trend. */
export function shareOf(
  { failed, well }: { failed: cloudwatch.IMetric; well: cloudwatch.IMetric },
  { atLeast, minutes, label }: { atLeast: number; minutes: number; label: string },
): cloudwatch.MathExpression {
  return formula(`IF(failed >= ${atLeast}, failed / (failed + well), 0)`, { failed, well }, { minutes, label })
}

export function lambda(watched: Watched, name: FunctionName, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/Lambda', metricName, {
    label: name,
    ...reading,
    dimensions: { FunctionName: watched.functions[name]! },
  })
}

export function api({ api: { name, stage } }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/ApiGateway', metricName, { ...reading, dimensions: { ApiName: name, Stage: stage } })
}

export function states({ stateMachineArn }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/States', metricName, { ...reading, dimensions: { StateMachineArn: stateMachineArn } })
}

export function queue(queueName: string, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/SQS', metricName, { ...reading, dimensions: { QueueName: queueName } })
}

export function table({ table: name }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/DynamoDB', metricName, { ...reading, dimensions: { TableName: name } })
}

/** DynamoDB reports errors of its own by operation only. */
export function tableErrors({ table: name }: Watched, minutes: number): cloudwatch.MathExpression {
  const operations = ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query']
  return total(
    operations.map((operation) =>
      aws('AWS/DynamoDB', 'SystemErrors', {
        statistic: 'Sum',
        minutes,
        label: operation,
        dimensions: { TableName: name, Operation: operation },
      }),
    ),
    { minutes, label: 'SystemErrors' },
  )
}

/** CloudFront reports everything in this region, wherever the installation is. */
export const cloudFrontRegion = 'us-east-1'

export function delivery({ distributionId, region }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/CloudFront', metricName, {
    ...reading,
    // Only where it is another: an alarm takes no metric with a region of its own, not even with its own region.
    ...(region !== cloudFrontRegion && { region: cloudFrontRegion }),
    dimensions: { DistributionId: distributionId, Region: 'Global' },
  })
}

export function firewall({ webAcl, region }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/WAFV2', metricName, { ...reading, dimensions: { WebACL: webAcl, Rule: 'ALL', Region: region } })
}

export function backup({ backupVault }: Watched, metricName: string, reading: Reading): cloudwatch.Metric {
  return aws('AWS/Backup', metricName, { ...reading, dimensions: { BackupVaultName: backupVault } })
}

/** Hours that render jobs ran on GPU machines; their boot and the time they idle come on top in the bill. */
export function gpuHours(minutes: number): cloudwatch.MathExpression {
  const seconds = (of: RenderQueue) => own('RenderSeconds', { statistic: 'Sum', minutes, of })
  return formula(
    '(spot + onDemand) / 3600',
    { spot: seconds('spot'), onDemand: seconds('onDemand') },
    { minutes, label: 'GPU hours' },
  )
}

export function functionsOf(watched: Watched, kind: FunctionSpec['kind']): FunctionName[] {
  return (Object.keys(watched.functions) as FunctionName[]).filter((name) => functions[name].kind === kind)
}
