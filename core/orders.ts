// What a service is to make, as data: whoever holds the service's key carries it out, in this process or in another.
import * as z from 'zod'
import { NotFoundError } from './errors.ts'
import { refusalKey, speechKeyOf } from './keys.ts'
import { type Body, json, once } from './once.ts'
import type {
  AlignBrief,
  Making,
  MusicBrief,
  ObjectStore,
  Picture,
  PictureBrief,
  PlanBrief,
  Provider,
  ScriptBrief,
  SoftenBrief,
  SpeechBrief,
  SpokenPiece,
  TranslateBrief,
  VideoRecord,
} from './ports.ts'
import { activeVideoOf } from './records.ts'
import type { Providers, StagePorts } from './stage.ts'
import { soundOf, wavOf } from './wav.ts'

/** Of a sound only the key travels. */
type HeardBrief = Omit<AlignBrief, 'sound'> & { speech: string }
type Briefs = {
  draft: ScriptBrief
  translated: TranslateBrief
  planned: PlanBrief
  softened: SoftenBrief
  picture: PictureBrief
  spoken: SpeechBrief
  heard: HeardBrief
  music: MusicBrief
}
export type OrderKind = keyof Briefs

/** `key`: where the asset is to lie. `brief`: what `Provider.make` takes, but for a sound, of which it has the key. */
export const Order = z.object({
  kind: z.enum(['draft', 'translated', 'planned', 'softened', 'picture', 'spoken', 'heard', 'music']),
  service: z.enum(['openai', 'elevenlabs', 'gemini', 'embedded']),
  model: z.string(),
  key: z.string(),
  videoId: z.string(),
  stage: z.string(),
  scene: z.int().optional(),
  about: z.string().optional(),
  brief: z.record(z.string(), z.unknown()),
})
export type Order = z.infer<typeof Order>

type Wish<Kind extends OrderKind> = {
  kind: Kind
  by: Pick<Provider<never, unknown>, 'provider' | 'model'>
  key: string
  brief: Briefs[Kind]
  video: VideoRecord
  stage: string
  scene?: number
  about?: string
}

/**
 * Has an asset made unless it is there: here, or by whoever has the service's key. When this comes back the asset lies
 * under the wish's key. Throws what `once` throws.
 */
export async function have<Kind extends OrderKind>(wish: Wish<Kind>, ports: StagePorts): Promise<void> {
  const { kind, by, key, brief, video, stage, scene, about } = wish
  const { provider: service, model } = by
  const order = { kind, service, model, key, videoId: video.id, stage, scene, about, brief } as Order
  const isElsewhere = ports.order !== undefined && service !== 'embedded'
  // What is there, or was refused, needs nobody: the ledger is put in order here.
  if (isElsewhere && !(await isSettled(key, ports.objects))) await ports.order!(order)
  else await make(order, video, ports)
}

/** Runs an order with this process's own providers and ledger. Throws what `once` throws. */
export async function carryOut(order: Order, ports: StagePorts): Promise<void> {
  await make(order, await activeVideoOf(ports.videos, order.videoId), ports)
}

async function isSettled(key: string, objects: ObjectStore): Promise<boolean> {
  return ((await objects.head(key)) ?? (await objects.head(refusalKey(key)))) !== undefined
}

async function make(order: Order, video: VideoRecord, ports: StagePorts): Promise<void> {
  const { kind, service: provider, model, key, stage, scene, about, brief } = order
  const by = { provider, model }
  const way = ways[kind] as Way<OrderKind>
  await once(ports, { video, stage, scene, key, by, about }, async (making) => {
    const makers = way.among(ports.providers(video.request.choices))
    const maker = makers.find((it) => it.provider === provider && it.model === model)
    if (!maker) throw new NotFoundError(`${provider} ${model} makes no '${kind}' for the video ${video.id}`)
    return way.make(maker, brief as never, making, { key, objects: ports.objects })
  })
}

type Maker = Provider<never, unknown>
type Place = { key: string; objects: ObjectStore }
type Way<Kind extends OrderKind> = {
  among: (providers: Providers) => Maker[]
  /** Makes what is to be kept under the key; everything else that belongs to it is kept by then. */
  make: (by: Maker, brief: Briefs[Kind], making: Making, place: Place) => Promise<Body>
}

/** Who makes each kind of thing, and how it is kept. */
const ways: { [Kind in OrderKind]: Way<Kind> } = {
  draft: { among: ({ writers }) => writers, make: asJson },
  translated: { among: ({ translators }) => translators, make: asJson },
  planned: { among: ({ planners }) => planners, make: asJson },
  softened: { among: ({ softeners }) => softeners, make: asJson },
  picture: {
    among: ({ illustrators, standIns }) => [...illustrators, ...Object.values(standIns)],
    make: (by, brief, making) => made<Picture>(by, brief, making),
  },
  spoken: {
    among: ({ narrators }) => narrators.filter(({ kind }) => kind === 'speaker'),
    make: async (by, brief, making, { key, objects }) => {
      const { sound, ...spoken } = await made<SpokenPiece>(by, brief, making)
      const speech = speechKeyOf(key)
      await objects.put(speech, wavOf(sound), { contentType: 'audio/wav' })
      return jsonBody({ speech, ...spoken })
    },
  },
  heard: {
    among: ({ aligners }) => aligners,
    make: async (by, { speech, ...brief }, making, { objects }) =>
      asJson(by, { ...brief, sound: soundOf(await objects.get(speech)) }, making),
  },
  music: {
    among: ({ musicians }) => musicians,
    make: async (by, brief, making) => ({
      bytes: await made<Uint8Array>(by, brief, making),
      contentType: 'audio/wav',
    }),
  },
}

async function asJson(by: Maker, brief: unknown, making: Making): Promise<Body> {
  return jsonBody(await made(by, brief, making))
}

function jsonBody(value: unknown): Body {
  return { bytes: json(value), contentType: 'application/json' }
}

/** The way's `among` and its brief belong together: TypeScript cannot see that across the table. */
async function made<Made>(by: Maker, brief: unknown, making: Making): Promise<Made> {
  return (await by.make(brief as never, making)) as Made
}
