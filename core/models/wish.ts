// What a user's word for a role means: 'auto', 'embedded', 'gemini', 'gpt-6-luna', 'openai/gpt-6-luna'.
import { InputError } from '../errors.ts'
import { clip } from '../explain.ts'
import { nearest } from '../nearest.ts'
import { findModel, isRetired, models, retiresSoon } from './catalogue.ts'
import type { Model, ModelId, Role, ServiceId } from './model.ts'
import { roles } from './presets.ts'
import { services } from './services.ts'

/** `available`: the services with a key. `today`: YYYY-MM-DD. */
export type World = { available: readonly ServiceId[]; today: string }

export type Wish =
  | { kind: 'auto' }
  | { kind: 'embedded' }
  | { kind: 'service'; service: ServiceId }
  /** A model to use as it is; `notice` when the user ought to know something about it. */
  | { kind: 'model'; id: ModelId; notice?: string }
  /** A retired model: `instead` takes its place, or whoever is there where that one's service has no key. */
  | { kind: 'retired'; id: ModelId; retiresOn: string; instead: ModelId | undefined }

/** Throws InputError. */
export function readWish(role: Role, wish: string, world: World): Wish {
  const word = wish.trim().toLowerCase().replaceAll(' ', '-')
  if (word === 'auto' || word === 'embedded') return { kind: word }
  const service = serviceNamed(word)
  if (service !== undefined) return { kind: 'service', service: fit(role, wish, service, world) }
  const found = findModel(wish)
  if (found === undefined) return unknown(role, wish, world)
  const { id, version, model } = found
  if (!model.roles.includes(role)) throw unfit(role, id, model, world)
  if (!isRetired(model, world.today)) {
    needKey(role, wish, model.provider, world)
    return { kind: 'model', id: version, ...noticeOf(role, id, model, world.today) }
  }
  return { kind: 'retired', id, retiresOn: model.retiresOn!, instead: successor(role, wish, model, world) }
}

/** The first whose service is there and that has not retired. */
export function firstOf(candidates: readonly ModelId[], { available, today }: World): ModelId | undefined {
  return candidates.find((id) => {
    const model = models[id]!
    return available.includes(model.provider) && !isRetired(model, today)
  })
}

/** 'openai/its-model' of a server of one's own, or of a model that is younger than the catalogue. */
function unknown(role: Role, wish: string, world: World): Wish {
  const [head = '', ...rest] = wish.trim().split('/')
  const model = rest.join('/').trim()
  const service = serviceNamed(head.trim().toLowerCase())
  if (service === undefined || model === '') throw noSuch(role, wish, world)
  fit(role, wish, service, world)
  // Forced alignment is one thing that ElevenLabs does, not one model of several.
  if (role === 'align' && service === 'elevenlabs') throw noSuch(role, wish, world)
  const id = `${service}/${model}`
  return {
    kind: 'model',
    id,
    notice: `models.${role}: ${clip(id)} is not in the catalogue: its price is unknown and counted as 0`,
  }
}

/** The replacement's replacement, if need be. Undefined when another service would have to step in that has no key. */
function successor(role: Role, wish: string, retired: Model, world: World): ModelId | undefined {
  let id = retired.replacement
  while (id !== undefined && isRetired(models[id]!, world.today)) id = models[id]!.replacement
  if (id === undefined) return undefined
  const { provider } = models[id]!
  if (provider === retired.provider) needKey(role, wish, provider, world)
  return world.available.includes(provider) ? id : undefined
}

/** What the user ought to know about a model that is used as wished. */
function noticeOf(role: Role, id: ModelId, model: Model, today: string): { notice?: string } {
  const lines = [
    ...(model.prices.length === 0 ? [`the price of ${id} is unknown and counted as 0`] : []),
    ...(retiresSoon(model, today)
      ? [`${id} retires on ${model.retiresOn}${model.replacement ? `; ${model.replacement} takes its place then` : ''}`]
      : []),
  ]
  return lines.length === 0 ? {} : { notice: `models.${role}: ${lines.join('; ')}` }
}

function serviceNamed(word: string): ServiceId | undefined {
  return (Object.keys(services) as ServiceId[]).find((id) => id === word || services[id].name.toLowerCase() === word)
}

/** The service, if it can do the role and has a key. */
function fit(role: Role, wish: string, service: ServiceId, world: World): ServiceId {
  if (!roles[role].services.includes(service))
    throw new InputError(
      `models.${role}: ${services[service].name} makes nothing for this (${roles[role].description}); it can be ${those(role)} (it is '${clip(wish)}')`,
    )
  needKey(role, wish, service, world)
  return service
}

function needKey(role: Role, wish: string, service: ServiceId, { available }: World) {
  if (available.includes(service)) return
  const { name, keyNames } = services[service]
  throw new InputError(
    `models.${role}: '${clip(wish)}' needs a key of ${name}; set ${keyNames.join(' or ')}, or choose 'auto' or 'embedded'`,
  )
}

function unfit(role: Role, id: ModelId, model: Model, world: World): InputError {
  const able = model.roles.map((other) => `'${other}'`).join(' and ')
  const why = model.unfit ?? `it is for ${able}`
  return new InputError(
    `models.${role}: '${id}' cannot do this (${roles[role].description}): ${why}; the nearest that can is '${nearest(id, ableIds(role, world))}'`,
  )
}

function noSuch(role: Role, wish: string, world: World): InputError {
  const meant = nearest(clip(wish.trim().toLowerCase()), [
    ...ableIds(role, world),
    ...roles[role].services,
    'auto',
    'embedded',
  ])
  return new InputError(
    `models.${role}: '${clip(wish)}' is no model we know; the nearest is '${meant}' (one that we do not know is named with its service: ${roles[role].services[0]}/…)`,
  )
}

function ableIds(role: Role, { today }: World): ModelId[] {
  return Object.keys(models).filter((id) => models[id]!.roles.includes(role) && !isRetired(models[id]!, today))
}

function those(role: Role): string {
  const names = [...roles[role].services, 'embedded', 'auto']
  return names.map((name) => `'${name}'`).join(', ')
}
