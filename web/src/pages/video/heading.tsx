import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'

type Props = { title: string; tab?: string; children?: ComponentChildren }

/** One for all faces of the page, so that the focus stays on it when a video is done. `tab`: for the browser's tab. */
export function Heading({ title, tab = title, children }: Props) {
  useEffect(() => {
    document.title = `${tab} · ClipForge`
  }, [tab])
  return (
    <header class="page-heading">
      <div class="page-heading__words">
        <h1 tabIndex={-1} dir="auto" title={title.length > 100 ? title : undefined}>
          {title}
        </h1>
        {children}
      </div>
    </header>
  )
}
