// What the API's answers are made of. The page takes its types from here, and /openapi.json its schemas.
import { z } from '@hono/zod-openapi'

export const videoId = z.string().regex(/^vid_[A-Za-z0-9_-]{22}$/)
export const uploadIdPattern = '^upl_[A-Za-z0-9_-]{22}$'
export const uploadId = z.string().regex(new RegExp(uploadIdPattern))
/** ISO 8601. */
export const time = z.iso.datetime()
/** Where something can be fetched for a while without a key: the signature is in it. */
export const link = z.string()
export const status = z.enum(['queued', 'running', 'done', 'failed', 'cancelled'])

export const Step = z
  .object({
    step: z.enum(['write', 'narrate', 'plan', 'illustrate', 'score', 'compose', 'publish']),
    state: z.enum(['waiting', 'running', 'done']),
    done: z.number().optional(),
    total: z.number().optional(),
    unit: z.string().optional(),
    secondsLeft: z.number().optional(),
  })
  .openapi('Step')
export type Step = z.infer<typeof Step>

/** `percent`: 0 to 100, never falling within one attempt. */
export const Progress = z
  .object({ percent: z.number().min(0).max(100), secondsLeft: z.number().min(0).optional() })
  .openapi('Progress')
export type Progress = z.infer<typeof Progress>

const Word = z.object({ text: z.string(), startMs: z.int(), endMs: z.int() }).openapi('Word')

/** `number` counts from 1, as people do; it is the {n} of …/scenes/{n}. */
export const Scene = z
  .object({
    number: z.int().min(1),
    text: z.string(),
    prompt: z.string().optional(),
    startMs: z.int().optional(),
    endMs: z.int().optional(),
    /** Once the narration is there: milliseconds from the start of the narration. */
    words: z.array(Word).optional(),
    picture: z.object({
      state: z.enum(['waiting', 'making', 'ready']),
      kind: z.enum(['picture', 'clip']),
      /** The user's own. */
      isOwn: z.boolean(),
      link: link.optional(),
    }),
  })
  .openapi('Scene')
export type Scene = z.infer<typeof Scene>

export const BillLine = z
  .object({
    stage: z.string(),
    /** Counts from 1. */
    scene: z.int().optional(),
    provider: z.string(),
    model: z.string(),
    unit: z.string(),
    units: z.number(),
    costUsd: z.number(),
    about: z.string().optional(),
  })
  .openapi('BillLine')
/** `unsettled`: calls whose answer never came whole, which may have been charged. */
export const Bill = z
  .object({
    currency: z.literal('USD'),
    totalUsd: z.number(),
    lines: z.array(BillLine),
    unsettled: z.array(
      z.object({ stage: z.string(), scene: z.int().optional(), provider: z.string(), estimateUsd: z.number() }),
    ),
    failures: z.array(
      z.object({
        stage: z.string(),
        scene: z.int().optional(),
        provider: z.string(),
        outcome: z.string(),
        reason: z.string(),
      }),
    ),
  })
  .openapi('Bill')
export type Bill = z.infer<typeof Bill>

export const Finding = z
  .object({ check: z.string(), ok: z.boolean(), measured: z.string(), wanted: z.string() })
  .openapi('Finding')
