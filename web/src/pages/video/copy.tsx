import { useRef } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { tell } from '../../components/toast.tsx'

/** A text to take along: read-only, selected when it gets the focus, and copied by a button. */
export function CopyField({ label, hint, value }: { label: string; hint?: string; value: string }) {
  const input = useRef<HTMLInputElement>(null)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value)
      tell('Copied.', { kind: 'success' })
    } catch {
      // Without a secure address, or where it is forbidden, browsers still copy by keys.
      input.current?.select()
      tell('Selected: copy it with the keys of your device.')
    }
  }
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <div class="copy">
          <input
            class="input"
            {...control}
            ref={input}
            readOnly
            value={value}
            onFocus={(event) => event.currentTarget.select()}
          />
          <Button icon="copy" onClick={() => void copy()}>
            Copy
          </Button>
        </div>
      )}
    </Field>
  )
}
