import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'
import { Spinner } from './spinner.tsx'

type Look = {
  /** 'primary' once a page; 'danger' for what cannot be undone. */
  kind?: 'primary' | 'secondary' | 'quiet' | 'danger'
  size?: 'small' | 'medium' | 'large'
  icon?: IconName
  /** Only the icon is seen; `label` is read out. */
  label?: string
  children?: ComponentChildren
  class?: string
}

type ButtonProps = Look & {
  onClick?: (event: MouseEvent) => void
  type?: 'button' | 'submit'
  isDisabled?: boolean
  /** Shows that it works on it, and takes no more clicks. */
  isBusy?: boolean
  'aria-expanded'?: boolean
  'aria-pressed'?: boolean
  'aria-controls'?: string
  'aria-describedby'?: string
  'aria-keyshortcuts'?: string
  id?: string
}

/** A busy or disabled one stays in the tab order, so that nobody loses their place. */
export function Button({
  kind,
  size,
  icon,
  label,
  children,
  class: more,
  onClick,
  type = 'button',
  isDisabled,
  isBusy,
  ...rest
}: ButtonProps) {
  const isOff = isDisabled || isBusy
  return (
    <button
      {...rest}
      type={type}
      class={classOf({ kind, size, label, class: more })}
      aria-label={label}
      title={label}
      aria-disabled={isOff ? true : undefined}
      aria-busy={isBusy ? true : undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault()
        else onClick?.(event)
      }}
    >
      {isBusy ? <Spinner size={18} /> : icon && <Icon name={icon} />}
      {children !== undefined && <span class="button__text">{children}</span>}
    </button>
  )
}

type LinkProps = Look & { href: string; download?: string | boolean; isElsewhere?: boolean }

/** Looks like a button, is a link. `isElsewhere`: opens a tab of its own. */
export function LinkButton({ kind, size, icon, label, children, class: more, href, download, isElsewhere }: LinkProps) {
  const elsewhere = isElsewhere ? { target: '_blank', rel: 'noreferrer' } : {}
  return (
    <a
      {...elsewhere}
      href={href}
      download={download}
      class={classOf({ kind, size, label, class: more })}
      aria-label={label}
      title={label}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span class="button__text">{children}</span>}
    </a>
  )
}

function classOf({ kind = 'secondary', size = 'medium', label, class: more }: Look): string {
  return ['button', `button--${kind}`, `button--${size}`, label !== undefined && 'button--icon', more]
    .filter(Boolean)
    .join(' ')
}
