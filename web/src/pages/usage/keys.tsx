// Keys for people and programs: to make, to renew, to end. A key is shown once and never again.
import { useState } from 'preact/hooks'
import type { Key, NewKey } from '../../../../api/schemas/house.ts'
import { del, post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { Problem } from '../../components/empty.tsx'
import { Icon } from '../../components/icon.tsx'
import { Loading } from '../../components/spinner.tsx'
import { tell } from '../../components/toast.tsx'
import { ago, date, shortened } from '../../format.ts'
import { focusOn } from '../../focus.ts'
import type { Resource } from '../../resource.ts'
import { signInWith, token } from '../../session.ts'
import { useAct } from '../video/act.ts'
import { CopyField } from '../video/copy.tsx'
import { NewKeyDialog } from './new-key.tsx'

type Asked = { what: 'revoke' | 'rotate'; key: Key }

export function Keys({ keys: { data, error, reload } }: { keys: Resource<{ keys: Key[] }> }) {
  const [isMaking, setMaking] = useState(false)
  const [asked, setAsked] = useState<Asked>()
  const [made, setMade] = useState<NewKey>()
  const [isHeld, setHeld] = useState(false)
  const show = (key: NewKey) => {
    setMade(key)
    setHeld(false)
    reload()
  }
  const done = () => {
    setMade(undefined)
    focusOn('#keys')
  }
  return (
    <section class="panel stack" aria-labelledby="keys">
      <div class="usage__head">
        <h2 id="keys" tabIndex={-1}>
          <Icon name="key" /> Keys
        </h2>
        <Button icon="create" onClick={() => setMaking(true)}>
          New key
        </Button>
      </div>
      {error && !data && <Problem error={error} onRetry={reload} />}
      {!data && !error && <Loading>Loading the keys…</Loading>}
      {data && (
        <ul class="keys">
          {data.keys.map((key) => (
            <OneKey key={key.id} of={key} onAsk={(what) => setAsked({ what, key })} />
          ))}
        </ul>
      )}
      <NewKeyDialog isOpen={isMaking} onClose={() => setMaking(false)} onMade={show} />
      <Sure asked={asked} onClose={() => setAsked(undefined)} onRotated={show} onRevoked={reload} />
      <Dialog
        isOpen={made !== undefined}
        onClose={() => setHeld(true)}
        isKept
        title="Your new key"
        size="small"
        actions={
          <Button kind="primary" onClick={done}>
            I have copied it
          </Button>
        }
      >
        {made && (
          <CopyField
            label={`Key “${shortened(made.name, 60)}”`}
            hint="It is shown this once: copy it to a safe place now."
            value={made.key}
          />
        )}
        <p class="field__hint" role="status">
          {isHeld && 'Copy it first, then press “I have copied it”: nobody can show it again.'}
        </p>
      </Dialog>
    </section>
  )
}

function OneKey({ of, onAsk }: { of: Key; onAsk: (what: Asked['what']) => void }) {
  const { name, space, createdAt, lastUsedAt, revokedAt, isThis } = of
  const isEnded = revokedAt !== undefined && Date.parse(revokedAt) <= Date.now()
  return (
    <li class={`keys__key${isEnded ? ' keys__key--ended' : ''}`}>
      <div class="keys__words">
        <p class="keys__name">
          <bdi>{name}</bdi> {isThis && <span class="badge badge--busy">in use here</span>}
          {isEnded && <span class="badge">revoked</span>}
        </p>
        <p class="quiet">
          {space === 'own' ? 'Sees its own videos only' : 'Sees your videos'} · made {date(createdAt)} ·{' '}
          {revokedAt !== undefined
            ? `${isEnded ? 'ended' : 'ends'} ${date(revokedAt)}`
            : lastUsedAt === undefined
              ? 'never used'
              : `used ${ago(lastUsedAt)}`}
        </p>
      </div>
      {!isEnded && (
        <div class="row">
          {/* One with videos of its own renews itself: nobody else may have the key to them. */}
          {(isThis || space !== 'own') && (
            <Button size="small" icon="refresh" onClick={() => onAsk('rotate')}>
              Renew<span class="unseen"> key {name}</span>
            </Button>
          )}
          <Button size="small" kind="quiet" icon="trash" onClick={() => onAsk('revoke')}>
            Revoke<span class="unseen"> key {name}</span>
          </Button>
        </div>
      )}
    </li>
  )
}

type SureProps = {
  asked: Asked | undefined
  onClose: () => void
  onRotated: (key: NewKey) => void
  onRevoked: () => void
}

function Sure({ asked, onClose, onRotated, onRevoked }: SureProps) {
  const { isBusy, act } = useAct()
  const isRevoke = asked?.what === 'revoke'
  const go = async ({ key: { id, isThis } }: Asked) => {
    const isDone = await act(async () => {
      if (isRevoke) await del(`/v1/keys/${id}`)
      else {
        const renewed = await post<NewKey>(`/v1/keys/${id}/rotate`, {})
        // This page goes on with the new one where it was the key itself that signed in.
        if (isThis && token.value !== undefined) signInWith(renewed.key)
        onRotated(renewed)
      }
    })
    if (!isDone) return
    onClose()
    if (!isRevoke) return
    tell('The key was revoked.', { kind: 'success' })
    onRevoked()
    focusOn('#keys')
  }
  return (
    <Dialog
      isOpen={asked !== undefined}
      onClose={onClose}
      size="small"
      title={isRevoke ? 'Revoke this key?' : 'Renew this key?'}
      actions={
        <>
          <Button onClick={onClose}>Keep it as it is</Button>
          <Button kind={isRevoke ? 'danger' : 'primary'} isBusy={isBusy} onClick={() => asked && void go(asked)}>
            {isRevoke ? 'Revoke' : 'Renew'}
          </Button>
        </>
      }
    >
      <p>
        “<bdi>{shortened(asked?.key.name ?? '', 60)}</bdi>”{' '}
        {isRevoke ? 'lets nobody in any more, at once.' : 'is replaced by a new key, and lets nobody in any more.'}{' '}
        Whatever uses it needs another key.
        {asked?.key.isThis && isRevoke && ' It is the one that you are signed in with: you will be signed out.'}
      </p>
    </Dialog>
  )
}
