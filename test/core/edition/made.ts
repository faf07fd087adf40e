// Videos that are changed: real stages on real stores and the embedded voice; pictures and renders are a few bytes each.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EditPorts } from '../../../core/edit.ts'
import { chooseModels, type ServiceId } from '../../../core/models.ts'
import { json } from '../../../core/once.ts'
import type { Illustrator, Musician, VideoRecord } from '../../../core/ports.ts'
import { videoOf } from '../../../core/records.ts'
import type { StagePorts } from '../../../core/stage.ts'
import { stages } from '../../../core/stages.ts'
import type { VideoRequest } from '../../../core/video.ts'
import { portsFor, videoId } from '../stages/ports.ts'

export type Started = string[]
export type World = { ports: StagePorts; edits: EditPorts; started: Started }

type Wishes = { available?: ServiceId[]; media?: VideoRequest['media']; models?: VideoRequest['models'] }

/** A world with the video `videoId`, not made yet. */
export async function worldWith(
  wishes: object,
  { available = [], media, models: wished }: Wishes = {},
): Promise<World> {
  const choose = ({ models }: Pick<VideoRequest, 'models'>) =>
    chooseModels(models ?? wished, { available, today: '2026-11-23' })
  const bare = await portsFor(wishes, media, choose({}).choices)
  const ports: StagePorts = {
    ...bare,
    providers: (choices) => {
      const all = bare.providers(choices)
      // Who draws for services is left to the services.
      return available.length > 0 ? all : { ...all, illustrators: [pencil], musicians: [whistle] }
    },
    compose: {
      version: 'test',
      run: async ({ outDir, parts, scratchDir, timeline }) => {
        const path = join(scratchDir, 'part')
        writeFileSync(path, JSON.stringify(timeline.scenes))
        await parts.keep(`part-of-${timeline.scenes[0]!.media.key.split('/').at(-1)}`, 'h264', path)
        mkdirSync(outDir, { recursive: true })
        for (const name of ['video.mp4', 'poster.jpg'])
          writeFileSync(join(outDir, name), `${name} ${scratchDir.length}`)
        return {
          encoder: 'none',
          encoderReason: '',
          integratedLufs: -14,
          segmentsRendered: 1,
          segmentsTotal: 1,
          notices: [],
          files: { video: 'video.mp4', poster: 'poster.jpg' },
        }
      },
    },
    inspect: async () => ({ findings: [{ check: 'frames', ok: true, measured: '1', wanted: '1' }] }),
    preview: async ({ outDir }) => {
      const made = { preview: 'preview.webp', storyboard: 'storyboard.jpg', storyboardTimes: 'storyboard.vtt' } as const
      for (const name of Object.values(made)) writeFileSync(join(outDir, name), name)
      return made
    },
  }
  const started: Started = []
  const edits: EditPorts = {
    videos: ports.videos,
    objects: ports.objects,
    start: async (id, attempt) => void started.push(`${id}-${attempt}`),
    choose,
    now: () => new Date(),
  }
  return { ports, edits, started }
}

/** Runs the stages in the workflow's order, as far as `until`. */
export async function make(
  { ports }: World,
  id = videoId,
  until: 'assemble' | 'compose' | 'publish' = 'publish',
): Promise<VideoRecord> {
  const { scriptKey } = await stages.write({ videoId: id }, ports)
  const { narrationKey } = await stages.narrate({ videoId: id, scriptKey }, ports)
  const { planKey, scenes } = await stages.plan({ videoId: id, scriptKey }, ports)
  const pictureKeys: string[] = []
  for (const scene of scenes)
    pictureKeys.push((await stages.illustrate({ videoId: id, scriptKey, planKey, scene }, ports)).pictureKey)
  const { musicKey, mood } = await stages.score({ videoId: id, scriptKey }, ports)
  const all = { videoId: id, scriptKey, planKey, narrationKey, musicKey, mood, pictureKeys }
  const { timelineKey } = await stages.assemble(all, ports)
  if (until !== 'assemble') await stages.compose({ videoId: id, timelineKey }, ports)
  if (until === 'publish') await stages.publish({ videoId: id, timelineKey, narrationKey, planKey }, ports)
  return videoOf(ports.videos, id)
}

const pencil: Illustrator = {
  provider: 'embedded',
  model: 'pencil-1',
  request: ({ prompt, seed }) => ({ prompt, seed }),
  make: (brief, { buy }) =>
    buy({ provider: 'embedded', model: 'pencil-1', estimateMicroUsd: 0 }, async () => ({
      made: { bytes: json(brief), contentType: 'image/jpeg' },
      charges: [],
    })),
}

const whistle: Musician = {
  provider: 'embedded',
  model: 'whistle-1',
  request: (brief) => brief,
  make: (brief, { buy }) =>
    buy({ provider: 'embedded', model: 'whistle-1', estimateMicroUsd: 0 }, async () => ({
      made: json(brief),
      charges: [],
    })),
}
