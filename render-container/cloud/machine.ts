// What this container runs on, for the bill.
import * as z from 'zod'
import type { StagePorts } from '../../core/stage.ts'

const Machine = z.object({ name: z.string(), usdPerHour: z.number().nonnegative() })

/**
 * `CLIPFORGE_MACHINE` and `CLIPFORGE_MACHINE_USD_PER_HOUR`; where one job definition serves several queues,
 * `CLIPFORGE_MACHINES` has the others' (JSON by the queue's name, which Batch tells the job).
 */
export function machineOf(env: NodeJS.ProcessEnv): StagePorts['machine'] {
  const byQueue = z.record(z.string(), Machine).parse(JSON.parse(env['CLIPFORGE_MACHINES'] ?? '{}'))
  const queue = env['AWS_BATCH_JQ_NAME'] ?? ''
  if (Object.hasOwn(byQueue, queue)) return { provider: 'AWS', ...byQueue[queue]! }
  const name = env['CLIPFORGE_MACHINE']
  const usdPerHour = Number(env['CLIPFORGE_MACHINE_USD_PER_HOUR'] ?? 0)
  return { provider: 'AWS', ...(name ? { name } : {}), usdPerHour: Number.isFinite(usdPerHour) ? usdPerHour : 0 }
}
