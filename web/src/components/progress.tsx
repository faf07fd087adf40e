/** `value` 0 to 100; undefined while it cannot be told. `label` is read out. */
export function Progress({ value, label, text }: { value: number | undefined; label: string; text?: string }) {
  const percent = value === undefined ? undefined : Math.round(Math.min(100, Math.max(0, value)))
  return (
    <div
      class={`progress${percent === undefined ? ' progress--unknown' : ''}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      {/* By script, not by an attribute: the page allows itself no inline styles. */}
      <div class="progress__bar" style={{ width: `${percent ?? 30}%` }} />
    </div>
  )
}
