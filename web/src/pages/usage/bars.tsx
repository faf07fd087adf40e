// A bar for each day. For those who do not see it, its name tells the most, and the table below it has all.
import { useState } from 'preact/hooks'
import { dayName, roundTop } from './months.ts'

type Bar = { date: string; value: number }
/** `mark`: what stands at a line of the scale, as exactly as the lowest line, `step`, has to be told. */
type Props = {
  bars: Bar[]
  name: string
  show: (value: number) => string
  mark: (value: number, step: number) => string
  isWhole: boolean
}

export function Bars({ bars, name, show, mark, isWhole }: Props) {
  const [pointed, setPointed] = useState<Bar>()
  const most = bars.reduce((best, bar) => (bar.value > best.value ? bar : best), bars[0]!)
  const top = isWhole ? 2 * Math.ceil(roundTop(most.value) / 2) : roundTop(most.value)
  const total = bars.reduce((sum, { value }) => sum + value, 0)
  const width = 100 / bars.length
  return (
    <figure class="bars">
      <p class="bars__told" aria-hidden="true">
        {pointed
          ? `${dayName(pointed.date)}: ${show(pointed.value)}`
          : `Most: ${show(most.value)} on ${dayName(most.date)}`}
      </p>
      <div class="bars__plot">
        {[top, top / 2].map((value) => (
          <span key={value} class={`bars__line${value === top ? '' : ' bars__line--half'}`} aria-hidden="true">
            {mark(value, top / 2)}
          </span>
        ))}
        <svg
          class="bars__drawing"
          role="img"
          aria-label={`${name}: ${show(total)} in all, the most on ${dayName(most.date)} with ${show(most.value)}`}
          onPointerLeave={() => setPointed(undefined)}
        >
          {bars.map((bar, index) => (
            <g key={bar.date} onPointerEnter={() => setPointed(bar)}>
              <rect class="bars__day" x={`${index * width}%`} y="0" width={`${width}%`} height="100%" />
              {bar.value > 0 && (
                <rect
                  class="bars__bar"
                  x={`${(index + 0.16) * width}%`}
                  y={`${100 - (100 * bar.value) / top}%`}
                  width={`${0.68 * width}%`}
                  height={`${(100 * bar.value) / top}%`}
                  rx="3"
                />
              )}
            </g>
          ))}
        </svg>
      </div>
      <div class="bars__dates" aria-hidden="true">
        {[bars[0]!, bars[Math.floor(bars.length / 2)]!, bars.at(-1)!].map(({ date }) => (
          <span key={date}>{dayName(date)}</span>
        ))}
      </div>
    </figure>
  )
}
