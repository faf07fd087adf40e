import { useEffect, useRef, useState } from 'preact/hooks'
import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { milestone } from './state.ts'

/** Says milestones to those who do not see the page, politely, and no percents. */
export function Announcer({ video }: { video: VideoDetails | undefined }) {
  const before = useRef<VideoDetails | undefined>(undefined)
  const [text, setText] = useState('')
  useEffect(() => {
    if (!video) return
    const news = milestone(before.current, video)
    before.current = video
    if (news !== undefined) setText(news)
  }, [video])
  return (
    <p class="unseen" role="status">
      {text}
    </p>
  )
}
