// What the page knows of one video, and how that changes with what it is told. No DOM, no requests.
import type { VideoDetails, VideoEvents } from '../../../../api/schemas/videos.ts'
import { shortened } from '../../format.ts'

type VideoStatus = VideoDetails['status']

export function isUnderWay(status: VideoStatus): boolean {
  return status === 'queued' || status === 'running'
}

/** Which of its faces a video shows: a version that was finished is shown also while the next one is made. */
export function faceOf({ status, links }: Pick<VideoDetails, 'status' | 'links'>): 'finished' | 'making' | 'ended' {
  if (status === 'done' || links !== undefined) return 'finished'
  return isUnderWay(status) ? 'making' : 'ended'
}

/** An event's news, put into the details. What is not in the event itself has to be asked for: see `isNews`. */
export function told<Name extends keyof VideoEvents>(
  details: VideoDetails,
  name: Name,
  data: VideoEvents[Name],
): VideoDetails {
  if (name === 'progress') {
    const { percent, secondsLeft, steps } = data as VideoEvents['progress']
    return { ...details, steps, progress: { percent, secondsLeft } }
  }
  if (name === 'status') {
    const { status, queuePosition } = data as VideoEvents['status']
    // How it ended is shown with what came of it, which has to be asked for.
    return isUnderWay(status) ? { ...details, status, queuePosition } : details
  }
  return details
}

/** Whether the video has to be asked for again after that event. */
export function isNews(name: keyof VideoEvents): boolean {
  return name !== 'progress'
}

/**
 * The details that just came, after those that were shown: progress does not step back because an answer was slow, and
 * what is shown already keeps its link while it is good for five more minutes, so that nothing is fetched or started anew.
 */
export function follows(before: VideoDetails | undefined, now: VideoDetails, timeMs: number): VideoDetails {
  if (!before || before.id !== now.id) return now
  const isFresh = before.linksExpireAt === undefined || Date.parse(before.linksExpireAt) - timeMs > 300_000
  const kept = (was: string | undefined, is: string | undefined) => (isFresh && isSameFile(was, is) ? was : is)
  const links = now.links && {
    links: Object.fromEntries(
      Object.entries(now.links).map(([name, link]) => [name, kept(before.links?.[name], link) ?? link]),
    ),
    linksExpireAt: isFresh ? (before.linksExpireAt ?? now.linksExpireAt) : now.linksExpireAt,
  }
  const scenes = now.scenes.map((scene, index) => {
    const link = kept(before.scenes[index]?.picture.link, scene.picture.link)
    return link === undefined ? scene : { ...scene, picture: { ...scene.picture, link } }
  })
  return { ...now, ...links, scenes, ...progressAfter(before, now) }
}

function progressAfter(before: VideoDetails, now: VideoDetails): Pick<VideoDetails, 'progress'> {
  const isSameRun = before.status === 'running' && now.status === 'running'
  if (!isSameRun || !before.progress || !now.progress) return { progress: now.progress }
  return { progress: before.progress.percent > now.progress.percent ? before.progress : now.progress }
}

/** Where a signature stands in the query, it may be another one in each answer. */
function isSameFile(was: string | undefined, is: string | undefined): boolean {
  return was !== undefined && is !== undefined && was.split('?')[0] === is.split('?')[0]
}

/** What to say aloud of a change; undefined = nothing worth interrupting anybody for. */
export function milestone(before: VideoDetails | undefined, now: VideoDetails): string | undefined {
  if (!before) return undefined
  if (before.status !== now.status) return milestones[now.status]
  if (before.scenes.length === 0 && now.scenes.length > 0)
    return `The script is divided into ${now.scenes.length} ${now.scenes.length === 1 ? 'scene' : 'scenes'}.`
  if (!hasWords(before) && hasWords(now)) return 'The narration is ready.'
  if (!hasAllPictures(before) && hasAllPictures(now)) return 'All pictures are ready.'
  return undefined
}

const milestones: Partial<Record<VideoStatus, string>> = {
  running: 'The video is being made.',
  done: 'The video is ready.',
  failed: 'The video could not be made.',
  cancelled: 'The video was cancelled.',
}

/** Whether every word has its time. */
function hasWords({ scenes }: Pick<VideoDetails, 'scenes'>): boolean {
  return scenes.some(({ words = [] }) => words.length > 0)
}

function hasAllPictures({ scenes }: VideoDetails): boolean {
  return scenes.length > 0 && scenes.every(({ picture }) => picture.state === 'ready')
}

/** What people know it by: its title, else what it is about, else its first words. */
export function titleOf({ title, request, scenes }: Pick<VideoDetails, 'title' | 'request' | 'scenes'>): string {
  if (title !== undefined && title.trim() !== '') return title
  const words = [request['topic'], scenes[0]?.text, request['script']].find(
    (text): text is string => typeof text === 'string' && text.trim() !== '',
  )
  return words === undefined ? 'Untitled video' : shortened(words.trim().replace(/\s+/g, ' '), 70)
}
