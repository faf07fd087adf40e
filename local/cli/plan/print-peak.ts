import { styleText } from 'node:util'
import { minutes } from '../../../core/capacity/advise.ts'
import { dollars, number } from '../../../core/capacity/bill/line.ts'
import { render } from '../../../core/capacity/usage.ts'
import type { Plan } from '../plan.ts'
import { wrapped } from './wrapped.ts'

/** How long people wait in the busiest hour, for what, and what to change. */
export function printedPeak({ peakHour, peakPerHour, isPeakDerived, capacity, size }: Plan): string[] {
  const { medianSeconds, p95Seconds, undisturbed, waits, waitingShare, renderedOn, utilisation, advice } = peakHour
  const isOver = peakPerHour > capacity.videosPerHour
  const real = waits.filter(({ meanSeconds }) => meanSeconds >= 0.05)
  return [
    styleText('bold', `The busiest hour: ${number(peakPerHour)} video${peakPerHour === 1 ? '' : 's'}`),
    ...(isPeakDerived ? ['  taken as 15 % of a day with twice the average; --peak-per-hour says it better'] : []),
    ...(isOver ? [`  more than size ${size} is meant for (${number(capacity.videosPerHour)} an hour)`] : []),
    `  simulated with ${number(peakHour.arrivals)} arrivals at random; a machine boots in ${render.bootMinutes.join(' to ')} min`,
    `  from the request to the video: half have it in ${minutes(medianSeconds)}, 95 of 100 in ${minutes(p95Seconds)}`,
    `  if nobody had to wait: ${minutes(undisturbed.medianSeconds)} and ${minutes(undisturbed.p95Seconds)}; waiting is ${percent(waitingShare)} of the time`,
    ...real.map(
      ({ name, meanSeconds, share }) =>
        `  waiting for ${name}: ${meanSeconds.toFixed(1)} s on average (${percent(share)})`,
    ),
    `  rendered on: ${renderedOn.map(({ pool, share }) => `${poolNames[pool]} ${percent(share)}`).join(', ')}`,
    ...prose(
      `in use of what is allowed: ${utilisation.map(({ what, share }) => `${what} ${percent(share)}`).join(', ')}`,
    ),
    ...prose(peakHour.conclusion).map((row) => styleText('bold', row)),
    ...advice.flatMap(({ change, medianSeconds: median, p95Seconds: p95, costMicroUsdPerMonth: cost }) => [
      ...prose(`- ${change}`),
      `    half in ${minutes(median)}, 95 of 100 in ${minutes(p95)}${cost === undefined ? '' : `, at most ${dollars(cost)} a month more`}`,
    ]),
  ]
}

function prose(text: string): string[] {
  return wrapped(text, 96, ' ').map((row, i) => `${i === 0 ? '  ' : '    '}${row}`)
}

const poolNames = { spot: 'spot', onDemand: 'on demand', processor: 'processor' }

function percent(share: number): string {
  const value = share * 100
  return `${value > 0 && value < 10 ? value.toFixed(1) : Math.round(value)} %`
}
