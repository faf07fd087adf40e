// Who does what in a video: what the user wishes, else the first of the preset whose service has a key.
import { InputError } from '../errors.ts'
import { models } from './catalogue.ts'
import type { Choices, PictureQuality, Role, ServiceId } from './model.ts'
import { defaultPreset, onWish, type Preset, type PresetId, presets, roles } from './presets.ts'
import { services } from './services.ts'
import { firstOf, readWish, type World } from './wish.ts'

/** The request's `models`: of each role 'auto', 'embedded', a service, a model or 'service/model'. */
type ModelWishes = { preset?: PresetId | undefined; pictureQuality?: PictureQuality | undefined } & {
  [role in Role]?: string | undefined
}

/** `notices`: one line each, for the user. Throws InputError: one line with the field, the rule and the value. */
export function chooseModels(wishes: ModelWishes | undefined, world: World): { choices: Choices; notices: string[] } {
  const presetId = wishes?.preset ?? defaultPreset
  const preset = presets[presetId]
  const chosen = (Object.keys(roles) as Role[]).map((role) => chooseFor(role, wishes?.[role], preset, world))
  const byRole = Object.fromEntries(chosen.map(({ role, id }) => [role, id])) as Record<Role, string>
  const choices = { ...byRole, pictureQuality: wishes?.pictureQuality ?? preset.pictureQuality }
  const notices = chosen.flatMap(({ notice }) => notice ?? [])
  return { choices, notices: [...notices, ...withoutKeys(wishes, world), ...tooDear(presetId, chosen, world)] }
}

type Chosen = { role: Role; id: string; isWished: boolean; notice?: string }

function chooseFor(role: Role, wished: string | undefined, preset: Preset, world: World): Chosen {
  const wish = readWish(role, wished ?? 'auto', world)
  const auto = firstOf(preset.candidates[role], world) ?? 'embedded'
  if (wish.kind === 'auto') return { role, id: auto, isWished: false }
  if (wish.kind === 'embedded') return { role, id: 'embedded', isWished: true }
  if (wish.kind === 'service') return { role, id: ofService(role, wish.service, preset, world), isWished: true }
  if (wish.kind === 'model') return { ...wish, role, isWished: true }
  const id = wish.instead ?? auto
  const notice = `models.${role}: ${wish.id} was retired on ${wish.retiresOn}; ${nameOf(id)} takes its place`
  return { role, id, isWished: true, notice }
}

/** The service's model of the preset for this role, else of the standard. */
function ofService(role: Role, service: ServiceId, preset: Preset, { today }: World): string {
  const candidates = [...preset.candidates[role], ...presets.standard.candidates[role], ...(onWish[role] ?? [])]
  const id = firstOf(candidates, { available: [service], today })
  if (id !== undefined) return id
  const { name } = services[service]
  throw new InputError(
    `models.${role}: ${name} has nothing left for this (${roles[role].description}); choose 'auto' or 'embedded' (it is '${service}')`,
  )
}

function withoutKeys(wishes: ModelWishes | undefined, { available }: World): string[] {
  if (wishes?.preset === undefined || wishes.preset === 'embedded' || available.length > 0) return []
  const keys = Object.values(services).map(({ keyNames }) => keyNames.at(-1))
  return [`models.preset: ${wishes.preset} needs a service, and no key is set (${keys.join(', ')}): all is embedded`]
}

/** Roles that a preset leaves to what is embedded although a service could do them: it would cost too much. */
function tooDear(presetId: PresetId, chosen: Chosen[], world: World): string[] {
  if (presetId !== 'thrifty') return []
  return chosen.flatMap(({ role, id, isWished }) => {
    const dear = firstOf(presets.standard.candidates[role], world)
    if (isWished || id !== 'embedded' || dear === undefined) return []
    const { description } = roles[role]
    return `models.preset: thrifty leaves ${description} to what is embedded, because ${nameOf(dear)} is dear; models.${role} '${dear}' chooses it`
  })
}

function nameOf(id: string): string {
  return models[id]?.name ?? id
}
