import * as z from 'zod'
import type { StagePorts } from '../stage.ts'

export const WarmInput = z.object({ videoId: z.string() })

/** Gets the renderer ready while the AI calls run. On one machine it always is; on AWS a machine with a GPU boots. */
export async function warm({ videoId }: z.infer<typeof WarmInput>, ports: Pick<StagePorts, 'warm'>) {
  await ports.warm?.(videoId)
  return {}
}
