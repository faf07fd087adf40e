// Files of requests, sent straight to the storage: what is dropped there becomes videos. Pictures, clips and music are
// no uploads yet: they are kept under the hash of their content, which nobody may be trusted to say of his own file.
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import * as z from 'zod'
import { InputError } from '../../core/errors.ts'
import { clip, explain, inWords } from '../../core/explain.ts'
import { inboxExtensions, inboxKey, inboxLimits, isManifest, manifestKey } from '../../core/inbox.ts'
import type { ApiEnv } from '../app.ts'
import { bodyOf } from '../body.ts'
import type { ApiPorts } from '../ports.ts'

const contentTypes: Record<string, string> = {
  txt: 'text/plain',
  json: 'application/json',
  jsonl: 'application/jsonl',
  csv: 'text/csv',
}

const UploadRequest = z.strictObject({ name: z.string().trim().min(1).max(200) })

export function uploadRoutes({ formFor }: Pick<ApiPorts, 'formFor'>) {
  return new Hono<ApiEnv>().post('/', async (context) => {
    const { name } = parseUpload(await bodyOf(context))
    // A folder of its own for each, so that two files of one name are two.
    const key = inboxKey(context.get('caller').owner, randomBytes(16).toString('base64url'), fileNameOf(name))
    const maxBytes = inboxLimits.bytes
    const form = await formFor(key, { contentType: contentTypes[extensionOf(name)]!, maxBytes })
    return context.json({ ...form, key, manifestKey: manifestKey(key), maxBytes }, 201)
  })
}

function parseUpload(raw: unknown): z.infer<typeof UploadRequest> {
  const parsed = UploadRequest.safeParse(raw, { error: inWords })
  if (!parsed.success) {
    const fields = Object.keys(UploadRequest.shape)
    throw new InputError(parsed.error.issues.flatMap((issue) => explain(issue, raw, () => fields)).join('; '))
  }
  const { name } = parsed.data
  if (!inboxExtensions.includes(extensionOf(name))) {
    const known = inboxExtensions.map((extension) => `.${extension}`).join(', ')
    throw new InputError(
      `name: must end in one of ${known}; pictures, clips and music cannot be uploaded yet (it is '${clip(name)}')`,
    )
  }
  if (isManifest(name.toLowerCase()))
    throw new InputError(`name: '.manifest.json' is how we name what came of a file; choose another`)
  return parsed.data
}

function extensionOf(name: string): string {
  return name.split('.').at(-1)!.toLowerCase()
}

/** What nobody along the way minds: no folders, no spaces, no control characters. The extension stays. */
function fileNameOf(name: string): string {
  const extension = extensionOf(name)
  const stem = name.slice(0, -extension.length - 1)
  const plain = stem
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${[...plain].slice(0, 80).join('') || 'file'}.${extension}`
}
