// A video in the making: how far it is, what is being done, and what is there already.
import { useState } from 'preact/hooks'
import type { Scene } from '../../../../api/schemas/fields.ts'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { Button } from '../../components/button.tsx'
import { Cancel } from './cancel.tsx'
import type { Live } from './live.ts'
import { Notices } from './notices.tsx'
import { ProgressOf } from './progress-of.tsx'
import { ScenePicture } from './scene-picture.tsx'
import { shapeOf } from './shape.ts'
import { Steps } from './steps.tsx'
import { Words } from './words.tsx'

export function Making({ video, live }: { video: VideoDetails; live: Live }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <section class="making" aria-label="Progress">
        <ProgressOf video={video} size="large" />
        <Steps video={video} />
        <div class="making__foot">
          <p class="making__hint">You may leave this page: the video goes on, and waits in your library.</p>
          <Button kind="quiet" icon="close" onClick={() => setAsked(true)}>
            Cancel
          </Button>
        </div>
      </section>
      <Notices notices={video.notices} />
      {video.scenes.length > 0 ? <Scenes video={video} /> : <Script video={video} />}
      <Cancel video={video} live={live} isOpen={isAsked} onClose={() => setAsked(false)} />
    </>
  )
}

function Scenes({ video: { scenes, format } }: { video: VideoDetails }) {
  return (
    <section class="making__scenes" aria-labelledby="scenes">
      <h2 id="scenes">Scenes</h2>
      <ol class={`board board--${shapeOf(format)}`}>
        {scenes.map((scene) => (
          <SceneInMaking key={scene.number} scene={scene} format={format} />
        ))}
      </ol>
    </section>
  )
}

function SceneInMaking({ scene, format }: { scene: Scene; format: string }) {
  return (
    <li class="board__scene">
      <ScenePicture scene={scene} format={format} />
      <p class="board__text" dir="auto">
        <Words text={scene.text} isSpoken={(scene.words ?? []).length > 0} startMs={scene.startMs} />
      </p>
    </li>
  )
}

/** Until it is divided into scenes: the script as it was given, or that one is being written. */
function Script({ video: { request } }: { video: VideoDetails }) {
  const { script, scenes } = request
  const texts = Array.isArray(scenes) ? (scenes as { text?: string }[]).flatMap(({ text }) => text ?? []) : []
  const paragraphs = typeof script === 'string' ? script.split(/\n\s*\n/) : texts
  return (
    <section class="making__script" aria-labelledby="script">
      <h2 id="script">Script</h2>
      {paragraphs.length > 0 ? (
        paragraphs.map((paragraph, index) => (
          <p key={index} class="words words--waiting" dir="auto">
            {paragraph}
          </p>
        ))
      ) : (
        <div class="lines" role="img" aria-label="The script is being written">
          {[1, 2, 3, 4, 5].map((line) => (
            <span key={line} class="skeleton lines__line" />
          ))}
        </div>
      )}
    </section>
  )
}
