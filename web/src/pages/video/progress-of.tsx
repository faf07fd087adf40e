import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { Progress } from '../../components/progress.tsx'
import { isLost } from '../../connection.ts'
import { waitOf } from './waiting.ts'

type Props = {
  video: Pick<VideoDetails, 'status' | 'progress' | 'queuePosition'>
  size?: 'large' | 'small'
  label?: string
}

/** The bar, the percent, and how long to go or how many are before it. */
export function ProgressOf({ video, size = 'small', label = 'Progress of the video' }: Props) {
  const { status, progress } = video
  const percent = status === 'queued' ? undefined : Math.floor(progress?.percent ?? 0)
  // How long it takes is not known while nothing comes.
  const wait = isLost.value ? 'connection lost' : waitOf(video)
  return (
    <div class={`progress-of progress-of--${size}`}>
      <p class="progress-of__words">
        <span class="progress-of__percent">{percent === undefined ? 'Waiting' : `${percent} %`}</span>
        <span class="progress-of__wait">{wait}</span>
      </p>
      <Progress value={percent} label={label} text={percent === undefined ? wait : `${percent} %, ${wait}`} />
    </div>
  )
}
