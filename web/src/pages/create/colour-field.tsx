import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'

type Props = { label: string; value: string; onChange: (value: string) => void }

/** A colour as '#ffd23f', or none: then it is the look's own. */
export function ColourField({ label, value, onChange }: Props) {
  return (
    <Field label={label}>
      {(control) => (
        <span class="colour">
          <input
            {...control}
            class="colour__well"
            type="color"
            value={value || '#ffd23f'}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <span class="colour__name">{value || 'As the look has it'}</span>
          {value !== '' && (
            <Button kind="quiet" size="small" icon="close" label="The look's own colour" onClick={() => onChange('')} />
          )}
        </span>
      )}
    </Field>
  )
}
