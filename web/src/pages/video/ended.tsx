// A video that failed or was cancelled before there was a version to show.
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { LinkButton } from '../../components/button.tsx'
import { href } from '../../router.ts'
import { Cost } from './cost.tsx'
import type { Live } from './live.ts'
import { Notices } from './notices.tsx'
import { Outcome } from './outcome.tsx'
import { RemoveButton } from './remove.tsx'
import { ScenePicture } from './scene-picture.tsx'
import { shapeOf } from './shape.ts'
import { titleOf } from './state.ts'

export function Ended({ video, live }: { video: VideoDetails; live: Live }) {
  const made = video.scenes.filter(({ picture }) => picture.state === 'ready')
  return (
    <>
      <Outcome video={video} live={live} />
      <div class="row">
        <LinkButton icon="copy" href={href(`/?from=${video.id}`)}>
          Edit as a new video
        </LinkButton>
        <RemoveButton id={video.id} title={titleOf(video)} />
      </div>
      <Notices notices={video.notices} />
      {made.length > 0 && (
        <section aria-labelledby="kept">
          <h2 id="kept">What was made so far</h2>
          <ol class={`board board--small board--${shapeOf(video.format)}`}>
            {made.map((scene) => (
              <li key={scene.number} class="board__scene">
                <ScenePicture scene={scene} format={video.format} />
              </li>
            ))}
          </ol>
        </section>
      )}
      <Cost bill={video.bill} isOpen />
    </>
  )
}
