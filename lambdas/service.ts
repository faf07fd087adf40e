// The one function that calls a service: it holds the key, keeps the ledger and stores what was made.
import type { Context } from 'aws-lambda'
import { InputError } from '../core/errors.ts'
import type { ServiceId } from '../core/models.ts'
import { carryOut, Order } from '../core/orders.ts'
import { claimed } from './claim.ts'
import { deadlineOf } from './deadline.ts'
import { awsStores, stagePorts } from './ports.ts'
import { withKey } from './service-key.ts'
import { logger, tracer, withObservability } from './shell.ts'

/**
 * Carries out orders for this service, one at a time and each with one request at a time: so many of this function at
 * once, so many requests. Gives {} when what was ordered lies under its key.
 */
export function serviceHandler(service: ServiceId) {
  process.env[`${service.toUpperCase()}_CONCURRENCY`] ??= '1'
  return withObservability(async (event: unknown, context: Context) => {
    const order = Order.parse(event)
    const { videoId, stage, scene, kind, model, key } = order
    logger.appendKeys({ videoId, stage, scene, kind, provider: service, model })
    tracer.putAnnotation('videoId', videoId)
    if (order.service !== service)
      throw new InputError(`service: must be '${service}', whose function this is, not '${order.service}'`)
    const halfMs = halve(context)
    const deadline = deadlineOf(context, `the order to ${service}`, halfMs)
    try {
      const { signal } = deadline
      const { objects, claims } = awsStores()
      // It calls the service itself.
      const ports = { ...stagePorts(signal), order: undefined }
      const holder = context.awsRequestId
      await claimed(key, { claims, objects, holder, signal }, () => withKey(service, () => carryOut(order, ports)))
      return {}
    } finally {
      deadline.clear()
    }
  })
}

/** What is told and stored after an answer takes far less. */
const afterwardsMs = 10_000

/**
 * Requests start in the first half of the time only, and none may take longer than the other half: so an answer that
 * never comes is given up and recorded, not cut off with the function.
 */
function halve(context: Context): number {
  const halfMs = context.getRemainingTimeInMillis() / 2
  process.env['CLIPFORGE_CALL_TIMEOUT_SECONDS'] = String(Math.max(1, Math.floor((halfMs - afterwardsMs) / 1000)))
  return halfMs
}
