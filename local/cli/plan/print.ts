// The plan for people, in at most 100 columns.
import { styleText } from 'node:util'
import { type BillLine, dollars, number } from '../../../core/capacity/bill/line.ts'
import { inSummaryLines, projectionFor } from '../../../core/capacity/projections.ts'
import { render } from '../../../core/capacity/usage.ts'
import { services } from '../../../core/models.ts'
import { prices } from '../../../core/prices.ts'
import type { Plan } from '../plan.ts'
import { printedPeak } from './print-peak.ts'
import { wrapped } from './wrapped.ts'

export function printedPlan(plan: Plan): string[] {
  return [
    ...headOf(plan),
    '',
    ...billOf(plan),
    '',
    ...besideRequirements(plan),
    ...summaryOf(plan),
    '',
    ...printedPeak(plan),
    '',
    ...footOf(plan),
  ]
}

function headOf(plan: Plan): string[] {
  const { videosPerMonth, seconds, pictures, viewsPerVideo, preset, size, isSizeDerived, capacity, gpu, region } = plan
  const machines = (vcpus: number) => Math.floor(vcpus / render.vcpusPerJob)
  const limits = Object.values(services).map(({ name, limits: { concurrency } }) => `${name} ${concurrency}`)
  return [
    bold(`${number(videosPerMonth)} videos a month`),
    `each of ${seconds} s with ${pictures} pictures, watched ${number(viewsPerVideo)} times; preset ${preset}; ${region}`,
    `size ${size}${isSizeDerived ? ' (the smallest meant for this peak)' : ''}: GPU machines (g4dn.xlarge) at most ${machines(capacity.spotVcpus)} spot, of`,
    `  which ${machines(capacity.warmVcpus)} always on, and ${machines(capacity.onDemandVcpus)} on demand; ${machines(capacity.processorVcpus)} processors; ended after ${capacity.scaleDownMinutes} min without work`,
    `requests to the services at once: ${limits.join(', ')}`,
    `GPU machines in a month: ${number(gpu.renderHours)} h rendering, ${number(gpu.waitingHours)} h waiting for the next video, ${number(gpu.boots)} boots`,
  ]
}

const whatWidth = 34
const costWidth = 13

function billOf({ bill }: Plan): string[] {
  const groups = bill.groups.flatMap(({ group, costMicroUsd }) => [
    bold(`${group.padEnd(whatWidth + 1)}${dollars(costMicroUsd).padStart(costWidth)}`),
    ...linesOf(bill.lines.filter((line) => line.group === group)),
  ])
  const { perVideo } = bill
  return [
    ...groups,
    bold(`${'total'.padEnd(whatWidth + 1)}${dollars(bill.totalMicroUsd).padStart(costWidth)}`),
    `  AWS ${dollars(bill.infrastructureMicroUsd)} and AI services ${dollars(bill.servicesMicroUsd)}; for one video ${fine(perVideo.infrastructureMicroUsd)} + ${fine(perVideo.servicesMicroUsd)} = ${fine(perVideo.totalMicroUsd)}`,
    ...bill.notes.map((note) => `  ${note}`),
  ]
}

function linesOf(lines: BillLine[]): string[] {
  const shown = lines.filter(({ costMicroUsd }) => costMicroUsd !== 0)
  const none = lines.filter(({ costMicroUsd }) => costMicroUsd === 0).map(({ what }) => what)
  return [
    ...shown.flatMap(rowsOf),
    ...(none.length > 0
      ? wrapped(`less than half a cent, counted as $0.00: ${none.join(', ')}`, 97, ' ').map((row) => `  ${row}`)
      : []),
  ]
}

function rowsOf({ what, how, costMicroUsd, price }: BillLine): string[] {
  const arithmetic = how.slice(0, how.lastIndexOf(' = '))
  const mark = price !== undefined && 'isFromMemory' in prices[price] ? ' †' : ''
  const left = whatWidth + 1 + costWidth + 2
  const rows = wrapped(`${arithmetic}${mark}`, 100 - left, ' × ')
  return rows.map((row, i) =>
    i === 0
      ? ` ${what.padEnd(whatWidth)}${dollars(costMicroUsd).padStart(costWidth)}  ${row}`
      : `${' '.repeat(left)}${row}`,
  )
}

function besideRequirements({ videosPerMonth, size, bill, volumes, projections }: Plan): string[] {
  const ours = volumes.map((volume) => ({
    ...volume,
    projection: projections.find((it) => it.videosPerMonth === volume.videosPerMonth),
  }))
  const isOther = !ours.some((it) => it.videosPerMonth === videosPerMonth && it.totalMicroUsd === bill.totalMicroUsd)
  const all = isOther ? [...ours, { ...bill, videosPerMonth, size, projection: undefined }] : ours
  const columns = [11, 13, 8, 9, 10, 16, 14, 16]
  const row = (...cells: string[]) => cells.map((cell, i) => cell.padStart(columns[i]!)).join('')
  return [
    bold("Beside the requirements' own projections (US dollars a month)"),
    row('videos', 'AI services', 'server', 'total', 'summary*', '| here AI', 'AWS', 'total'),
    ...all.map(({ videosPerMonth: videos, servicesMicroUsd, infrastructureMicroUsd, totalMicroUsd, projection }) => {
      const theirs = projection
        ? [
            projection.services.map(number).join('–'),
            number(projection.server),
            `~${number(projection.total)}`,
            `~${number(projection.summaryTotal)}`,
          ]
        : ['', '', '', '']
      const here = [servicesMicroUsd, infrastructureMicroUsd, totalMicroUsd].map((microUsd) => dollars(microUsd))
      return row(number(videos), ...theirs, `| ${here[0]}`, here[1]!, here[2]!)
    }),
    '  * their cost summary, which counts more; by line:',
  ]
}

function summaryOf({ videosPerMonth, bill }: Plan): string[] {
  const projection = projectionFor(videosPerMonth)
  const ours = inSummaryLines(bill)
  const names = [...new Set([...projection.summary.map(({ line }) => line), ...ours.map(({ line }) => line)])]
  const row = (name: string, theirs: string, here: string) =>
    `  ${name.padEnd(26)}${theirs.padStart(16)}${here.padStart(16)}`
  return [
    row('', `theirs (${number(projection.videosPerMonth)})`, `here (${number(videosPerMonth)})`),
    ...names.map((name) => {
      const theirs = projection.summary.find(({ line }) => line === name)
      const here = ours.find(({ line }) => line === name)
      return row(name, theirs ? `$${number(theirs.usd)}` : '–', here ? dollars(here.costMicroUsd) : '–')
    }),
    row('total', `~$${number(projection.summaryTotal)}`, dollars(bill.totalMicroUsd)),
  ]
}

function footOf({ pricesDate, bill }: Plan): string[] {
  const isMarked = bill.lines.some(({ price }) => price !== undefined && 'isFromMemory' in prices[price])
  return [
    `AWS prices as put together on ${pricesDate} (sources: --json); check them before you rely on them.`,
    ...(isMarked ? ['† this price is from memory: check it first'] : []),
    'Not in it: taxes, support, a domain, a second region, other free tiers (docs/costs.md).',
  ]
}

/** To a hundredth of a cent. */
function fine(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(4)}`
}

function bold(text: string): string {
  return styleText('bold', text)
}
