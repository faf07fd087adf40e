import { useState } from 'preact/hooks'
import { get, post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { tell } from '../../components/toast.tsx'
import { useAct } from '../video/act.ts'
import { CopyField } from '../video/copy.tsx'

/** Shown only when it is asked for: screens are shared. */
export function WebhookSecret() {
  const [secret, setSecret] = useState<string>()
  const [isAsked, setAsked] = useState(false)
  const { isBusy, act } = useAct()
  const show = () => act(async () => setSecret((await get<{ secret: string }>('/v1/webhooks/secret')).secret))
  const rotate = async () => {
    const isDone = await act(async () =>
      setSecret((await post<{ secret: string }>('/v1/webhooks/secret/rotate')).secret),
    )
    if (!isDone) return
    setAsked(false)
    tell('The secret was replaced.', { kind: 'success' })
  }
  return (
    <div class="stack stack--close">
      <h3>Webhook secret</h3>
      <p class="quiet">
        Messages to your webhooks are signed with it, as Standard Webhooks has it. Check the signature before you trust
        a message.
      </p>
      {secret !== undefined && <CopyField label="Secret" value={secret} />}
      <div class="row">
        <Button
          size="small"
          icon="key"
          isBusy={isBusy && !isAsked}
          onClick={() => (secret === undefined ? void show() : setSecret(undefined))}
        >
          {secret === undefined ? 'Show' : 'Hide'}
          <span class="unseen"> the webhook secret</span>
        </Button>
        <Button size="small" kind="quiet" icon="refresh" onClick={() => setAsked(true)}>
          Replace<span class="unseen"> the webhook secret</span>
        </Button>
      </div>
      <Dialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        size="small"
        title="Replace the webhook secret?"
        actions={
          <>
            <Button onClick={() => setAsked(false)}>Keep it</Button>
            <Button kind="primary" isBusy={isBusy} onClick={() => void rotate()}>
              Replace
            </Button>
          </>
        }
      >
        <p>
          For another 24 hours messages carry both signatures, the old secret's and the new one's. Then only the new one
          counts.
        </p>
      </Dialog>
    </div>
  )
}
