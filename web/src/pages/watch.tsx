// A video that somebody shared: nothing but to watch it and take it along. No key is needed.
import type { SharedVideo } from '../../../api/schemas/videos.ts'
import { LinkButton } from '../components/button.tsx'
import { Empty, Problem } from '../components/empty.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { Loading } from '../components/spinner.tsx'
import { date, duration } from '../format.ts'
import { useResource } from '../resource.ts'
import { href } from '../router.ts'
import { Player } from './video/player.tsx'
import { shapeOf } from './video/shape.ts'

export function WatchPage({ token }: { token: string }) {
  const { data: video, error, reload } = useResource<SharedVideo>(`/shares/${token}`)
  const isGone = error !== undefined && error.problem.status >= 400 && error.problem.status < 500
  return (
    <article class={`page watch${video ? ` watch--${shapeOf(video.format)}` : ''}`}>
      <PageHeading title={video?.title ?? (isGone ? 'This video is not shared any more' : 'Shared video')} />
      {!video && isGone && (
        <Empty
          icon="link"
          title="Nothing to watch here"
          action={<LinkButton href={href('/')}>To ClipForge</LinkButton>}
        >
          The link is not complete, or the video was deleted by who made it.
        </Empty>
      )}
      {!video && error && !isGone && <Problem error={error} onRetry={reload} />}
      {!video && !error && <Loading>Loading the video…</Loading>}
      {video && <Shared video={video} onBroken={reload} />}
    </article>
  )
}

function Shared({
  video: { title, format, durationSeconds, createdAt, links },
  onBroken,
}: {
  video: SharedVideo
  onBroken: () => void
}) {
  return (
    <>
      <Player links={links} title={title} format={format} hasDrawnCaptions onBroken={onBroken} />
      <div class="watch__foot">
        <p class="watch__about">
          <span>
            {duration(durationSeconds)} · {date(createdAt)}
          </span>
          <span class="watch__made">Made with AI by ClipForge</span>
        </p>
        {links['video.mp4'] !== undefined && (
          <LinkButton kind="primary" icon="download" href={links['video.mp4']} download="video.mp4">
            Download
          </LinkButton>
        )}
      </div>
    </>
  )
}
