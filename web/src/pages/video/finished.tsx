// A finished video: to watch, take along, share, and change; with what it cost and what was checked.
import { useRef, useState } from 'preact/hooks'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { Button, LinkButton } from '../../components/button.tsx'
import { href } from '../../router.ts'
import { Cancel } from './cancel.tsx'
import { Checks } from './checks.tsx'
import { Cost } from './cost.tsx'
import { Downloads } from './downloads.tsx'
import type { Live } from './live.ts'
import { Notices } from './notices.tsx'
import { Outcome } from './outcome.tsx'
import { Player } from './player.tsx'
import { ProgressOf } from './progress-of.tsx'
import { RemoveButton } from './remove.tsx'
import { shapeOf } from './shape.ts'
import { ShareButton } from './share.tsx'
import { isUnderWay, titleOf } from './state.ts'
import { Storyboard } from './storyboard.tsx'
import { VariantsButton } from './variants.tsx'

type Props = { video: VideoDetails; live: Live }

export function Finished({ video, live }: Props) {
  const player = useRef<HTMLVideoElement>(null)
  const [seconds, setSeconds] = useState(0)
  const seek = (to: number) => {
    if (!player.current) return
    player.current.currentTime = to
    player.current.scrollIntoView({ block: 'nearest' })
    player.current.play().catch(() => {})
  }
  const title = titleOf(video)
  return (
    <>
      {isUnderWay(video.status) && <NextVersion video={video} live={live} />}
      {(video.status === 'failed' || video.status === 'cancelled') && <Outcome video={video} live={live} />}
      <div class={`finished finished--${shapeOf(video.format)}`}>
        <div class="finished__watch">
          {video.links && (
            <Player
              links={video.links}
              title={title}
              format={video.format}
              language={languageOf(video)}
              hasDrawnCaptions={lookOf(video) !== 'none'}
              player={player}
              onTime={setSeconds}
              onBroken={() => void live.reload()}
            />
          )}
          <div class="finished__actions">
            {video.links && <Downloads links={video.links} title={title} />}
            <ShareButton id={video.id} title={title} />
            <VariantsButton video={video} />
            <LinkButton icon="copy" href={href(`/?from=${video.id}`)}>
              Duplicate
            </LinkButton>
            <RemoveButton id={video.id} title={title} />
          </div>
          <p class="finished__hint" id="what-actions-do">
            Variants: this video in another format, language or voice. Duplicate: its text and choices as the beginning
            of a new one.
          </p>
        </div>
        <div class="finished__about">
          <Notices notices={video.notices} />
          {video.scenes.length > 0 && <Storyboard video={video} live={live} seconds={seconds} onSeek={seek} />}
          <Cost bill={video.bill} />
          {video.findings && <Checks findings={video.findings} />}
        </div>
      </div>
    </>
  )
}

/** The version that is there stays to watch meanwhile. */
function NextVersion({ video, live }: Props) {
  const [isAsked, setAsked] = useState(false)
  return (
    <section class="next-version" aria-label="New version">
      <p class="next-version__title">A new version is being made. You can watch the one before meanwhile.</p>
      <ProgressOf video={video} label="Progress of the new version" />
      <Button kind="quiet" size="small" icon="close" onClick={() => setAsked(true)}>
        Cancel
      </Button>
      <Cancel video={video} live={live} isOpen={isAsked} onClose={() => setAsked(false)} />
    </section>
  )
}

function languageOf({ request }: VideoDetails): string | undefined {
  return typeof request['language'] === 'string' ? request['language'] : undefined
}

function lookOf({ request: { captions } }: VideoDetails): unknown {
  return typeof captions === 'object' && captions !== null ? (captions as { look?: unknown }).look : captions
}
