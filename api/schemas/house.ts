// What is not of one video: uploads, the catalogue, usage, keys, webhooks.
import { z } from '@hono/zod-openapi'
import { webhookTypes } from '../../core/webhooks.ts'
import { link, time, uploadId, videoId } from './fields.ts'

export const uploadKinds = ['picture', 'clip', 'music', 'font', 'script'] as const
/** Kind 'script': a file of requests for the inbox (.txt, .json, .jsonl, .csv). */
export const Upload = z
  .object({
    id: uploadId,
    name: z.string(),
    kind: z.enum(uploadKinds),
    /** 'waiting' for its bytes, or to be checked. */
    state: z.enum(['waiting', 'ready', 'refused']),
    createdAt: time,
    bytes: z.int().optional(),
    /** When ready. */
    width: z.int().optional(),
    height: z.int().optional(),
    durationSeconds: z.number().optional(),
    hasSound: z.boolean().optional(),
    /** A font's own name. */
    family: z.string().optional(),
    link: link.optional(),
    /** When refused. */
    reason: z.string().optional(),
  })
  .openapi('Upload')
export type Upload = z.infer<typeof Upload>
/**
 * Where to POST the file to, as multipart/form-data: `fields` first, then the file as 'file'. Then POST …/check. `key` and
 * `manifestKey` of a 'script': where in the inbox it lies, and where what comes of each of its requests is told.
 */
export const NewUpload = Upload.extend({
  form: z.object({ url: link, fields: z.record(z.string(), z.string()), expiresAt: time }),
  maxBytes: z.int(),
  key: z.string().optional(),
  manifestKey: z.string().optional(),
}).openapi('NewUpload')
export type NewUpload = z.infer<typeof NewUpload>
/** Newest first. */
export const UploadList = z.object({ uploads: z.array(Upload), next: uploadId.optional() }).openapi('UploadList')
export type UploadList = z.infer<typeof UploadList>

const named = { id: z.string(), name: z.string(), description: z.string().optional() }
const Named = z.object(named)
/** Links are relative to the page's own address. */
export const Catalog = z
  .object({
    formats: z.array(z.object({ ...named, width: z.int(), height: z.int() })),
    styles: z.array(z.object({ ...named, pictureLink: link })),
    voices: z.array(
      z.object({
        ...named,
        gender: z.string(),
        sampleLink: link,
        /** Who speaks here, with the keys that this installation has: 'ElevenLabs', 'OpenAI', 'Gemini' or 'embedded'. */
        spokenBy: z.string(),
      }),
    ),
    captionLooks: z.array(z.object({ ...named, previewLink: link })),
    captionPositions: z.array(Named),
    captionSizes: z.array(Named),
    captionFonts: z.array(Named),
    music: z.array(z.object({ ...named, sampleLink: link.optional() })),
    transitions: z.array(Named),
    motions: z.array(Named),
    fits: z.array(Named),
    clipPlays: z.array(Named),
    resolutions: z.array(Named),
    frameRates: z.array(z.int()),
    codecs: z.array(Named),
    qualities: z.array(Named),
    presets: z.array(Named),
    roles: z.array(Named),
    models: z.array(z.object({ ...named, service: z.string(), roles: z.array(z.string()), isAvailable: z.boolean() })),
    services: z.array(z.object({ ...named, isAvailable: z.boolean() })),
    limits: z.object({
      scriptCharacters: z.int(),
      topicCharacters: z.int(),
      scenes: z.int(),
      requestBytes: z.int(),
      uploadBytes: z.record(z.string(), z.int()),
      requestsPerMinute: z.int(),
      videosPerMinute: z.int(),
    }),
    defaults: z.record(z.string(), z.unknown()),
  })
  .openapi('Catalog')
export type Catalog = z.infer<typeof Catalog>

/** Days in UTC. */
export const UsageQuery = z.object({ from: z.iso.date().optional(), to: z.iso.date().optional() })
export const Usage = z
  .object({
    /** YYYY-MM-DD, both included. */
    from: z.iso.date(),
    to: z.iso.date(),
    currency: z.literal('USD'),
    totalUsd: z.number(),
    seconds: z.number(),
    videos: z.object({ made: z.int(), failed: z.int(), cancelled: z.int(), unfinished: z.int() }),
    byDay: z.array(z.object({ date: z.iso.date(), videos: z.int(), costUsd: z.number() })),
    byService: z.array(
      z.object({ service: z.string(), calls: z.int(), costUsd: z.number(), units: z.record(z.string(), z.number()) }),
    ),
  })
  .openapi('Usage')
export type Usage = z.infer<typeof Usage>

/** `space` 'own': its videos are its own, and no other key sees them; 'shared': those of the key that made it. */
export const Key = z
  .object({
    id: z.string(),
    name: z.string(),
    space: z.enum(['own', 'shared']),
    createdAt: time,
    lastUsedAt: time.optional(),
    revokedAt: time.optional(),
    /** Whether it is the one that this request came with. */
    isThis: z.boolean(),
  })
  .openapi('Key')
export type Key = z.infer<typeof Key>
/** `key` is shown this once. */
export const NewKey = Key.extend({ key: z.string() }).openapi('NewKey')
export type NewKey = z.infer<typeof NewKey>

export const KeyList = z.object({ keys: z.array(Key) }).openapi('KeyList')
/** Characters are counted as in JSON Schema, by code points; control characters and spaces around are left out. */
export const KeyWish = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .refine((name) => [...name].length <= 100, 'must have at most 100 characters')
      .meta({ maxLength: 100 })
      .transform(tidied),
    space: z.enum(['own', 'shared']).default('own'),
  })
  .openapi('KeyWish')
/** How long the old key works beside the new one; not at all when absent. */
export const KeyRotation = z
  .strictObject({ overlapSeconds: z.int().min(0).max(604_800).optional() })
  .openapi('KeyRotation')

export const WebhookDelivery = z
  .object({
    id: z.string(),
    videoId,
    type: z.enum(webhookTypes),
    state: z.enum(['waiting', 'delivered', 'given-up']),
    createdAt: time,
    attempts: z.int(),
    nextAttemptAt: time.optional(),
    deliveredAt: time.optional(),
    /** Why the last attempt did not succeed, or the status of the answer. */
    lastAnswer: z.string().optional(),
  })
  .openapi('WebhookDelivery')
export type WebhookDelivery = z.infer<typeof WebhookDelivery>
export const WebhookList = z.object({ webhooks: z.array(WebhookDelivery) }).openapi('WebhookList')
export const webhookListLength = { usual: 50, most: 100 } as const
/** A query is text, whatever it stands for. */
export const WebhookQuery = z.object({
  videoId: videoId.optional(),
  limit: z
    .string()
    .refine(
      (limit) => /^[1-9][0-9]{0,2}$/.test(limit) && Number(limit) <= webhookListLength.most,
      `must be a whole number from 1 to ${webhookListLength.most}`,
    )
    .meta({ type: 'integer', minimum: 1, maximum: webhookListLength.most, default: webhookListLength.usual })
    .optional(),
})
/** Base64 of the key behind 'whsec_', as Standard Webhooks has it. */
export const WebhookSecret = z.object({ secret: z.string() }).openapi('WebhookSecret')

/** RFC 9457. `code` is stable; `errors` names each field of the request that breaks a rule. */
export const ProblemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.object({ field: z.string(), rule: z.string() })).optional(),
    /** Of 429 and 503: when to come again. */
    retryAfterSeconds: z.number().optional(),
  })
  .openapi('ProblemDetails')
export type ProblemDetails = z.infer<typeof ProblemDetails>

function tidied(name: string): string {
  const plain = name
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return plain === '' ? 'key' : plain
}
