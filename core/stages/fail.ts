import * as z from 'zod'
import type { VideoStore } from '../ports.ts'
import { amend } from '../records.ts'
import type { StagePorts } from '../stage.ts'

export const FailInput = z.object({
  videoId: z.string(),
  error: z.object({ Error: z.string(), Cause: z.string().optional() }),
})

/** Records why the video could not be made. */
export async function fail({ videoId, error }: z.infer<typeof FailInput>, { videos }: StagePorts) {
  const told = reasonIn(error.Cause) ?? { message: error.Error }
  const { name: as, message } =
    told === 'job' ? await jobFailure(videoId, error, videos) : { name: error.Error, ...told }
  // The workflow fails under that name, and names that begin like this are the States Language's own.
  const name = as.replace(/^States\./, 'Workflow.')
  await amend(videos, videoId, ({ status }) =>
    status === 'cancelled' ? {} : { status: 'failed', error: { name, message } },
  )
  return { name, message }
}

/** A Lambda's failure reaches the workflow as JSON; the message in it is the line for people. */
const LambdaCause = z.object({ errorMessage: z.string() })
/** Of a Batch job the whole description comes. */
const JobCause = z.object({ JobId: z.string(), StatusReason: z.string().optional() })

function reasonIn(cause: string | undefined): { message: string } | 'job' | undefined {
  if (cause === undefined) return undefined
  const data = parsed(cause)
  if (JobCause.safeParse(data).success) return 'job'
  return { message: LambdaCause.safeParse(data).data?.errorMessage ?? cause }
}

/** A job has no way to give anything back, so it leaves its last words among the video's events. */
export const lastWords = 'compose-failed'

async function jobFailure(
  videoId: string,
  { Error: error, Cause }: { Error: string; Cause?: string },
  videos: VideoStore,
) {
  const said = (await videos.events(videoId)).findLast(({ type }) => type === lastWords)
  if (said) return { name: String(said['name']), message: String(said['message']) }
  const { StatusReason: reason = 'no reason was given' } = JobCause.parse(parsed(Cause!))
  return {
    name: error,
    message: `compose: the render job failed (${reason}); make it again, and what is finished is used`,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
