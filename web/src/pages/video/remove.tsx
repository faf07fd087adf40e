import { useState } from 'preact/hooks'
import { del } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { tell } from '../../components/toast.tsx'
import { focusOn } from '../../focus.ts'
import { shortened } from '../../format.ts'
import { go } from '../../router.ts'
import { useAct } from './act.ts'

type Props = { id: string; title: string; isOpen: boolean; onClose: () => void; onRemoved: () => void }

/** Asks before a video and everything that belongs to it is gone. */
export function RemoveDialog({ id, title, isOpen, onClose, onRemoved }: Props) {
  const { isBusy, act } = useAct()
  const remove = async () => {
    if (!(await act(() => del(`/v1/videos/${id}`)))) return
    onClose()
    tell('The video was deleted.', { kind: 'success' })
    onRemoved()
    focusOn()
  }
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      size="small"
      title="Delete this video?"
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button kind="danger" icon="trash" isBusy={isBusy} onClick={() => void remove()}>
            Delete
          </Button>
        </>
      }
    >
      <p>
        “<bdi>{shortened(title, 80)}</bdi>”, its files and its shared links are gone at once. This cannot be undone.
      </p>
    </Dialog>
  )
}

export function RemoveButton({ id, title }: { id: string; title: string }) {
  const [isAsked, setAsked] = useState(false)
  return (
    <>
      <Button kind="quiet" icon="trash" onClick={() => setAsked(true)}>
        Delete
      </Button>
      <RemoveDialog
        id={id}
        title={title}
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        onRemoved={() => go('/videos')}
      />
    </>
  )
}
