// One video: in the making, finished, or ended otherwise.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { VideoDetails } from '../../../api/schemas/videos.ts'
import { LinkButton } from '../components/button.tsx'
import { Empty, Problem } from '../components/empty.tsx'
import { Loading } from '../components/spinner.tsx'
import { closeNews } from '../components/toast.tsx'
import { nameOf } from '../catalog.ts'
import { focusOn } from '../focus.ts'
import { date, duration } from '../format.ts'
import { href } from '../router.ts'
import { Announcer } from './video/announcer.tsx'
import { Ended } from './video/ended.tsx'
import { Finished } from './video/finished.tsx'
import { Heading } from './video/heading.tsx'
import { follow, type Live } from './video/live.ts'
import { Making } from './video/making.tsx'
import { faceOf, isUnderWay, titleOf } from './video/state.ts'

export function VideoPage({ id }: { id: string }) {
  const [live, setLive] = useState<Live>()
  useEffect(() => {
    const left = new AbortController()
    setLive(follow(id, left.signal))
    return () => left.abort()
  }, [id])
  const video = live?.details.value
  useOutcome(video?.status)
  return (
    <article class={`page video${video ? ` video--${faceOf(video)}` : ''}`}>
      <Heading title={video ? titleOf(video) : 'Video'} tab={video && tabTitle(video)}>
        {video && <p class="video__about">{about(video)}</p>}
      </Heading>
      <Content live={live} />
      <Announcer video={video} />
    </article>
  )
}

function Content({ live }: { live: Live | undefined }) {
  const [video, problem] = [live?.details.value, live?.problem.value]
  if (problem?.problem.status === 404) return <Gone />
  if (live && problem && !video) return <Problem error={problem} onRetry={() => void live.reload()} />
  if (!live || !video) return <Loading>Loading the video…</Loading>
  const face = faceOf(video)
  if (face === 'finished') return <Finished video={video} live={live} />
  if (face === 'making') return <Making video={video} live={live} />
  return <Ended video={video} live={live} />
}

function Gone() {
  return (
    <Empty
      icon="clip"
      title="This video is not here"
      action={
        <LinkButton kind="primary" href={href('/videos')}>
          See all videos
        </LinkButton>
      }
    >
      It was deleted, or it belongs to another key.
    </Empty>
  )
}

/** What was told of the work is not true any more, and a button that had the focus may be gone with it. */
function useOutcome(status: VideoDetails['status'] | undefined): void {
  const before = useRef(status)
  useEffect(() => {
    const wasUnderWay = before.current !== undefined && isUnderWay(before.current)
    before.current = status
    if (!wasUnderWay || status === undefined || isUnderWay(status)) return
    closeNews()
    if (document.activeElement === document.body) focusOn()
  }, [status])
}

function tabTitle(video: VideoDetails): string {
  const percent = Math.floor(video.progress?.percent ?? 0)
  return isUnderWay(video.status) ? `${percent} % · ${titleOf(video)}` : titleOf(video)
}

function about({ format, durationSeconds, style, voice, createdAt, edition, status, links }: VideoDetails): string {
  // Until a change is made, and when it cannot be, the version before it is what is there.
  const shown = status !== 'done' && links ? edition - 1 : edition
  return [
    `${nameOf('formats', format)} ${format}`,
    durationSeconds === undefined ? undefined : duration(durationSeconds),
    nameOf('styles', style),
    `voice ${nameOf('voices', voice)}`,
    date(createdAt),
    shown > 1 ? `version ${shown}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}
