import { useState } from 'preact/hooks'
import type { Share } from '../../../../api/schemas/videos.ts'
import { post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { useAct } from './act.ts'
import { CopyField } from './copy.tsx'

export function ShareButton({ id, title }: { id: string; title: string }) {
  const [link, setLink] = useState<string>()
  const { isBusy, act } = useAct()
  const share = () =>
    act(async () => {
      const made = await post<Share>(`/v1/videos/${id}/share`)
      setLink(new URL(made.link, location.href).href)
    })
  return (
    <>
      <Button icon="share" isBusy={isBusy} onClick={() => void share()}>
        Share
      </Button>
      <Dialog isOpen={link !== undefined} onClose={() => setLink(undefined)} title="Share this video" size="small">
        {link !== undefined && (
          <div class="stack">
            <CopyField
              label="Link"
              hint="Whoever has it can watch and download the video, without a key."
              value={link}
            />
            {'share' in navigator && (
              <Button
                kind="primary"
                icon="share"
                onClick={() => void navigator.share({ title, url: link }).catch(() => {})}
              >
                Send it with…
              </Button>
            )}
          </div>
        )}
      </Dialog>
    </>
  )
}
