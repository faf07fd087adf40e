import * as z from 'zod'
import { amend } from '../records.ts'
import type { StagePorts } from '../stage.ts'

export const FailInput = z.object({
  videoId: z.string(),
  error: z.object({ Error: z.string(), Cause: z.string().optional() }),
})

/** A Lambda's failure reaches the workflow as JSON; the message in it is the line for people. */
const LambdaCause = z.object({ errorMessage: z.string() })

/** Records why the video could not be made. */
export async function fail({ videoId, error }: z.infer<typeof FailInput>, { videos }: StagePorts) {
  const message = messageOf(error.Cause) ?? error.Error
  await amend(videos, videoId, () => ({ status: 'failed', error: { name: error.Error, message } }))
  return { name: error.Error, message }
}

function messageOf(cause: string | undefined): string | undefined {
  if (!cause?.startsWith('{')) return cause
  const parsed = LambdaCause.safeParse(JSON.parse(cause))
  return parsed.success ? parsed.data.errorMessage : cause
}
