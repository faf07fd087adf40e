// Asks each service whose key is there what the key is good for, and looks at what is going to retire.
import {
  type Choices,
  findModel,
  isRetired,
  models,
  retiringSoon,
  type Role,
  roles,
  type ServiceId,
  services,
  type World,
} from '../../core/models.ts'
import { chosenFor } from '../choices.ts'
import type { Check } from './doctor.ts'

type Probe = (
  signal: AbortSignal,
) => Promise<{ models: { id: string; retiresOn?: string }[] | undefined; account?: string }>

const probes: Record<ServiceId, () => Promise<{ probe: Probe }>> = {
  openai: () => import('../../providers/openai/probe.ts'),
  elevenlabs: () => import('../../providers/elevenlabs/probe.ts'),
  gemini: () => import('../../providers/gemini/probe.ts'),
}
const patienceMs = 20_000

/** One line a service, and one for models that retire soon. */
export async function checkServices(world: World): Promise<Check[]> {
  if (world.available.length === 0) {
    const names = Object.values(services).map(({ keyNames }) => keyNames.at(-1))
    return [{ check: 'keys', ok: true, found: `none of ${names.join(', ')}: everything is made by what is embedded` }]
  }
  const { choices } = chosenFor({})
  const asked = await Promise.all(world.available.map((service) => ask(service, choices)))
  return [...asked, ...soon(world)]
}

async function ask(service: ServiceId, choices: Choices): Promise<Check> {
  const { name } = services[service]
  try {
    const { probe } = await probes[service]()
    const { models: listed, account } = await probe(AbortSignal.timeout(patienceMs))
    const wanted = chosenOf(service, choices)
    // What has no model of its own is not in a service's list of models.
    const missing = listed && wanted.filter((id) => !named.has(id) && !listed.some((model) => isSame(model.id, id)))
    if (missing && missing.length > 0)
      return {
        check: service,
        ok: false,
        found: `the key of ${name} works, but it has no ${missing.join(', ')}`,
        mend: `allow the model at ${services[service].keysUrl}, or choose another with --model`,
      }
    const uses = wanted.length > 0 ? `makes videos with ${wanted.join(', ')}` : 'stands in for the others'
    return { check: service, ok: true, found: [`the key works, ${name} ${uses}`, account].filter(Boolean).join('; ') }
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error)
    // What an account does not allow is said with how to mend it.
    if (error instanceof Error && error.name === 'AccountError') return { check: service, ok: false, found }
    const { baseUrlName } = services[service]
    const where = process.env[baseUrlName] ? `check ${baseUrlName}, or unset it` : `look at ${name}'s status page`
    return { check: service, ok: false, found, mend: `${where}, check this machine's network, and try again` }
  }
}

const named = new Set(['forced-alignment', 'music_v2_5', 'music_v2'])

/** 'models/gemini-3.8-flash' and dated versions are the same model. */
function isSame(listed: string, id: string): boolean {
  const bare = listed.replace(/^models\//, '')
  return bare === id || (bare.startsWith(`${id}-`) && /^-\d{4}-\d\d-\d\d$/.test(bare.slice(id.length)))
}

function chosenOf(service: ServiceId, choices: Choices): string[] {
  const chosen = (Object.keys(roles) as Role[]).map((role) => choices[role])
  return [...new Set(chosen)].filter((id) => findModel(id)?.model.provider === service)
}

/** Of the services whose keys are here. */
function soon({ available, today }: World): Check[] {
  const retiring = retiringSoon(undefined, today).filter(({ model }) => {
    const found = models[model]!
    return available.includes(found.provider) && found.roles.length > 0 && !isRetired(found, today)
  })
  if (retiring.length === 0) return []
  const lines = retiring.map(
    ({ model, retiresOn, replacement }) => `${model} on ${retiresOn}${replacement ? ` (then ${replacement})` : ''}`,
  )
  return [{ check: 'models', ok: true, found: `retiring within 60 days: ${lines.join(', ')}` }]
}
