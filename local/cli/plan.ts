// What an installation on AWS costs in a month and how long people wait in its busiest hour. Asks nobody: all figures
// are in core/prices.ts, core/models/ and core/capacity/usage.ts.
import { awakeHours } from '../../core/capacity/awake.ts'
import { peakHourOf } from '../../core/capacity/advise.ts'
import { billFor } from '../../core/capacity/bill.ts'
import { projections } from '../../core/capacity/projections.ts'
import { sizes } from '../../core/capacity/usage.ts'
import { peakOf, sizeFor, type Workload } from '../../core/capacity/workload.ts'
import { InputError } from '../../core/errors.ts'
import { chooseModels, defaultPreset, type PresetId, presets, type ServiceId, services } from '../../core/models.ts'
import { freeEachMonth, prices, pricesDate, pricesRegion } from '../../core/prices.ts'
import { printedPlan } from './plan/print.ts'

/** As commander gives them: text, and absent where the option is. */
export type PlanOptions = {
  videosPerMonth?: string
  peakPerHour?: string
  size?: string
  preset?: string
  seconds?: string
  pictures?: string
  views?: string
  region?: string
  seed?: string
  json?: boolean
}

/** Throws InputError: one line with the option, the rule and the value. */
export function plan(options: PlanOptions): void {
  const planned = planOf(options, new Date().toISOString().slice(0, 10))
  const lines = options.json ? [JSON.stringify({ type: 'plan', ...planned })] : printedPlan(planned)
  for (const line of lines) process.stdout.write(`${line}\n`)
}

export type Plan = ReturnType<typeof planOf>

/** `today`: YYYY-MM-DD; some prices of AI services change on a date. */
export function planOf(options: PlanOptions, today: string) {
  const workload = workloadOf(options, today)
  const seed = whole('--seed', options.seed ?? '1', 0, 2 ** 31)
  checkRegion(options.region)
  const { choices: _choices, ...asked } = workload
  return {
    ...asked,
    preset: presetOf(options.preset),
    region: pricesRegion,
    isPeakDerived: options.peakPerHour === undefined,
    isSizeDerived: options.size === undefined,
    choices: workload.choices,
    capacity: sizes[workload.size],
    gpu: awakeHours(workload),
    bill: billFor(workload),
    volumes: volumesOf(workload),
    projections,
    peakHour: peakHourOf(workload, seed),
    seed,
    pricesDate,
    prices,
    freeEachMonth,
  }
}

/** The same videos in the volumes that the requirements speak of, each with the size that its own peak asks for. */
function volumesOf(workload: Workload) {
  return projections.map(({ videosPerMonth }) => {
    const peakPerHour = peakOf(videosPerMonth)
    const size = sizeFor(peakPerHour)
    const { lines: _lines, notes: _notes, ...bill } = billFor({ ...workload, videosPerMonth, peakPerHour, size })
    return { videosPerMonth, size, ...bill }
  })
}

function workloadOf(options: PlanOptions, today: string): Workload {
  if (options.videosPerMonth === undefined)
    throw new InputError('--videos-per-month: must be given; for example --videos-per-month 1000')
  const videosPerMonth = whole('--videos-per-month', options.videosPerMonth, 1, 500_000)
  const peakPerHour =
    options.peakPerHour === undefined ? peakOf(videosPerMonth) : whole('--peak-per-hour', options.peakPerHour, 1, 5000)
  const available = Object.keys(services) as ServiceId[]
  return {
    videosPerMonth,
    peakPerHour,
    size: options.size === undefined ? sizeFor(peakPerHour) : oneOf('--size', options.size, sizes),
    choices: chooseModels({ preset: presetOf(options.preset) }, { available, today }).choices,
    today,
    seconds: whole('--seconds', options.seconds ?? '45', 5, 600),
    pictures: whole('--pictures', options.pictures ?? '7', 1, 100),
    viewsPerVideo: whole('--views', options.views ?? '20', 0, 1_000_000),
  }
}

function presetOf(preset: string | undefined): PresetId {
  return preset === undefined ? defaultPreset : oneOf('--preset', preset, presets)
}

function checkRegion(region: string | undefined) {
  if (region === undefined || region === pricesRegion) return
  throw new InputError(`--region: prices are known for ${pricesRegion} only (it is '${region}'); leave it out`)
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  const range = `${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`
  throw new InputError(`${option}: must be a whole number from ${range} (it is '${text}')`)
}

function oneOf<Name extends string>(option: string, text: string, all: Record<Name, unknown>): Name {
  if (Object.hasOwn(all, text)) return text as Name
  throw new InputError(`${option}: must be one of ${Object.keys(all).join(', ')} (it is '${text}')`)
}
