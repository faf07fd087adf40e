// One video: in the making, finished, or ended otherwise.
import { useEffect, useState } from 'preact/hooks'
import type { VideoDetails } from '../../../api/schemas/videos.ts'
import { LinkButton } from '../components/button.tsx'
import { Empty, Problem } from '../components/empty.tsx'
import { Loading } from '../components/spinner.tsx'
import { nameOf } from '../catalog.ts'
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

function tabTitle(video: VideoDetails): string {
  const percent = Math.floor(video.progress?.percent ?? 0)
  return isUnderWay(video.status) ? `${percent} % · ${titleOf(video)}` : titleOf(video)
}

function about({ format, durationSeconds, style, voice, createdAt, edition }: VideoDetails): string {
  return [
    `${nameOf('formats', format)} ${format}`,
    durationSeconds === undefined ? undefined : duration(durationSeconds),
    nameOf('styles', style),
    `voice ${nameOf('voices', voice)}`,
    date(createdAt),
    edition > 1 ? `version ${edition}` : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}
