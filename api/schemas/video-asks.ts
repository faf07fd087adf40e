// What may be asked of a video besides its making. What these schemas read, /openapi.json documents.
import * as z from 'zod'
import { formats, styles } from '../../core/catalog.ts'
import { SceneRequest } from '../../core/request/scenes.ts'
import { VideoRequest } from '../../core/video.ts'
import { status } from './fields.ts'

/** What is to be different about one scene. */
export const SceneChangeRequest = z.strictObject({
  ...SceneRequest.shape,
  /** True: another picture of the same prompt. False: not after all, of a change that was not made. */
  redo: z.boolean().optional(),
  maxCostUsd: VideoRequest.shape.maxCostUsd,
})

/** What may be different when a video is tried again. */
export const RetryRequest = z.strictObject({
  /** Of all its versions together, from now on. */
  maxCostUsd: VideoRequest.shape.maxCostUsd,
})

const { format, voice, captions, music, resolution, language, title } = VideoRequest.shape
/** What is to be different about a video that is made once more from the same material. */
export const VariantRequest = z.strictObject({
  format: format.unwrap().optional(),
  language,
  voice: voice.unwrap().optional(),
  captions: captions.unwrap().optional(),
  music: music.unwrap().optional(),
  resolution: resolution.unwrap().optional(),
  title,
  /** Of all scenes, in order, instead of what a service would translate. */
  texts: z.array(z.string()).min(1).max(120).optional(),
})

const listLength = { usual: 20, most: 100 } as const

/** `cursor` is `next` of the page before. Days are of UTC, both included. */
export const ListQuery = z.object({
  limit: z
    .string()
    .regex(/^[0-9]{1,4}$/, `must be a whole number from 1 to ${listLength.most}`)
    .transform(Number)
    .pipe(z.int().min(1).max(listLength.most))
    .optional()
    .transform((limit) => limit ?? listLength.usual),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,400}$/, "must be the 'next' of the page before")
    .optional(),
  status: z
    .preprocess(
      (given) =>
        given === undefined ? given : [given as string | string[]].flat().flatMap((value) => value.split(',')),
      z.array(status).min(1).max(20).optional(),
    )
    .optional(),
  q: z.string().min(1).max(200).optional(),
  format: z.enum(Object.keys(formats) as [string, ...string[]]).optional(),
  style: z.enum(Object.keys(styles) as [string, ...string[]]).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})
export type ListQuery = z.infer<typeof ListQuery>

/** The same for people's tools: a query is text, whatever it stands for. */
export const listQueryDocumented = {
  limit: { type: 'integer', minimum: 1, maximum: listLength.most, default: listLength.usual },
  status: { type: 'array', minItems: 1, maxItems: 20, items: { type: 'string', enum: status.options } },
} as const
