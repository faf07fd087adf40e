import { useState } from 'preact/hooks'
import type { Scene } from '../../../../api/schemas/fields.ts'
import { Icon } from '../../components/icon.tsx'
import { Spinner } from '../../components/spinner.tsx'

type Props = { scene: Scene; format: string }

/** In the video's own shape from the start: nothing moves when the picture comes. */
export function ScenePicture({ scene: { number, picture, text }, format }: Props) {
  const [shown, setShown] = useState<string>()
  const isHere = picture.link !== undefined && picture.state === 'ready'
  return (
    <div class="scene-picture" data-format={format}>
      <span class="scene-picture__number" aria-hidden="true">
        {number}
      </span>
      {(!isHere || shown === undefined) && (
        <div
          class={`scene-picture__blank${picture.state === 'making' || isHere ? ' skeleton' : ''}`}
          role="img"
          aria-label={`Scene ${number}: ${picture.state === 'making' ? 'its picture is being made' : 'its picture comes later'}`}
        >
          {picture.state === 'making' ? <Spinner /> : <Icon name={picture.kind === 'clip' ? 'clip' : 'picture'} />}
        </div>
      )}
      {isHere && picture.kind === 'clip' && (
        <video
          class="is-shown"
          src={picture.link}
          muted
          playsInline
          preload="metadata"
          onLoadedData={() => setShown(picture.link)}
          aria-label={`Scene ${number}: your clip`}
        />
      )}
      {isHere && picture.kind === 'picture' && (
        <img
          class={shown === picture.link ? 'is-shown' : ''}
          src={picture.link}
          alt={`Scene ${number}: ${text}`}
          loading="lazy"
          decoding="async"
          onLoad={() => setShown(picture.link)}
        />
      )}
    </div>
  )
}
