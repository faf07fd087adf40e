// One of several, each a card: native radio buttons, so arrow keys and screen readers work as everywhere.
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { FieldError } from './field.tsx'

export type CardOption<Id extends string> = {
  id: Id
  name: string
  description?: ComponentChildren
  /** Above the name: a picture or a shape, of no meaning to those who do not see it. */
  picture?: ComponentChildren
  /** On the card but not part of the choice: a play button. */
  beside?: ComponentChildren
}

type Props<Id extends string> = {
  legend: string
  isLegendHidden?: boolean
  hint?: ComponentChildren
  error?: string | undefined
  options: readonly CardOption<Id>[]
  value: Id
  onChange: (value: Id) => void
  /** 'pictures': a grid of tall cards; 'rows': name beside picture; 'segments': one line of words. */
  shape?: 'pictures' | 'rows' | 'segments'
  class?: string
}

export function RadioCards<Id extends string>({
  legend,
  isLegendHidden,
  hint,
  error,
  options,
  value,
  onChange,
  shape = 'rows',
  class: more,
}: Props<Id>) {
  const name = useId()
  const described = [hint !== undefined && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <fieldset
      class={['cards', `cards--${shape}`, more].filter(Boolean).join(' ')}
      aria-describedby={described || undefined}
    >
      <legend class={isLegendHidden ? 'unseen' : 'field__label'}>{legend}</legend>
      {hint !== undefined && (
        <p class="field__hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div class="cards__list">
        {options.map((option) => (
          <div class="card-option" key={option.id}>
            <input
              class="card-option__radio"
              type="radio"
              id={`${name}-${option.id}`}
              name={name}
              value={option.id}
              checked={option.id === value}
              aria-describedby={option.description === undefined ? undefined : `${name}-${option.id}-about`}
              onChange={() => onChange(option.id)}
            />
            <label class="card-option__card" for={`${name}-${option.id}`}>
              {option.picture !== undefined && (
                <span class="card-option__picture" aria-hidden="true">
                  {option.picture}
                </span>
              )}
              <span class="card-option__words">
                <span class="card-option__name">{option.name}</span>
                {option.description !== undefined && (
                  <span class="card-option__about" id={`${name}-${option.id}-about`}>
                    {option.description}
                  </span>
                )}
              </span>
            </label>
            {option.beside}
          </div>
        ))}
      </div>
      {error && <FieldError id={`${name}-error`}>{error}</FieldError>}
    </fieldset>
  )
}
