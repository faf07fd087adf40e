// What a video would cost, before anything is made or bought.
import { styleText } from 'node:util'
import { InputError } from '../../core/errors.ts'
import {
  catalogueDate,
  chooseModels,
  type PresetId,
  presets,
  roles,
  type ServiceId,
  services,
} from '../../core/models.ts'
import { type Quote, quoteForRequest, type QuoteLine } from '../../core/quote.ts'
import { needsWriter } from '../../core/stages/write.ts'
import type { VideoRequest } from '../../core/video.ts'
import { chosenFor, world } from '../choices.ts'
import { type MakeOptions, readSource } from './request.ts'

/** Takes what `make` takes, and makes nothing. Throws InputError. */
export async function quote(source: string, options: MakeOptions): Promise<void> {
  const { request } = await readSource(source, options)
  const { today, available } = world()
  const { choices, notices } = chosenFor(request)
  if (request.topic !== undefined && choices.write === 'embedded') throw new InputError(needsWriter)
  const quoted = quoteForRequest(request, choices, today)
  const all = Object.keys(services) as ServiceId[]
  const withKeys = { services: available, costMicroUsd: costOfPresets(request, available, today) }
  const withAllKeys = { services: all, costMicroUsd: costOfPresets(request, all, today) }
  if (options.json)
    return print(
      JSON.stringify({ type: 'quote', ...quoted, choices, notices, presets: { withKeys, withAllKeys }, catalogueDate }),
    )
  for (const notice of notices) print(styleText('yellow', notice))
  for (const line of tableOf(quoted)) print(line)
  const named = available.map((id) => services[id].name).join(', ')
  print(presetLine(named ? `with the keys of ${named}` : 'with no key set', withKeys.costMicroUsd))
  if (available.length < all.length) print(presetLine('with the keys of all services', withAllKeys.costMicroUsd))
}

type PresetCosts = Record<PresetId, number>

function costOfPresets(request: VideoRequest, available: readonly ServiceId[], today: string): PresetCosts {
  const costs = (Object.keys(presets) as PresetId[]).map((preset) => {
    const { choices } = chooseModels({ preset }, { available, today })
    return [preset, quoteForRequest(request, choices, today).totalMicroUsd]
  })
  return Object.fromEntries(costs) as PresetCosts
}

function tableOf({ lines, totalMicroUsd, atMostMicroUsd }: Quote): string[] {
  const notes = [...new Set(lines.flatMap(({ why }) => why ?? []))]
  return [
    ...lines.map((line) => rowOf(line, notes)),
    `${styleText('bold', 'total'.padEnd(62))}${dollars(totalMicroUsd)}`,
    `${'at most, when all is made twice and each prompt softened'.padEnd(62)}${dollars(atMostMicroUsd)}`,
    ...notes.map((note, i) => styleText('dim', `[${i + 1}] ${note}`)),
  ]
}

function rowOf({ role, provider, model, unit, units, costMicroUsd, why }: QuoteLine, notes: string[]): string {
  const who = model === 'embedded' ? 'embedded' : `${provider}/${model}`
  const count = `${Math.round(units)} ${units === 1 ? unit.replace(/s$/, '') : unit}`
  const mark = why === undefined ? '' : ` [${notes.indexOf(why) + 1}]`
  return `${roles[role].name.toLowerCase().padEnd(12)}${who.padEnd(33)}${count.padEnd(17)}${dollars(costMicroUsd)}${mark}`
}

function presetLine(when: string, costs: PresetCosts): string {
  const each = Object.entries(costs).map(([preset, cost]) => `${preset} ${dollars(cost)}`)
  return `${when}: ${each.join(', ')}`
}

/** To a hundredth of a cent below ten cents, where a script's text costs less than a cent. */
function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(microUsd > 0 && microUsd < 100_000 ? 4 : 2)}`
}

function print(line: string) {
  process.stdout.write(`${line}\n`)
}
