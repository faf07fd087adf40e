import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Icon } from '../../components/icon.tsx'
import { money } from '../../format.ts'
import { useAct } from './act.ts'
import type { Live } from './live.ts'

/** Why there is no video, or no new version of it, and how to go on. */
export function Outcome({ video, live }: { video: VideoDetails; live: Live }) {
  const { isBusy, act } = useAct()
  const isFailed = video.status === 'failed'
  const what = video.links ? 'The change' : 'The video'
  const retry = () =>
    act(async () => {
      await post(`/v1/videos/${video.id}/retry`)
      await live.reload()
    })
  return (
    <section class={`outcome outcome--${video.status}`} aria-label="What happened">
      <Icon name={isFailed ? 'alert' : 'stop'} size={22} />
      <div class="outcome__words">
        <h2>{isFailed ? `${what} could not be made` : `${what} was cancelled`}</h2>
        {isFailed && <p>{video.error?.message ?? 'Something on the way did not work.'}</p>}
        {video.links && <p>The version below is as it was.</p>}
        <p class="outcome__cost">
          {video.bill.totalUsd > 0
            ? `Spent so far: ${money(video.bill.totalUsd)}. `
            : 'Nothing was spent on services. '}
          What was made is kept: trying again buys nothing twice.
        </p>
      </div>
      <Button kind="primary" icon="refresh" isBusy={isBusy} onClick={() => void retry()}>
        Try again
      </Button>
    </section>
  )
}
