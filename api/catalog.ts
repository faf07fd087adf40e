// All that a request may name, as the page shows it.
import {
  captionFonts,
  captionLooks,
  captionPositions,
  captionSizes,
  formats,
  musicMoods,
  styles,
} from '../core/catalog.ts'
import { clipPlays, fits, motionWishes, transitionWishes } from '../core/editing.ts'
import {
  chooseModels,
  findModel,
  isRetired,
  models,
  presets,
  roles,
  type ServiceId,
  services,
  type World,
} from '../core/models.ts'
import { codecs, frameRates, qualities, resolutions } from '../core/output.ts'
import { captionSample, musicSample, styleSample, voiceSample } from '../core/samples.ts'
import { scriptCharacters } from '../core/script.ts'
import { uploadLimits } from '../core/uploads.ts'
import { VideoRequest } from '../core/video.ts'
import { voices } from '../core/voices.ts'
import type { Rates } from './ports.ts'
import type { Catalog } from './schemas/house.ts'

type Entry = { name: string; description?: string }

export function catalogOf(world: World, rates: Rates): Catalog {
  const speaker = speakerIn(world)
  return {
    formats: listed(formats, (_, { width, height }) => ({ width, height })),
    styles: listed(styles, (id, { art }) => ({ description: art.medium, pictureLink: styleSample(id) })),
    voices: listed(voices, (id, { gender }) => ({ gender, sampleLink: voiceSample(id), spokenBy: speaker })),
    captionLooks: listed(captionLooks, (id) => ({ previewLink: captionSample(id) })),
    captionPositions: listed(captionPositions),
    captionSizes: listed(captionSizes),
    captionFonts: listed(captionFonts),
    music: listed(musicMoods, (id) => {
      const sampleLink = musicSample(id)
      return sampleLink === undefined ? {} : { sampleLink }
    }),
    transitions: listed(transitionWishes),
    motions: listed(motionWishes),
    fits: listed(fits),
    clipPlays: listed(clipPlays),
    resolutions: listed(resolutions),
    frameRates: [...frameRates],
    codecs: listed(codecs),
    qualities: listed(qualities),
    presets: listed(presets),
    roles: listed(roles),
    models: Object.entries(models)
      .filter(([, model]) => !isRetired(model, world.today) && model.roles.length > 0)
      .map(([id, { name, provider, roles: able }]) => ({
        id,
        name,
        service: provider,
        roles: [...able],
        isAvailable: world.available.includes(provider),
      })),
    services: listed(services, (id) => ({ isAvailable: world.available.includes(id) })),
    limits: {
      scriptCharacters,
      topicCharacters: 500,
      scenes: 120,
      requestBytes: 1_000_000,
      uploadBytes: uploadLimits,
      ...rates,
    },
    defaults: defaults(),
  }
}

/** The entries of a table in its order, with whatever else is to be known of each. */
function listed<Id extends string, Item extends Entry, More extends object>(
  entries: Record<Id, Item>,
  more: (id: Id, entry: Item) => More = () => ({}) as More,
) {
  return (Object.entries(entries) as [Id, Item][]).map(([id, entry]) => ({
    id,
    name: entry.name,
    ...(entry.description !== undefined && { description: entry.description }),
    ...more(id, entry),
  }))
}

/** Who speaks when nobody else is asked for: the same for every voice. */
function speakerIn(world: World): string {
  const { narrate } = chooseModels(undefined, world).choices
  const service: ServiceId | undefined = findModel(narrate)?.model.provider
  return service === undefined ? 'embedded' : services[service].name
}

/** What a request holds that says nothing but a topic. */
function defaults(): Record<string, unknown> {
  const { topic: _topic, ...rest } = VideoRequest.parse({ topic: 'any' })
  return rest
}
