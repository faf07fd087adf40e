import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

/** Every page has exactly one, from its first moment: the focus goes there when the page is opened. */
export function PageHeading({
  title,
  lead,
  actions,
  isHidden,
}: {
  title: string
  lead?: ComponentChildren
  actions?: ComponentChildren
  isHidden?: boolean
}) {
  useEffect(() => {
    document.title = `${title} · ClipForge`
  }, [title])
  return (
    <header class={isHidden ? 'unseen' : 'page-heading'}>
      <div class="page-heading__words">
        <h1 tabIndex={-1} dir="auto" title={title.length > 100 ? title : undefined}>
          {title}
        </h1>
        {lead !== undefined && <p class="page-heading__lead">{lead}</p>}
      </div>
      {actions !== undefined && <div class="page-heading__actions">{actions}</div>}
    </header>
  )
}
