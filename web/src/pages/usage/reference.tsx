import { useEffect, useState } from 'preact/hooks'
import { apiUrl } from '../../api.ts'
import { LinkButton } from '../../components/button.tsx'

export function Reference() {
  const [base, setBase] = useState('')
  useEffect(() => {
    void apiUrl().then(setBase)
  }, [])
  return (
    <div class="stack stack--close">
      <h3>API</h3>
      <p class="quiet">All that this page does, programs can do too.</p>
      <div class="row">
        <LinkButton size="small" icon="out" href={`${base}/reference`} isElsewhere>
          API reference
        </LinkButton>
        <LinkButton size="small" kind="quiet" icon="out" href={`${base}/openapi.json`} isElsewhere>
          openapi.json
        </LinkButton>
      </div>
    </div>
  )
}
