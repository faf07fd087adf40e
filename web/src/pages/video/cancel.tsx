import type { VideoDetails } from '../../../../api/schemas/videos.ts'
import { post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { focusOn } from '../../focus.ts'
import { money } from '../../format.ts'
import { useAct } from './act.ts'
import type { Live } from './live.ts'

type Props = { video: VideoDetails; live: Live; isOpen: boolean; onClose: () => void }

/** Says what is kept and what has been paid before anything is stopped. */
export function Cancel({ video, live, isOpen, onClose }: Props) {
  const { isBusy, act } = useAct()
  const isChange = video.links !== undefined
  const cancel = async () => {
    const isDone = await act(async () => {
      await post(`/v1/videos/${video.id}/cancel`)
      await live.reload()
    })
    if (!isDone) return
    onClose()
    focusOn()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title={isChange ? 'Cancel this change?' : 'Cancel this video?'}
      actions={
        <>
          <Button onClick={onClose}>Keep going</Button>
          <Button kind="danger" isBusy={isBusy} onClick={() => void cancel()}>
            {isChange ? 'Cancel the change' : 'Cancel the video'}
          </Button>
        </>
      }
    >
      <ul class="plain-list">
        {isChange && <li>The version that you have stays as it is.</li>}
        <li>What is finished is kept, so trying again goes on from there and buys nothing twice.</li>
        <li>
          {video.bill.totalUsd > 0
            ? `${money(video.bill.totalUsd)} has been spent on services and stays spent.`
            : 'Nothing has been spent on services.'}
        </li>
      </ul>
    </Dialog>
  )
}
