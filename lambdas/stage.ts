// A stage of the workflow as a Lambda.
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import { BudgetError, InputError } from '../core/errors.ts'
import type { VideoEvent } from '../core/ports.ts'
import type { StagePorts } from '../core/stage.ts'
import type { StageName } from '../core/stages.ts'
import { deadlineOf } from './deadline.ts'
import { outward } from './failures.ts'
import { stagePorts } from './ports.ts'
import { logger, tracer, withObservability } from './shell.ts'

/** What is left for ending and telling when the signal fires. */
const marginMs = 10_000

/** Which video, and which of its scenes (from 0), as far as the input says so. */
const About = z.object({ videoId: z.string().optional(), scene: z.int().optional() }).catch({})

/**
 * `run` gets the event as it came and checks it itself. The video's events tell when the stage began and when it was
 * done, in how many seconds and with which keys.
 */
export function stageHandler(stage: StageName, run: (input: unknown, ports: StagePorts) => Promise<unknown>) {
  return withObservability(async (input: unknown, context: Context) => {
    const about = About.parse(input)
    const where = { stage, ...about }
    logger.appendKeys(where)
    if (about.videoId !== undefined) tracer.putAnnotation('videoId', about.videoId)
    const deadline = deadlineOf(context, nameOf(where), Math.min(marginMs, context.getRemainingTimeInMillis() / 5))
    const ports = stagePorts(deadline.signal)
    const startedAt = Date.now()
    try {
      await tell(ports, where, 'started')
      const output = await run(input, ports)
      await tell(ports, where, 'done', { seconds: (Date.now() - startedAt) / 1000, output })
      return output
    } catch (error) {
      throw located(error, nameOf(where))
    } finally {
      deadline.clear()
    }
  })
}

type Where = { stage: StageName; videoId?: string | undefined; scene?: number | undefined }

/** A function that may not use the table (warm) has nothing to tell it with. A video is worth more than its events. */
async function tell(
  { videos }: StagePorts,
  { videoId, ...where }: Where,
  type: string,
  more: { seconds?: number; output?: unknown } = {},
) {
  if (videoId === undefined || process.env['CLIPFORGE_TABLE'] === undefined) return
  const event: VideoEvent = { at: new Date().toISOString(), type, ...where, ...more }
  await videos.appendEvent(videoId, event).catch((error: unknown) => {
    logger.warn('the event could not be written', { type, reason: outward(error).message })
  })
}

/** An operator has to see where it went wrong; a user's mistake names its field already. */
function located(error: unknown, name: string): unknown {
  if (!(error instanceof Error) || error instanceof InputError || error instanceof BudgetError) return error
  const { stack } = error
  const told = outward(error)
  told.message = `${name}: ${told.message}`
  return Object.assign(told, { stack })
}

function nameOf({ stage, scene }: Where): string {
  return scene === undefined ? stage : `${stage} of scene ${scene + 1}`
}
