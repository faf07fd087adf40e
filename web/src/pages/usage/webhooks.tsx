import { useState } from 'preact/hooks'
import type { WebhookDelivery } from '../../../../api/schemas/house.ts'
import { get, post } from '../../api.ts'
import { Button } from '../../components/button.tsx'
import { Disclosure } from '../../components/disclosure.tsx'
import { Problem } from '../../components/empty.tsx'
import { Loading } from '../../components/spinner.tsx'
import { tell } from '../../components/toast.tsx'
import { ago, count, dateTime } from '../../format.ts'
import { useResource } from '../../resource.ts'
import { href } from '../../router.ts'
import { useAct } from '../video/act.ts'

const shown = 10
const path = `/v1/webhooks?limit=${shown}`

/** What programs were told last. Asked for when it is unfolded. */
export function Webhooks() {
  const [isOpen, setOpen] = useState(false)
  const { data, error, reload, set } = useResource<{ webhooks: WebhookDelivery[] }>(isOpen ? path : undefined)
  const replay = async (id: string) => {
    await post(`/v1/webhooks/${id}/replay`)
    tell('It is being sent again.', { kind: 'success' })
    set(await get<{ webhooks: WebhookDelivery[] }>(path))
  }
  return (
    <Disclosure summary="Last webhook messages" isOpen={isOpen} onToggle={setOpen}>
      {error && !data && <Problem error={error} onRetry={reload} />}
      {isOpen && !data && !error && <Loading>Loading the messages…</Loading>}
      {data?.webhooks.length === 0 && (
        <p class="quiet">None in the last 30 days. A video with a webhook address sends them.</p>
      )}
      {data && data.webhooks.length > 0 && (
        <ul class="keys">
          {data.webhooks.map((message) => (
            <Message key={message.id} message={message} onReplay={replay} />
          ))}
        </ul>
      )}
    </Disclosure>
  )
}

const states = { waiting: 'Waiting', delivered: 'Delivered', 'given-up': 'Given up' } as const
const looks = { waiting: 'busy', delivered: 'good', 'given-up': 'bad' } as const

type Props = { message: WebhookDelivery; onReplay: (id: string) => Promise<void> }

function Message({ message: { id, type, state, videoId, createdAt, attempts, lastAnswer }, onReplay }: Props) {
  const { isBusy, act } = useAct()
  return (
    <li class="keys__key">
      <div class="keys__words">
        <p class="keys__name">
          <a href={href(`/videos/${videoId}`)}>{type}</a>{' '}
          <span class={`badge badge--${looks[state]}`}>{states[state]}</span>
        </p>
        <p class="quiet">
          <time dateTime={createdAt} title={dateTime(createdAt)}>
            {ago(createdAt)}
          </time>
          {` · ${count(attempts, 'attempt')}`}
          {lastAnswer !== undefined && ` · ${lastAnswer}`}
        </p>
      </div>
      <Button size="small" icon="refresh" isBusy={isBusy} onClick={() => void act(() => onReplay(id))}>
        Replay<span class="unseen"> {`${type}, ${ago(createdAt)}`}</span>
      </Button>
    </li>
  )
}
