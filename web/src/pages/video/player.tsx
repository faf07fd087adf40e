import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { shapeOf } from './shape.ts'

type Props = {
  /** By the files' names. */
  links: Record<string, string>
  title: string
  format: string
  /** BCP 47. */
  language?: string
  /** Where captions are drawn in the picture already, the track is there and off. */
  hasDrawnCaptions: boolean
  player?: RefObject<HTMLVideoElement | null>
  onTime?: (seconds: number) => void
  /** A link has run out. */
  onBroken?: () => void
}

export function Player({ links, title, format, language = 'en', hasDrawnCaptions, player, onTime, onBroken }: Props) {
  const own = useRef<HTMLVideoElement>(null)
  const video = player ?? own
  const source = useSteady(links['video.mp4'], video)
  const captions = links['captions.vtt']
  return (
    <div class={`player player--${shapeOf(format)}`}>
      <video
        ref={video}
        src={source}
        poster={links['poster.jpg']}
        controls
        playsInline
        preload="metadata"
        aria-label={title}
        onTimeUpdate={(event) => onTime?.(event.currentTarget.currentTime)}
        onSeeking={(event) => onTime?.(event.currentTarget.currentTime)}
        onError={() => onBroken?.()}
      >
        {captions !== undefined && isOfThisPage(captions) && (
          <track kind="captions" src={captions} srcLang={language} label="Captions" default={!hasDrawnCaptions} />
        )}
      </video>
    </div>
  )
}

/** A new address of what is playing (a new version, a new signature) goes on where the old one was. */
function useSteady(source: string | undefined, video: RefObject<HTMLVideoElement | null>): string | undefined {
  const [shown, setShown] = useState(source)
  useEffect(() => {
    if (source === shown) return
    const element = video.current
    const at = element?.currentTime ?? 0
    setShown(source)
    if (!element || at === 0) return
    const goOn = () => {
      element.currentTime = Math.min(at, element.duration || at)
    }
    element.addEventListener('loadedmetadata', goOn, { once: true })
  }, [source])
  return shown
}

/** Browsers load a track of another origin only with CORS for the video too, which signed links may not have. */
function isOfThisPage(link: string): boolean {
  return new URL(link, location.href).origin === location.origin
}
