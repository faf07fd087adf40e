import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
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
}

/** Native and modal: the focus stays inside and goes back to where it came from. */
export function Dialog({ isOpen, onClose, title, children, actions, size = 'medium' }: Props) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (isOpen && !element.open) element.showModal()
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
      onClick={(event) => {
        if (event.target === dialog.current) onClose()
      }}
    >
      {isOpen && (
        <div class="dialog__box">
          <header class="dialog__head">
            <h2 id={id}>{title}</h2>
            <Button kind="quiet" size="small" icon="close" label="Close" onClick={onClose} />
          </header>
          <div class="dialog__body">{children}</div>
          {actions !== undefined && <footer class="dialog__foot">{actions}</footer>}
        </div>
      )}
    </dialog>
  )
}
