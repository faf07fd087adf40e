// From what somebody sent to a request that can be carried out.
import { lenient } from '../core/request/lenient.ts'
import { resolveUploads } from '../core/uploads/resolve.ts'
import { parseRequest, type VideoRequest } from '../core/video.ts'
import { checkWebhookUrl } from '../core/webhooks/url.ts'
import type { ApiPorts } from './ports.ts'

/**
 * `notices`: what is done otherwise than it was asked for. Throws InputError for what breaks a rule, NotFoundError for
 * an upload that is not there.
 */
export async function accepted(
  { objects, webhookHosts }: Pick<ApiPorts, 'objects' | 'webhookHosts'>,
  owner: string,
  raw: unknown,
): Promise<{ request: VideoRequest; notices: string[] }> {
  const parsed = parseRequest(raw)
  if (parsed.webhookUrl !== undefined) checkWebhookUrl(parsed.webhookUrl, webhookHosts)
  const { request, notices } = lenient(parsed)
  return { request: await resolveUploads(request, owner, objects), notices }
}
