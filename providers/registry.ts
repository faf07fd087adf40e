// Chooses who does what in a video. The services' own libraries load when they are used, not here.
import { setTimeout } from 'node:timers/promises'
import { type Choices, findModel, ladderOf, type Role, type ServiceId } from '../core/models.ts'
import type { Providers } from '../core/stage.ts'
import { governConnections } from './calls/dispatcher.ts'
import { availableServices } from './calls/keys.ts'
import { elevenLabsAligner } from './elevenlabs/align.ts'
import { preload as preloadElevenLabs } from './elevenlabs/client.ts'
import { elevenLabsMusician } from './elevenlabs/score.ts'
import { elevenLabsSpeaker } from './elevenlabs/speak.ts'
import { geminiAsk } from './gemini/ask.ts'
import { geminiClient } from './gemini/client.ts'
import { geminiIllustrator } from './gemini/illustrate.ts'
import { geminiSpeaker } from './gemini/speak.ts'
import { embeddedAligner } from './offline/align/align.ts'
import { embedded } from './offline/embedded.ts'
import { textCard } from './offline/pictures/card.ts'
import { openaiAsk } from './openai/ask.ts'
import { openaiClient } from './openai/client.ts'
import { openaiIllustrator } from './openai/illustrate.ts'
import { openaiSpeaker } from './openai/speak.ts'
import { openaiAligner } from './openai/transcribe.ts'
import { plannerOf } from './text/plan.ts'
import { softenerOf } from './text/soften.ts'
import { translatorOf } from './text/translate.ts'
import { writerOf } from './text/write.ts'

const illustrator = embedded('scenes-1', async () => (await import('./offline/pictures/illustrate.ts')).illustrate)

/** The embedded defaults: what a video without choices is made by, and who stands in when no service can. */
const embeddedOnly: Providers = {
  writers: [],
  translators: [],
  planners: [embedded('plan-1', async () => (await import('./offline/plan.ts')).plan)],
  softeners: [],
  illustrators: [illustrator],
  standIns: { refused: textCard, outOfOrder: illustrator },
  narrators: [
    { kind: 'narrator', ...embedded('flite-1', async () => (await import('./offline/voice/narrate.ts')).narrate) },
  ],
  aligners: [embeddedAligner],
  musicians: [embedded('synth-1', async () => (await import('./offline/music/score.ts')).score)],
}

/** Who makes what, with the keys that are in the environment now. `today`: YYYY-MM-DD. */
export function providersFor(choices: Choices | undefined, today: string): Providers {
  if (choices === undefined) return embeddedOnly
  const world = { available: availableServices(), today }
  const made = <Made>(role: Role, makers: Makers<Made>) =>
    ladderOf(role, choices, world).flatMap((name) => makerOf(name, makers) ?? [])
  const asks = { openai: named('openai', openaiAsk), gemini: named('gemini', geminiAsk) }
  const illustrators = made('illustrate', {
    openai: (model) => openaiIllustrator(model, choices.pictureQuality),
    gemini: (model) => geminiIllustrator(model, choices.pictureQuality),
  })
  const speakers = made('narrate', {
    openai: (model) => ({ kind: 'speaker' as const, ...openaiSpeaker(model) }),
    elevenlabs: (model) => ({ kind: 'speaker' as const, ...elevenLabsSpeaker(model) }),
    gemini: (model) => ({ kind: 'speaker' as const, ...geminiSpeaker(model) }),
  })
  const aligners = made('align', { openai: openaiAligner, elevenlabs: () => elevenLabsAligner() })
  return {
    writers: made('write', asks).map(({ service, model, make }) => writerOf(service, model, make)),
    translators: made('write', asks).map(({ service, model, make }) => translatorOf(service, model, make)),
    planners: [
      ...made('plan', asks).map(({ service, model, make }) => plannerOf(service, model, make)),
      ...embeddedOnly.planners,
    ],
    softeners: made('plan', asks).map(({ service, model, make }) => softenerOf(service, model, make)),
    illustrators: illustrators.length > 0 ? illustrators : embeddedOnly.illustrators,
    standIns: embeddedOnly.standIns,
    narrators: [...speakers, ...embeddedOnly.narrators],
    aligners: [...aligners, ...embeddedOnly.aligners],
    musicians: [...made('score', { elevenlabs: elevenLabsMusician }), ...embeddedOnly.musicians],
  }
}

/**
 * Loads what calls of these services need, before they are made: what a plan needs at once, the rest while it is waited
 * for. Whatever is wrong with it shows when it is used.
 */
export async function preload(services: ServiceId[]): Promise<void> {
  await governConnections()
  const loads = { openai: openaiClient, gemini: geminiClient }
  const wanted = (Object.keys(loads) as (keyof typeof loads)[]).filter((service) => services.includes(service))
  for (const [place, service] of wanted.entries()) {
    if (place > 0) await setTimeout(planIsOutMs)
    await loads[service]()
    if (place === 0 && services.includes('elevenlabs')) preloadElevenLabs()
  }
}

const planIsOutMs = 1000

type Makers<Made> = Partial<Record<ServiceId, (model: string) => Made>>

/** Of a rung of a ladder: a model's id, or 'service/id' of one that the catalogue does not know. */
function makerOf<Made>(name: string, makers: Makers<Made>): Made | undefined {
  const [service = '', ...rest] = name.split('/')
  const known = findModel(name)
  return makers[known?.model.provider ?? (service as ServiceId)]?.(known?.version ?? rest.join('/'))
}

/** With whom it asks, for the bill and the asset's key. */
function named<Made>(service: ServiceId, make: (model: string) => Made) {
  return (model: string) => ({ service, model, make: make(model) })
}
