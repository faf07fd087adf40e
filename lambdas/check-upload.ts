// Looks into a file that somebody has sent, where it came in, and keeps it among its owner's uploads: what the API itself
// may not do, and has not the means for.
import { tmpdir } from 'node:os'
import type { Context } from 'aws-lambda'
import * as z from 'zod'
import { isOwnerName } from '../core/api-keys.ts'
import { InputError } from '../core/errors.ts'
import type { UploadFacts } from '../core/uploads.ts'
import { keepUpload } from '../render-container/media/keep-upload.ts'
import { openWorkspace } from '../stores/workspace.ts'
import { deadlineOf } from './deadline.ts'
import { awsStores } from './ports.ts'
import { withObservability } from './shell.ts'

/** What lambdas/edge/uploads.ts asks. `name`: what errors call the file. */
const Check = z.object({ key: z.string(), kind: z.enum(['picture', 'clip', 'music', 'font']), name: z.string() })

/** What is left for ending and telling when the time is up. */
const marginMs = 5000

export const handler = withObservability(async (event: unknown, context: Context): Promise<UploadFacts> => {
  const { key, kind, name } = Check.parse(event)
  const owner = ownerIn(key)
  const { objects } = awsStores()
  const deadline = deadlineOf(context, 'the look into the upload', marginMs)
  const workspace = await openWorkspace(tmpdir(), objects)
  try {
    return await keepUpload(objects, { path: await workspace.fetch(key), owner, kind, name }, deadline)
  } finally {
    deadline.clear()
    await workspace.close()
  }
})

function ownerIn(key: string): string {
  const [, owner = ''] = /^incoming\/([^/]+)\/upl_[\w-]{22}$/.exec(key) ?? []
  if (isOwnerName(owner)) return owner
  throw new InputError(`key: '${key}' is not where uploads come in`)
}
