import * as z from 'zod'

export const WarmInput = z.object({ videoId: z.string() })

/** Gets the renderer ready while the AI calls run. On one machine it always is; on AWS the state boots a GPU. */
export async function warm() {
  return {}
}
