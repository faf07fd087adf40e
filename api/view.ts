// A video as the outside sees it.
import { billOf } from '../core/cost.ts'
import { deliverables } from '../core/keys.ts'
import type { VideoRecord } from '../core/ports.ts'
import type { ApiPorts } from './ports.ts'
import { type Step, stepsOf } from './steps.ts'

export type VideoSummary = {
  id: string
  status: VideoRecord['status']
  createdAt: string
  title?: string
  error?: { name: string; message: string }
  notices: string[]
}
/** `bill`: what the services charged so far; the machine's share stands in bill.json of a video that is done. */
export type VideoDetails = VideoSummary & {
  steps: Step[]
  bill: { currency: 'USD'; servicesUsd: number; byService: Record<string, number>; unsettledCalls: number }
  /** Signed, by the file's name; when done. */
  links?: Record<string, string>
  linksExpireAt?: string
}

export function summaryOf({ id, status, createdAt, request, error, notices }: VideoRecord): VideoSummary {
  const { title } = request
  return {
    id,
    status,
    createdAt,
    ...(title !== undefined && { title }),
    ...(error && { error: toldOf(error) }),
    notices,
  }
}

/** What the request, its video or a service's refusal is about is the user's; the rest is for the operator's logs. */
const forUsers = new Set([
  'InputError',
  'BudgetError',
  'RefusedError',
  'BrokenAnswerError',
  'FaultyVideoError',
  'LostError',
  'TimedOutError',
])
const plainly: Record<string, string> = {
  AccountError: "a service does not accept this installation's account at the moment; its operator has to see to that",
}

function toldOf({ name, message }: { name: string; message: string }): { name: string; message: string } {
  if (forUsers.has(name)) return { name, message }
  return {
    name,
    message:
      plainly[name] ??
      'something on the way did not work, several times; send the request again: what was made is not made or bought twice',
  }
}

export async function detailsOf({ videos, linksTo }: ApiPorts, video: VideoRecord): Promise<VideoDetails> {
  const [events, bill] = await Promise.all([videos.events(video.id), billSoFar({ videos }, video.id)])
  const details = { ...summaryOf(video), steps: stepsOf(video.status, events), bill }
  if (video.status !== 'done') return details
  const linked = await linksTo(video.id, Object.keys(deliverables))
  const notices = [...details.notices, ...(video.request.hls ? [hlsNotice] : [])]
  if ('notice' in linked) return { ...details, notices: [...notices, linked.notice] }
  return { ...details, notices, links: linked.links, linksExpireAt: linked.expiresAt }
}

const hlsNotice = 'hls: it is made and kept, but a signed link is for one file, so there is none for its many files yet'

async function billSoFar({ videos }: Pick<ApiPorts, 'videos'>, id: string): Promise<VideoDetails['bill']> {
  const { totalUsd, lines, unsettled } = billOf(id, await videos.calls(id), [])
  const services = Object.groupBy(
    lines.filter(({ provider }) => provider !== 'embedded'),
    ({ provider }) => provider,
  )
  const byService = Object.entries(services).map(([provider, charged = []]) => [
    provider,
    charged.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0) / 1e6,
  ])
  return {
    currency: 'USD',
    servicesUsd: totalUsd,
    byService: Object.fromEntries(byService),
    unsettledCalls: unsettled.length,
  }
}
