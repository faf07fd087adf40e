// A month: its totals, its days as bars and as a table, and who did the work.
import { useState } from 'preact/hooks'
import type { Usage } from '../../../../api/schemas/house.ts'
import { RadioCards } from '../../components/radio-cards.tsx'
import { count, duration, exactMoney, money } from '../../format.ts'
import { amountOf, serviceName } from '../video/names.ts'
import { Bars } from './bars.tsx'
import { daysBetween, dayName } from './months.ts'

export function Spend({ usage }: { usage: Usage }) {
  const { videos, totalUsd, seconds } = usage
  const all = videos.made + videos.failed + videos.cancelled + videos.unfinished
  return (
    <>
      <dl class="totals">
        <Total name="Spent on services">{money(totalUsd)}</Total>
        <Total name="Videos made">{videos.made.toLocaleString('en')}</Total>
        <Total name="Length of videos">{duration(seconds)}</Total>
        <Total name="Per video">{videos.made > 0 ? money(totalUsd / videos.made) : '–'}</Total>
      </dl>
      {all > videos.made && <p class="quiet">{othersOf(videos)}</p>}
      {all === 0 ? <p class="quiet">No video was asked for in this month.</p> : <Days usage={usage} />}
      {usage.byService.length > 0 && <Services usage={usage} />}
    </>
  )
}

function Total({ name, children }: { name: string; children: string }) {
  return (
    <div class="totals__total">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function othersOf({ failed, cancelled, unfinished }: Usage['videos']): string {
  const parts = [
    failed > 0 && `${failed} failed`,
    cancelled > 0 && `${cancelled} cancelled`,
    unfinished > 0 && `${unfinished} more in the making`,
  ]
  return `${parts.filter(Boolean).join(', ')}.`
}

const videosOf = (value: number) => count(value, 'video')
const measures = {
  costUsd: { name: 'Spend', show: money, mark: exactMoney },
  videos: { name: 'Videos', show: videosOf, mark: videosOf },
} as const

function Days({ usage }: { usage: Usage }) {
  const [measure, setMeasure] = useState<keyof typeof measures>(usage.totalUsd > 0 ? 'costUsd' : 'videos')
  const byDate = new Map(usage.byDay.map((day) => [day.date, day]))
  const bars = daysBetween(usage.from, usage.to).map((date) => ({ date, value: byDate.get(date)?.[measure] ?? 0 }))
  return (
    <div class="usage__days">
      <div class="usage__head">
        <h3>By day</h3>
        <RadioCards
          legend="Show"
          isLegendHidden
          shape="segments"
          options={Object.entries(measures).map(([id, { name }]) => ({ id: id as keyof typeof measures, name }))}
          value={measure}
          onChange={setMeasure}
        />
      </div>
      <Bars
        bars={bars}
        name={`${measures[measure].name} by day`}
        show={measures[measure].show}
        mark={measures[measure].mark}
        isWhole={measure === 'videos'}
      />
      <details class="usage__table">
        <summary>As a table</summary>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">Day</th>
              <th scope="col" class="number">
                Videos
              </th>
              <th scope="col" class="number">
                Spend
              </th>
            </tr>
          </thead>
          <tbody>
            {usage.byDay
              .filter(({ videos, costUsd }) => videos > 0 || costUsd > 0)
              .map(({ date, videos, costUsd }) => (
                <tr key={date}>
                  <th scope="row">{dayName(date)}</th>
                  <td class="number">{videos}</td>
                  <td class="number">{money(costUsd)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}

function Services({ usage: { byService } }: { usage: Usage }) {
  return (
    <div>
      <h3>By service</h3>
      <div class="scroll-x" role="region" aria-label="By service" tabIndex={0}>
        <table class="table usage__services">
          <thead>
            <tr>
              <th scope="col">Service</th>
              <th scope="col">For</th>
              <th scope="col" class="number">
                Calls
              </th>
              <th scope="col" class="number">
                Spend
              </th>
            </tr>
          </thead>
          <tbody>
            {byService.map(({ service, calls, costUsd, units }) => (
              <tr key={service}>
                <th scope="row">{serviceName(service)}</th>
                <td>
                  {Object.entries(units)
                    .map(([unit, amount]) => amountOf(Math.round(amount), unit))
                    .join(', ')}
                </td>
                <td class="number">{calls.toLocaleString('en')}</td>
                <td class="number">{money(costUsd)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
