import { useState } from 'preact/hooks'
import type { VideoSummary } from '../../../../api/schemas/videos.ts'
import { Button, LinkButton } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { ago, clock, dateTime } from '../../format.ts'
import { href } from '../../router.ts'
import { ProgressOf } from '../video/progress-of.tsx'
import { RemoveDialog } from '../video/remove.tsx'
import { isUnderWay } from '../video/state.ts'

const stateNames = {
  queued: 'Waiting',
  running: 'In the making',
  done: 'Ready',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const
const stateLooks = { queued: 'busy', running: 'busy', done: 'good', failed: 'bad', cancelled: 'plain' } as const

/** All of it is a link to the video; the buttons at its foot are their own. */
export function Card({ video, onRemoved }: { video: VideoSummary; onRemoved: () => void }) {
  const [isAsked, setAsked] = useState(false)
  const [isLively, setLively] = useState(false)
  const { id, status, format, durationSeconds, createdAt, edition } = video
  const title = video.title ?? 'Untitled video'
  const enliven = () => setLively(!matchMedia('(prefers-reduced-motion: reduce)').matches)
  return (
    <li
      class="card"
      onPointerEnter={enliven}
      onPointerLeave={() => setLively(false)}
      onFocusIn={enliven}
      onFocusOut={() => setLively(false)}
    >
      <Picture video={video} isLively={isLively} />
      <div class="card__words">
        <h2 class="card__title" dir="auto">
          <a href={href(`/videos/${id}`)}>{title}</a>
        </h2>
        <p class="card__about">
          {status !== 'done' && <span class={`badge badge--${stateLooks[status]}`}>{stateNames[status]}</span>}
          <span>{format}</span>
          {edition > 1 && <span>version {edition}</span>}
          {durationSeconds !== undefined && <span>{clock(durationSeconds)}</span>}
          <time dateTime={createdAt} title={dateTime(createdAt)}>
            {ago(createdAt)}
          </time>
        </p>
      </div>
      <div class="card__tools">
        <LinkButton kind="quiet" size="small" icon="copy" label={`Duplicate ${title}`} href={href(`/?from=${id}`)} />
        <Button kind="quiet" size="small" icon="trash" label={`Delete ${title}`} onClick={() => setAsked(true)} />
      </div>
      <RemoveDialog id={id} title={title} isOpen={isAsked} onClose={() => setAsked(false)} onRemoved={onRemoved} />
    </li>
  )
}

function Picture({ video, isLively }: { video: VideoSummary; isLively: boolean }) {
  const { status, posterLink, previewLink } = video
  return (
    <div class="card__picture">
      {posterLink !== undefined && (
        <>
          <img class="card__ground" src={posterLink} alt="" loading="lazy" decoding="async" />
          <img class="card__poster" src={posterLink} alt="" loading="lazy" decoding="async" />
        </>
      )}
      {isLively && previewLink !== undefined && <img class="card__poster" src={previewLink} alt="" />}
      {posterLink === undefined && (
        <span class={`card__blank${isUnderWay(status) ? ' skeleton' : ''}`}>
          <Icon name={status === 'failed' ? 'alert' : 'clip'} size={28} />
        </span>
      )}
      {isUnderWay(status) && (
        <div class="card__progress">
          <ProgressOf video={video} label={`Progress of ${video.title ?? 'the video'}`} />
        </div>
      )}
    </div>
  )
}
