// The scenes of a finished video: to see, to jump to, to change one by one.
import { useState } from 'preact/hooks'
import type { Scene } from '../../../../api/schemas/fields.ts'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { clock } from '../../format.ts'
import { ChangeScene } from './change-scene.tsx'
import type { Live } from './live.ts'
import { ScenePicture } from './scene-picture.tsx'
import { isUnderWay } from './state.ts'

type Props = { video: VideoDetails; live: Live; seconds: number; onSeek: (seconds: number) => void }

export function Storyboard({ video, live, seconds, onSeek }: Props) {
  const now = video.scenes.findLast(({ startMs = Infinity }) => startMs <= seconds * 1000 + 1)?.number
  return (
    <section class="storyboard" aria-labelledby="storyboard">
      <h2 id="storyboard">Storyboard</h2>
      {isUnderWay(video.status) && <p class="quiet">Scenes can be changed again when the new version is there.</p>}
      <ol class="storyboard__scenes">
        {video.scenes.map((scene) => (
          <OneScene
            key={scene.number}
            scene={scene}
            video={video}
            live={live}
            isNow={seconds > 0 && scene.number === now}
            onSeek={onSeek}
          />
        ))}
      </ol>
    </section>
  )
}

type OneProps = Pick<Props, 'video' | 'live' | 'onSeek'> & { scene: Scene; isNow: boolean }

function OneScene({ scene, video, live, isNow, onSeek }: OneProps) {
  const [isChanging, setChanging] = useState(false)
  const { number, startMs = 0, endMs } = scene
  const isBusy = isUnderWay(video.status)
  // The button that had the focus is gone with what it opened.
  const close = () => {
    setChanging(false)
    document.getElementById(`change-${number}-button`)?.focus()
  }
  return (
    <li class={`storyboard__scene${isNow ? ' storyboard__scene--now' : ''}`} aria-current={isNow ? 'true' : undefined}>
      <button
        type="button"
        class="storyboard__picture"
        aria-label={`Play scene ${number}, from ${clock(startMs / 1000)}`}
        onClick={() => onSeek(startMs / 1000)}
      >
        <ScenePicture scene={scene} format={video.format} />
        <span class="storyboard__play">
          <Icon name="play" />
        </span>
      </button>
      <div class="storyboard__words">
        <p class="storyboard__time">
          {clock(startMs / 1000)}
          {endMs !== undefined && ` – ${clock(endMs / 1000)}`}
        </p>
        <p class="storyboard__text" dir="auto">
          {scene.text}
        </p>
        <Button
          kind="quiet"
          size="small"
          icon={isChanging ? 'up' : 'edit'}
          class="storyboard__change"
          id={`change-${number}-button`}
          isDisabled={isBusy}
          aria-expanded={isChanging && !isBusy}
          aria-controls={`change-${number}`}
          onClick={() => setChanging(!isChanging)}
        >
          {isChanging ? 'Close' : 'Change'}
          <span class="unseen"> scene {number}</span>
        </Button>
      </div>
      <div class="storyboard__changes" id={`change-${number}`} hidden={!isChanging || isBusy}>
        {isChanging && !isBusy && <ChangeScene scene={scene} video={video} live={live} onSent={close} />}
      </div>
    </li>
  )
}
