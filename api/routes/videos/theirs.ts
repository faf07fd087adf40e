import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { NotFoundError } from '../../../core/errors.ts'
import { clip } from '../../../core/explain.ts'
import type { VideoRecord } from '../../../core/ports.ts'
import type { ApiEnv } from '../../app.ts'
import type { ApiPorts } from '../../ports.ts'
import { videoId } from '../../schemas/fields.ts'

export const tags = ['Videos']
export const idParam = z.object({ id: videoId })

/** The video that the address names. Others' videos are not there: whoever asks learns nothing from the difference. */
export async function theirs({ videos }: Pick<ApiPorts, 'videos'>, context: Context<ApiEnv>): Promise<VideoRecord> {
  const id = context.req.param('id') ?? ''
  const video = videoId.safeParse(id).success ? await videos.get(id) : undefined
  if (video?.owner === context.get('caller').owner) return video
  throw new NotFoundError(`there is no video '${clip(id)}' of yours`)
}
