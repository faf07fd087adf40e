import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'

type Props = {
  summary: string
  note?: ComponentChildren
  isOpen?: boolean
  onToggle?: (isOpen: boolean) => void
  children: ComponentChildren
}

/** Folded away until it is asked for. `note`: what is inside or what it stands at, in a few words. */
export function Disclosure({ summary, note, isOpen, onToggle, children }: Props) {
  return (
    <details class="disclosure" open={isOpen} onToggle={(event) => onToggle?.(event.currentTarget.open)}>
      <summary class="disclosure__summary">
        <Icon name="right" size={18} />
        <span class="disclosure__title">{summary}</span>
        {note !== undefined && <span class="disclosure__note">{note}</span>}
      </summary>
      <div class="disclosure__body">{children}</div>
    </details>
  )
}
