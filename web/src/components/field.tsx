// Labelled inputs. Errors stand at the field, are read out with it, and say what to do.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { Icon } from './icon.tsx'

type Labelled = {
  label: string
  hint?: ComponentChildren
  error?: string | undefined
  /** The label is for screen readers only. */
  isLabelHidden?: boolean
  isOptional?: boolean
  class?: string
}
/** To be spread on the input. */
export type ControlProps = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }

/** `children` draws the input with what ties it to its label, hint and error. */
export function Field({
  label,
  hint,
  error,
  isLabelHidden,
  isOptional,
  class: more,
  children,
}: Labelled & { children: (control: ControlProps) => ComponentChildren }) {
  const id = useId()
  const described = [hint !== undefined && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class={['field', more].filter(Boolean).join(' ')}>
      <label class={isLabelHidden ? 'unseen' : 'field__label'} for={id}>
        {label}
        {isOptional && <span class="field__optional"> optional</span>}
      </label>
      {children({ id, ...(described && { 'aria-describedby': described }), ...(error && { 'aria-invalid': true }) })}
      {hint !== undefined && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
    </div>
  )
}

export function FieldError({ id, children }: { id?: string; children: ComponentChildren }) {
  return (
    <p class="field__error" id={id} role="alert">
      <Icon name="alert" size={16} />
      <span>{children}</span>
    </p>
  )
}

type Text = Labelled & {
  value: string
  onInput: (value: string) => void
  onBlur?: () => void
  placeholder?: string
  type?: 'text' | 'url' | 'password' | 'number' | 'search' | 'date'
  maxLength?: number
  min?: number | string
  max?: number | string
  step?: number | string
  autocomplete?: 'off'
  spellcheck?: boolean
  /** More than one: a text area. */
  rows?: number
  isReadOnly?: boolean
  inputMode?: 'decimal' | 'numeric'
}

export function TextField({
  value,
  onInput,
  rows = 1,
  isReadOnly,
  label,
  hint,
  error,
  isLabelHidden,
  isOptional,
  class: more,
  ...rest
}: Text) {
  const { type = 'text', ...shared } = rest
  const read = (event: { currentTarget: { value: string } }) => onInput(event.currentTarget.value)
  return (
    <Field {...{ label, hint, error, isLabelHidden, isOptional, class: more }}>
      {(control) =>
        rows > 1 ? (
          <textarea
            class="input"
            dir="auto"
            {...control}
            {...shared}
            rows={rows}
            readOnly={isReadOnly}
            value={value}
            onInput={read}
          />
        ) : (
          <input
            class="input"
            dir="auto"
            {...control}
            {...shared}
            // Preact types each kind of input for itself; these take the same. Without it tsc refuses.
            // oxlint-disable-next-line typescript/no-unnecessary-type-assertion
            type={type as 'text'}
            readOnly={isReadOnly}
            value={value}
            onInput={read}
          />
        )
      }
    </Field>
  )
}

type Option<Id extends string> = { id: Id; name: string; isDisabled?: boolean }
type Choice<Id extends string> = Labelled & { options: readonly Option<Id>[]; value: Id; onChange: (value: Id) => void }

/** A native select: for lists of words. Where pictures or sounds help, RadioCards. */
export function SelectField<Id extends string>({ options, value, onChange, ...labelled }: Choice<Id>) {
  return (
    <Field {...labelled}>
      {(control) => (
        <span class="select">
          <select
            class="input"
            {...control}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value as Id)}
          >
            {options.map(({ id, name, isDisabled }) => (
              <option key={id} value={id} disabled={isDisabled}>
                {name}
              </option>
            ))}
          </select>
          <Icon name="down" size={16} />
        </span>
      )}
    </Field>
  )
}

type SwitchProps = { label: string; hint?: ComponentChildren; isOn: boolean; onChange: (isOn: boolean) => void }

/** On or off at once. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div class="switch">
      <input
        class="switch__box"
        type="checkbox"
        role="switch"
        id={id}
        checked={isOn}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label class="switch__label" for={id}>
        {label}
      </label>
      {hint !== undefined && (
        <p class="field__hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}
