// Short messages that come and go at the edge of the page, and are read out.
import { effect, signal } from '@preact/signals'
import { noConnection } from '../api.ts'
import { isLost } from '../connection.ts'
import { Button } from './button.tsx'
import { Icon } from './icon.tsx'

type Toast = {
  id: number
  text: string
  kind: 'info' | 'success' | 'error'
  action?: { label: string; do: () => void }
}

const toasts = signal<Toast[]>([])
let lastId = 0

/** Errors and what can be acted on stay until they are closed. */
export function tell(text: string, { kind = 'info', action }: Partial<Pick<Toast, 'kind' | 'action'>> = {}): void {
  const id = ++lastId
  toasts.value = [...toasts.value.filter((other) => other.text !== text), { id, text, kind, action }].slice(-3)
  if (kind !== 'error' && !action) setTimeout(() => close(id), 6000)
}

// It is not true any more.
effect(() => {
  if (!isLost.value) toasts.value = toasts.peek().filter(({ text }) => text !== noConnection)
})

/** Of what is under way: when it has ended. Errors, and what can be acted on, stay. */
export function closeNews(): void {
  toasts.value = toasts.value.filter(({ kind, action }) => kind !== 'info' || action)
}

export function Toasts() {
  const lists = {
    polite: toasts.value.filter(({ kind }) => kind !== 'error'),
    urgent: toasts.value.filter(({ kind }) => kind === 'error'),
  }
  return (
    <div class="toasts">
      <div role="status" aria-live="polite">
        {lists.polite.map((toast) => (
          <One key={toast.id} {...toast} />
        ))}
      </div>
      <div role="alert">
        {lists.urgent.map((toast) => (
          <One key={toast.id} {...toast} />
        ))}
      </div>
    </div>
  )
}

function One({ id, text, kind, action }: Toast) {
  return (
    <div class={`toast toast--${kind}`}>
      <Icon name={kind === 'error' ? 'alert' : kind === 'success' ? 'check' : 'info'} />
      <p dir="auto">{text}</p>
      {action && (
        <Button
          kind="quiet"
          size="small"
          onClick={() => {
            close(id)
            action.do()
          }}
        >
          {action.label}
        </Button>
      )}
      <Button kind="quiet" size="small" icon="close" label="Close message" onClick={() => close(id)} />
    </div>
  )
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id)
}
