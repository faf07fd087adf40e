import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { controls } from '../focus.ts'
import { Button } from './button.tsx'

type Props = {
  isOpen: boolean
  /** Escape, the cross, or a click beside it. */
  onClose: () => void
  title: string
  children: ComponentChildren
  /** Buttons at its foot. */
  actions?: ComponentChildren
  size?: 'small' | 'medium' | 'large'
  /** Only its own buttons close it; `onClose` is told when somebody tries otherwise. */
  isKept?: boolean
}

/** Native and modal: the focus begins in its first field, stays inside and goes back to where it came from. */
export function Dialog({ isOpen, onClose, title, children, actions, size = 'medium', isKept }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (isOpen && !element.open) {
      element.showModal()
      element.querySelector<HTMLElement>(`.dialog__body :is(${controls})`)?.focus()
      // Without a field, at the first answer, which changes nothing.
      if (!element.querySelector('.dialog__body :focus'))
        element.querySelector<HTMLElement>('.dialog__foot .button')?.focus()
    }
    if (!isOpen && element.open) element.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      class={`dialog dialog--${size}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      // Pressing Escape twice closes it whatever is said to it.
      onClose={() => {
        if (!isOpen) return
        if (isKept) dialog.current?.showModal()
        onClose()
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {isOpen && (
        <div class="dialog__box">
          <header class="dialog__head">
            <h2 id={id} dir="auto">
              {title}
            </h2>
            {!isKept && <Button kind="quiet" size="small" icon="close" label="Close" onClick={onClose} />}
          </header>
          <div class="dialog__body">{children}</div>
          {actions !== undefined && <footer class="dialog__foot">{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
