import { findModel, models, retiresSoon } from './catalogue.ts'
import type { Choices, ModelId, Role, ServiceId } from './model.ts'
import { presets } from './presets.ts'
import { firstOf, type World } from './wish.ts'

/**
 * Who is asked for a role, one after the other: the one chosen, then on each other service with a key its standard
 * model, then 'embedded', which writes no scripts. Who chose what is embedded gets nothing else.
 */
export function ladderOf(role: Role, choices: Choices, world: World): string[] {
  const chosen = choices[role]
  const last = role === 'write' ? [] : ['embedded']
  if (chosen === 'embedded') return last
  const own = serviceOf(chosen)
  const others = [...new Set(presets.standard.candidates[role].map((id) => models[id]!.provider))]
    .filter((service) => service !== own && world.available.includes(service))
    .flatMap((service) => firstOf(presets.standard.candidates[role], { ...world, available: [service] }) ?? [])
  return [chosen, ...others, ...last]
}

/** Of a choice; undefined of 'embedded'. */
export function serviceOf(choice: string): ServiceId | undefined {
  const [head = '', ...rest] = choice.split('/')
  return findModel(choice)?.model.provider ?? (rest.length > 0 ? (head as ServiceId) : undefined)
}

/** Those among the choices, or in the whole catalogue, that retire within some days from today (YYYY-MM-DD). */
export function retiringSoon(
  choices: Choices | undefined,
  today: string,
  days = 60,
): { model: ModelId; retiresOn: string; replacement: ModelId | undefined }[] {
  const { pictureQuality: _, ...chosen } = choices ?? {}
  const names = choices ? new Set(Object.values(chosen)) : Object.keys(models)
  return [...names].flatMap((name) => {
    const { id, model } = findModel(name) ?? {}
    if (id === undefined || model?.retiresOn === undefined || !retiresSoon(model, today, days)) return []
    return { model: id, retiresOn: model.retiresOn, replacement: model.replacement }
  })
}
