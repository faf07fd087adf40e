import { BatchClient, SubmitJobCommand } from '@aws-sdk/client-batch'

let client: BatchClient | undefined

/**
 * A job that does nothing: Batch boots a machine for it, which then is there for the render. Once more by mistake does
 * no harm, so the SDK's own tries stay on.
 */
export async function submitWarmJob(videoId: string): Promise<void> {
  client ??= new BatchClient({})
  await client.send(
    new SubmitJobCommand({
      // Batch takes letters, digits, '-' and '_', at most 128 of them.
      jobName: `warm-${videoId}`.replaceAll(/[^\w-]/g, '-').slice(0, 128),
      jobQueue: process.env['CLIPFORGE_WARM_QUEUE'],
      jobDefinition: process.env['CLIPFORGE_WARM_JOB_DEFINITION'],
      containerOverrides: { command: ['warm'] },
    }),
  )
}
