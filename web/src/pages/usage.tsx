// What was made and what it cost, and the keys that may make more.
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Key, Usage } from '../../../api/schemas/house.ts'
import { Button } from '../components/button.tsx'
import { Problem } from '../components/empty.tsx'
import { SelectField } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { Loading } from '../components/spinner.tsx'
import { type Resource, useResource } from '../resource.ts'
import { signOut } from '../session.ts'
import { Keys } from './usage/keys.tsx'
import { lastMonths, type Month as MonthOf } from './usage/months.ts'
import { Reference } from './usage/reference.tsx'
import { Spend } from './usage/spend.tsx'
import { Webhooks } from './usage/webhooks.tsx'
import { WebhookSecret } from './usage/webhook-secret.tsx'

/** All at once, when all is there: nothing that somebody is about to press moves away under their finger. */
export function UsagePage() {
  const [months] = useState(() => lastMonths(new Date(), 12))
  const [id, setId] = useState(months[0]!.id)
  const { from, to } = months.find((month) => month.id === id)!
  const usage = useResource<Usage>(`/v1/usage?from=${from}&to=${to}`)
  const keys = useResource<{ keys: Key[] }>('/v1/keys')
  const [isReady, setReady] = useState(false)
  const areThere = [usage, keys].every(({ data, error }) => data !== undefined || error !== undefined)
  useEffect(() => {
    if (areThere) setReady(true)
  }, [areThere])
  return (
    <div class="page usage">
      <PageHeading
        title="Usage and keys"
        actions={
          <Button icon="exit" onClick={() => signOut()}>
            Sign out
          </Button>
        }
      />
      {!isReady && <Loading>Adding up…</Loading>}
      {isReady && <Month {...{ months, id, setId, usage }} />}
      {isReady && <Keys keys={keys} />}
      {isReady && <Programs />}
    </div>
  )
}

function Programs() {
  return (
    <section class="panel stack" aria-labelledby="programs">
      <h2 id="programs">
        <Icon name="link" /> For programs
      </h2>
      <WebhookSecret />
      <Webhooks />
      <Reference />
    </section>
  )
}

type MonthProps = { months: MonthOf[]; id: string; setId: (id: string) => void; usage: Resource<Usage> }

function Month({ months, id, setId, usage: { data: now, error, reload } }: MonthProps) {
  // The month before stays while the next is asked for: else everything below would jump up and down again.
  const before = useRef(now)
  if (now) before.current = now
  const data = error ? now : before.current
  return (
    <section class="panel usage__month" aria-labelledby="spend">
      <div class="usage__head">
        <h2 id="spend">
          <Icon name="usage" /> What it cost
        </h2>
        <SelectField label="Month" isLabelHidden options={months} value={id} onChange={setId} />
      </div>
      {error && !data && <Problem error={error} onRetry={reload} />}
      {data && (
        <div class={`usage__spend${now ? '' : ' usage__spend--old'}`} aria-busy={!now}>
          <Spend usage={data} key={data.from} />
        </div>
      )}
    </section>
  )
}
