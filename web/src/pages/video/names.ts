// What people call the parts of the work.
import type { BillLine, Step } from '../../../../api/schemas/fields.ts'
import type * as z from 'zod'
import { catalog } from '../../catalog.ts'

/** What is done, told while it is done. */
export const stepNames: Record<Step['step'], string> = {
  write: 'Script',
  narrate: 'Narration',
  plan: 'Scenes',
  illustrate: 'Pictures',
  score: 'Music',
  compose: 'Video',
  publish: 'Final checks',
}

const stageNames: Record<string, string> = {
  ...stepNames,
  plan: 'Scenes and prompts',
  translate: 'Translation',
  compose: 'Rendering',
  warm: 'Rendering',
  assemble: 'Timeline',
}

export function stageName(stage: string): string {
  return stageNames[stage] ?? capitalised(stage)
}

/** As the catalogue has it, where it is known already. */
export function serviceName(id: string): string {
  return catalog.value?.services?.find((service) => service.id === id)?.name ?? serviceNames[id] ?? capitalised(id)
}
const serviceNames: Record<string, string> = {
  openai: 'OpenAI',
  elevenlabs: 'ElevenLabs',
  gemini: 'Gemini',
  embedded: 'Embedded',
}

/** '1 image', '7 images'; millions of tokens and seconds as they are called. */
export function amountOf(units: number, unit: string): string {
  const name = units === 1 ? unit.replace(/s$/, '') : unit
  return `${units.toLocaleString('en', { maximumFractionDigits: 1 })} ${name}`
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type Line = z.infer<typeof BillLine>

/** Lines of one kind of work by one model, added up: forty pictures are one row. */
export function grouped(lines: Line[]): Line[] {
  const groups = new Map<string, Line>()
  for (const line of lines) {
    const { stage, provider, model, unit, about = '' } = line
    const kind = [stage, provider, model, unit, about].join('\n')
    const { units = 0, costUsd = 0 } = groups.get(kind) ?? {}
    groups.set(kind, { ...line, units: units + line.units, costUsd: costUsd + line.costUsd })
  }
  return [...groups.values()]
}
