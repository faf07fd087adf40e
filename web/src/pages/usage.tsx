// What was made and what it cost, and the keys that may make more.
import { useState } from 'preact/hooks'
import type { Usage } from '../../../api/schemas/house.ts'
import { Button } from '../components/button.tsx'
import { Problem } from '../components/empty.tsx'
import { SelectField } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { PageHeading } from '../components/page-heading.tsx'
import { Loading } from '../components/spinner.tsx'
import { useResource } from '../resource.ts'
import { signOut } from '../session.ts'
import { Keys } from './usage/keys.tsx'
import { lastMonths } from './usage/months.ts'
import { Reference } from './usage/reference.tsx'
import { Spend } from './usage/spend.tsx'
import { WebhookSecret } from './usage/webhook-secret.tsx'

export function UsagePage() {
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
      <Month />
      <Keys />
      <section class="panel stack" aria-labelledby="programs">
        <h2 id="programs">
          <Icon name="link" /> For programs
        </h2>
        <WebhookSecret />
        <Reference />
      </section>
    </div>
  )
}

function Month() {
  const [months] = useState(() => lastMonths(new Date(), 12))
  const [id, setId] = useState(months[0]!.id)
  const { from, to } = months.find((month) => month.id === id)!
  const { data, error, reload } = useResource<Usage>(`/v1/usage?from=${from}&to=${to}`)
  return (
    <section class="panel usage__month" aria-labelledby="spend">
      <div class="usage__head">
        <h2 id="spend">
          <Icon name="usage" /> What it came to
        </h2>
        <SelectField label="Month" isLabelHidden options={months} value={id} onChange={setId} />
      </div>
      {error && !data && <Problem error={error} onRetry={reload} />}
      {!data && !error && <Loading>Adding up…</Loading>}
      {data && <Spend usage={data} key={id} />}
    </section>
  )
}
