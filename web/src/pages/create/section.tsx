import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** A part of the form. */
export function Section({ title, hint, children }: { title: string; hint?: string; children: ComponentChildren }) {
  const id = useId()
  return (
    <section class="create__section" aria-labelledby={id}>
      <header class="create__section-head">
        <h2 id={id}>{title}</h2>
        {hint !== undefined && <p class="field__hint">{hint}</p>}
      </header>
      {children}
    </section>
  )
}
