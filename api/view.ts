// A video as the outside sees it, in short.
import { deliverableKey } from '../core/keys.ts'
import type { VideoRecord } from '../core/ports.ts'
import { progressOf } from '../core/progress.ts'
import { titleOf } from '../core/title.ts'
import { toldOf } from '../core/told.ts'
import type { ApiPorts } from './ports.ts'
import type { Memory } from './memory.ts'
import type { VideoSummary } from './schemas/videos.ts'

type Ports = Pick<ApiPorts, 'linksTo' | 'queuePosition' | 'queuePositions'>

/** Of one video, or of a page of them: their links are signed together. */
export async function summariesOf(ports: Ports, memory: Memory, videos: VideoRecord[]): Promise<VideoSummary[]> {
  const shown = videos.flatMap((video) => Object.values(shownKeys(video)))
  const linked = shown.length === 0 ? { links: {} } : await ports.linksTo(shown)
  const links: Record<string, string> = 'links' in linked ? linked.links : {}
  const positions = await positionsOf(ports, videos)
  return Promise.all(videos.map((video) => summary(memory, video, { links, position: positions[video.id] })))
}

export async function summaryOf(ports: Ports, memory: Memory, video: VideoRecord): Promise<VideoSummary> {
  return (await summariesOf(ports, memory, [video]))[0]!
}

/** The version that can be watched; videos that were made before there were versions have one without a record of it. */
export function madeEdition({ made, status }: VideoRecord): number | undefined {
  return made?.edition ?? (status === 'done' ? 1 : undefined)
}

/** Of those that wait. */
async function positionsOf(
  { queuePosition, queuePositions }: Ports,
  videos: VideoRecord[],
): Promise<Record<string, number | undefined>> {
  const ids = videos.flatMap(({ id, status }) => (status === 'queued' ? [id] : []))
  if (ids.length === 0) return {}
  if (queuePositions) return queuePositions(ids)
  const places = await Promise.all(ids.map(async (id) => [id, await queuePosition?.(id)] as const))
  return Object.fromEntries(places)
}

async function summary(
  { eventsOf }: Memory,
  video: VideoRecord,
  { links, position }: { links: Record<string, string>; position: number | undefined },
): Promise<VideoSummary> {
  const { id, status, createdAt, request, edition, made, variantOf, error, notices } = video
  const title = titleOf(video)
  const keys = shownKeys(video)
  const [posterLink, previewLink] = [links[keys.poster ?? ''], links[keys.preview ?? '']]
  return {
    id,
    status,
    createdAt,
    ...(title !== '' && { title }),
    format: request.format,
    style: request.style,
    voice: request.voice,
    edition: edition?.number ?? 1,
    ...(variantOf !== undefined && { variantOf }),
    ...(status === 'running' && { progress: progressOf(status, await eventsOf(video)) }),
    ...(position !== undefined && { queuePosition: position }),
    ...(made && { durationSeconds: made.durationMs / 1000, costUsd: made.costMicroUsd / 1e6 }),
    ...(posterLink !== undefined && { posterLink }),
    ...(previewLink !== undefined && { previewLink }),
    ...(status === 'failed' && error && { error: toldOf(error) }),
    notices,
  }
}

function shownKeys(video: VideoRecord): { poster?: string; preview?: string } {
  const edition = madeEdition(video)
  if (edition === undefined) return {}
  const [poster, preview] = ['poster.jpg', 'preview.webp'].map((name) => deliverableKey(video.id, name, edition))
  return { poster: poster!, preview: preview! }
}
