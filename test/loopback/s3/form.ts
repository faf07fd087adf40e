// Uploads by an HTML form, with a signed policy that says what may be uploaded.
import type { IncomingHttpHeaders } from 'node:http'
import { withDefault } from './body.ts'
import { keptHeaders, type S3Answer } from './answers.ts'
import { S3Error } from './errors.ts'
import type { Buckets } from './objects.ts'
import { checkPolicySignature, type Secrets } from './signature.ts'

type Policy = { expiration: string; conditions: (Record<string, string> | [string, ...(string | number)[]])[] }
type Form = { bucket: string; headers: IncomingHttpHeaders; bytes: Buffer; buckets: Buckets; secrets: Secrets }

export async function postForm({ bucket, headers, bytes, buckets, secrets }: Form): Promise<S3Answer> {
  const type = headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } }).formData()
  const file = form.get('file')
  if (file === null) throw new S3Error(400, 'InvalidArgument', 'POST requires exactly one file upload per request.')
  const body = typeof file === 'string' ? Buffer.from(file) : Buffer.from(await file.arrayBuffer())
  const fields = Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name.toLowerCase(), value]] : [])),
  )
  delete fields['file']
  checkPolicySignature(fields, secrets)
  const fileName = typeof file === 'string' ? '' : file.name
  const key = (fields['key'] ?? '').replace('${filename}', fileName)
  checkPolicy(fields, bucket, body.length)
  const stored = buckets.put(
    bucket,
    {
      key,
      bytes: body,
      checksums: withDefault(body, {}),
      checksumType: 'FULL_OBJECT',
      storageClass: fields['x-amz-storage-class'] ?? 'STANDARD',
      headers: keptHeaders(fields),
    },
    'ObjectCreated:Post',
  )
  const status = Number(fields['success_action_status'] ?? 204)
  return { status: [200, 201].includes(status) ? status : 204, headers: { etag: stored.etag } }
}

/** Every condition has to hold, and every field to be named by one. */
function checkPolicy(fields: Record<string, string>, bucket: string, bytes: number) {
  const policy: Policy = JSON.parse(Buffer.from(fields['policy'] ?? '', 'base64').toString())
  if (!(Date.parse(policy.expiration) > Date.now())) throw denied('Policy expired')
  const given: Record<string, string> = { ...fields, bucket }
  const named = new Set(['policy', 'x-amz-signature', 'bucket'])
  for (const condition of policy.conditions) {
    const [operation, field, value] = Array.isArray(condition)
      ? condition
      : ['eq', ...(Object.entries(condition)[0] ?? ['', ''])]
    if (operation === 'content-length-range') {
      if (bytes < Number(field)) throw new S3Error(400, 'EntityTooSmall')
      if (bytes > Number(value)) throw new S3Error(400, 'EntityTooLarge')
      continue
    }
    const name = String(field).replace(/^\$/, '').toLowerCase()
    named.add(name)
    const found = given[name] ?? ''
    const holds = operation === 'eq' ? found === value : operation === 'starts-with' && found.startsWith(String(value))
    if (!holds) throw denied(`Policy Condition failed: ${JSON.stringify(condition)}`)
  }
  const extra = Object.keys(fields).filter((name) => !named.has(name) && !name.startsWith('x-ignore-'))
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`)
}

function denied(why: string) {
  return new S3Error(403, 'AccessDenied', `Invalid according to Policy: ${why}`)
}
