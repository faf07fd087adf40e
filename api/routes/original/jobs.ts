// A video as the original's clients know it: a job while it is made, a row of its library afterwards.
import { styles } from '../../../core/catalog.ts'
import { deliverableKey } from '../../../core/keys.ts'
import type { VideoRecord } from '../../../core/ports.ts'
import { progressOf } from '../../../core/progress.ts'
import { titleOf } from '../../../core/title.ts'
import { toldOf } from '../../../core/told.ts'
import { voices } from '../../../core/voices.ts'
import type { ApiPorts } from '../../ports.ts'
import { madeEdition } from '../../view.ts'

const statuses = {
  queued: 'queued',
  running: 'processing',
  done: 'completed',
  failed: 'failed',
  cancelled: 'failed',
} as const satisfies Record<VideoRecord['status'], string>

const messages: Record<VideoRecord['status'], string> = {
  queued: 'Job queued',
  running: 'Generating the video…',
  done: 'Video generation complete!',
  failed: 'Error',
  cancelled: 'Cancelled',
}

/** As many as the original's library shows would be 100; whoever has more wants to see them too. */
const mostListed = 1000

export async function jobOf(ports: ApiPorts, video: VideoRecord) {
  const { id, status, createdAt, request, error } = video
  const progress = progressOf(status, status === 'running' ? await ports.videos.events(id) : [])
  const position = status === 'queued' ? await ports.queuePosition?.(id) : undefined
  return {
    id,
    job_id: id,
    status: statuses[status],
    progress: status === 'done' ? 100 : Math.floor(progress.percent),
    message: (status === 'failed' && error && toldOf(error).message) || messages[status],
    // The original counts from 0, and says -1 of what does not wait.
    queue_position: position === undefined ? -1 : position - 1,
    title: titleOf(video) || 'Generated Video',
    created_at: createdAt,
    video_data: {
      title: titleOf(video) || 'Generated Video',
      format: request.format,
      style: styles[request.style].name,
    },
    ...(status === 'done' && { video: await viewOf(ports, video) }),
  }
}

export async function viewOf(ports: ApiPorts, video: VideoRecord) {
  const { id, request, createdAt, made } = video
  const poster = deliverableKey(id, 'poster.jpg', madeEdition(video))
  const linked = await ports.linksTo([poster])
  return {
    id,
    title: titleOf(video) || 'Generated Video',
    category: request.category ?? '',
    format: request.format,
    style: styles[request.style].name,
    voice: voices[request.voice].name,
    script: request.script ?? textsOf(request.scenes),
    keywords: request.keywords.join(', '),
    negative_keywords: request.negativeKeywords.join(', '),
    path: `/api/download/${id}`,
    thumbnail_path: 'links' in linked ? linked.links[poster] : null,
    duration: (made?.durationMs ?? 0) / 1000,
    created_at: createdAt,
    // Of what is shown: while its next version is made, the one before can be watched.
    status: 'completed',
  }
}

/** Undefined while there is nothing to download. */
export async function downloadLink({ linksTo }: ApiPorts, video: VideoRecord): Promise<string | undefined> {
  const edition = madeEdition(video)
  if (edition === undefined) return undefined
  const key = deliverableKey(video.id, 'video.mp4', edition)
  const linked = await linksTo([key])
  return 'links' in linked ? linked.links[key] : undefined
}

/** Newest first. */
export async function videosOf({ videos }: ApiPorts, owner: string): Promise<VideoRecord[]> {
  const found: VideoRecord[] = []
  for (let before: string | undefined; found.length < mostListed;) {
    const page = await videos.list(owner, { limit: 100, ...(before !== undefined && { before }) })
    found.push(...page.videos)
    if (page.next === undefined) break
    before = page.next
  }
  return found
}

/** Of a video that was asked for scene by scene. */
function textsOf(scenes: VideoRecord['request']['scenes']): string {
  return Array.isArray(scenes) ? scenes.flatMap(({ text }) => text ?? []).join('\n\n') : ''
}
