import type * as z from 'zod'
import type { Finding } from '../../../../api/schemas/fields.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { Icon } from '../../components/icon.tsx'
import { count } from '../../format.ts'
import { capitalised } from './names.ts'

/** What was measured in the finished file, and what it had to be. */
export function Checks({ findings }: { findings: z.infer<typeof Finding>[] }) {
  const wrong = findings.filter(({ ok }) => !ok).length
  return (
    <Disclosure
      summary="What was checked"
      note={
        wrong === 0
          ? `${count(findings.length, 'check')} passed`
          : `${wrong} of ${count(findings.length, 'check')} not passed`
      }
    >
      <ul class="checks">
        {findings.map(worded).map(({ check, ok, measured, wanted }) => (
          <li key={check} class={`checks__check checks__check--${ok ? 'good' : 'bad'}`}>
            <span class="checks__mark">
              <Icon name={ok ? 'check' : 'close'} size={14} />
            </span>
            <span class="checks__name">{capitalised(check)}</span>
            <span class="badge">{ok ? 'Passed' : 'Not passed'}</span>
            <span class="checks__values">
              {measured} <span class="checks__wanted">wanted: {wanted}</span>
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  )
}

type Found = z.infer<typeof Finding>

/** In people's words, where those of the measurement are not. */
function worded(finding: Found): Found {
  const check = names[finding.check] ?? finding.check
  if (finding.check !== 'starts fast') return { ...finding, check }
  const measured = finding.ok ? 'the index of the file is at its beginning' : 'the index of the file is at its end'
  return { check, ok: finding.ok, measured, wanted: 'at its beginning' }
}

const names: Record<string, string> = {
  decodes: 'picture plays to the end',
  'sound decodes': 'sound plays to the end',
  'starts fast': 'plays before all of it is loaded',
  'even frame times': 'runs evenly',
  'colour tags': 'colours are named in the file',
  black: 'longest black stretch',
  still: 'longest stretch without motion',
}
