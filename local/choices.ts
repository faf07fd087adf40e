// Who does what in a video, from what its request wishes, what this installation does, and which keys are here.
import type * as z from 'zod'
import { InputError } from '../core/errors.ts'
import { type Choices, chooseModels, type World } from '../core/models.ts'
import { ModelsRequest } from '../core/request/models.ts'
import type { VideoRequest } from '../core/video.ts'
import { availableServices } from '../providers/calls/keys.ts'

/** Today and the services whose keys are here. Throws InputError for a key or an address that cannot be one. */
export function world(): World {
  return { available: availableServices(), today: new Date().toISOString().slice(0, 10) }
}

/** What the request says goes before what the installation says. Throws InputError. */
export function chosenFor({ models }: Pick<VideoRequest, 'models'>): { choices: Choices; notices: string[] } {
  return chooseModels({ ...installationWishes(), ...models }, world())
}

/** CLIPFORGE_MODELS, such as 'preset=thrifty,illustrate=openai'. Throws InputError. */
export function installationWishes(text = process.env.CLIPFORGE_MODELS ?? ''): z.infer<typeof ModelsRequest> {
  const parts = text.split(',').flatMap((part) => part.trim() || [])
  const wishes = Object.fromEntries(parts.map((part) => [part.split('=')[0]!.trim(), valueOf(part)]))
  const parsed = ModelsRequest.safeParse(wishes)
  if (parsed.success) return parsed.data
  throw new InputError(
    `CLIPFORGE_MODELS: must be like 'preset=thrifty,illustrate=openai' with roles and presets that there are (it is '${text}')`,
  )
}

function valueOf(part: string): string {
  return part.slice(part.indexOf('=') + 1).trim()
}
