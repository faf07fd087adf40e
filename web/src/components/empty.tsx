import type { ComponentChildren } from 'preact'
import type { ApiError } from '../api.ts'
import { Button } from './button.tsx'
import { Icon, type IconName } from './icon.tsx'

/** In place of what is not there yet: says what would be here and how to get it. */
export function Empty({
  icon = 'library',
  title,
  children,
  action,
}: {
  icon?: IconName
  title: string
  children?: ComponentChildren
  action?: ComponentChildren
}) {
  return (
    <div class="empty">
      <span class="empty__icon">
        <Icon name={icon} size={28} />
      </span>
      <h2 class="empty__title">{title}</h2>
      {children !== undefined && <p class="empty__text">{children}</p>}
      {action}
    </div>
  )
}

/** In place of what could not be had. */
export function Problem({ error, onRetry }: { error: ApiError; onRetry?: () => void }) {
  return (
    <div class="problem" role="alert">
      <Icon name="alert" />
      <div>
        <p class="problem__title">{error.problem.title}</p>
        <p>{error.problem.detail}</p>
      </div>
      {onRetry && (
        <Button size="small" icon="refresh" onClick={onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
