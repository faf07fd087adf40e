/** Say beside it, or in a live region, what is waited for. `size` in pixels. */
export function Spinner({ size = 22 }: { size?: number }) {
  return (
    <svg class="spinner" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" stroke-width="2.6" opacity="0.25" />
      <path d="M12 3a9 9 0 0 1 9 9" fill="none" stroke="currentColor" stroke-width="2.6" stroke-linecap="round" />
    </svg>
  )
}

/** In place of what is being loaded. */
export function Loading({ children = 'Loading…' }: { children?: string }) {
  return (
    <p class="loading" role="status">
      <Spinner />
      <span>{children}</span>
    </p>
  )
}
