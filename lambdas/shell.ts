// What every Lambda wears: structured logs, metrics, traces, and failures that say one thing in one line.
import { Logger } from '@aws-lambda-powertools/logger'
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import chain from '@middy/core'
import type { Context } from 'aws-lambda'
import { metrics as catalogue, type MetricName, metricsNamespace } from '../core/metrics.ts'
import { outward } from './failures.ts'

export const logger = new Logger()
export const metrics = new Metrics({ namespace: metricsNamespace })
// Traced requests carry a header of their own; the services that make things have no use for it.
export const tracer = new Tracer({ captureHTTPsRequests: false })

/**
 * Neither events nor results are logged or traced: they may hold a script. What the handler throws is logged once and
 * comes out with its literal name and one line, which is all that Step Functions, or whoever invoked it, goes by.
 */
export function withObservability<Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) {
  const observed = chain(async (event: Event, context: Context): Promise<Result> => {
    try {
      return await handler(event, context)
    } catch (error) {
      const failure = outward(error)
      const stack = error instanceof Error ? framesOf(error) : undefined
      logger.error(failure.message, { errorName: failure.name, stack })
      throw failure
    }
  })
    .use(injectLambdaContext(logger, { resetKeys: true }))
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use({ after: publish, onError: publish })
  // Two parameters: the Node 24 runtime refuses a handler that takes a callback.
  return (event: Event, context: Context): Promise<Result> => observed(event, context)
}

/**
 * Counts at once, in CloudWatch's embedded metric format. `of`: the value of the metric's dimension, if it has one.
 * The dimensions are those of core/metrics.ts and no others, so that an alarm finds the metric whoever has counted it.
 */
export function count(name: MetricName, value: number, of?: string): void {
  const { unit, dimension } = catalogue[name] as { unit: 'Count' | 'Seconds' | 'None'; dimension?: string }
  const one = metrics.singleMetric()
  one.clearDefaultDimensions()
  if (dimension !== undefined && of !== undefined) one.addDimension(dimension, of)
  // A metric without a dimension has one set of none: an empty list of sets counts nothing.
  else one.addDimensions({})
  one.addMetric(name, unit, value)
}

function publish(): void {
  if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics()
}

/** Where it happened, without the message, which is logged already. */
function framesOf({ stack = '' }: Error): string[] {
  return stack.split('\n').flatMap((line) => (line.startsWith('    at ') ? line.trim() : []))
}
