// What a user asks for. One schema for the command line's video.json, the API and the inbox.
import * as z from 'zod'
import { defaultCaptionLook, defaultMusic, defaultStyle, formats, musicMoods, styles } from './catalog.ts'
import { oneOf } from './choice.ts'
import { edges, motionWishes, transitionWishes } from './editing.ts'
import { InputError } from './errors.ts'
import { explain, inWords } from './explain.ts'
import {
  codecs,
  defaultCodec,
  defaultFrameRate,
  defaultQuality,
  defaultResolution,
  frameRates,
  qualities,
  resolutions,
} from './output.ts'
import type { Choices } from './models.ts'
import { CaptionsRequest, CaptionStyling } from './request/captions.ts'
import { colour, file, languageTag, line, oneOfNumbers, phrase, whole } from './request/fields.ts'
import { ModelsRequest } from './request/models.ts'
import { FocusPoint, SceneRequest, ScenesRequest } from './request/scenes.ts'
import type { UploadedClip } from './request/uploads.ts'
import { defaultVoice, voices } from './voices.ts'

export type VideoStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

const ProgressBar = z.strictObject({ edge: oneOf(edges, 'edge').optional(), colour: colour.optional() })

export const VideoRequest = z
  .strictObject({
    title: line(120).optional(),
    category: phrase.optional(),
    script: z.string().optional(),
    topic: line(500).optional(),
    format: oneOf(formats, 'format').default('9:16'),
    style: oneOf(styles, 'style').default(defaultStyle),
    voice: oneOf(voices, 'voice').default(defaultVoice),
    /** BCP 47, e.g. 'en' or 'pt-BR'; found from the script when absent. */
    language: languageTag.optional(),
    keywords: z.array(phrase).max(30).default([]),
    negativeKeywords: z.array(phrase).max(30).default([]),
    scenes: ScenesRequest.default('auto'),
    captions: CaptionsRequest.default(defaultCaptionLook),
    music: oneOf(musicMoods, 'music mood').default(defaultMusic),
    /** The user's own music instead of the mood's. */
    musicFile: file.optional(),
    /** How scenes follow each other; 'auto' is as the style has it. */
    transition: oneOf(transitionWishes, 'transition').default('auto'),
    /** Whether pictures move. */
    motion: oneOf(motionWishes, 'motion').default('auto'),
    /** A short sound where one scene follows another. */
    soundEffects: z.boolean().default(false),
    /** An opening card: true shows the title. */
    titleCard: z.union([z.boolean(), line(120)], { error: 'must be true, false or a text in quotes' }).default(false),
    /** Text for a card at the end. */
    endCard: line(120).optional(),
    /** The user's own clips before and after everything else, with their sound. */
    intro: file.optional(),
    outro: file.optional(),
    /** A short text kept in a corner of every frame. */
    watermark: line(40).optional(),
    /** A picture (PNG with transparency) kept in the other corner. */
    logo: file.optional(),
    progressBar: z
      .union([z.boolean(), ProgressBar], { error: 'must be true, false or an object such as {"edge": "top"}' })
      .default(false),
    resolution: oneOf(resolutions, 'resolution').default(defaultResolution),
    fps: oneOfNumbers(frameRates).default(defaultFrameRate),
    codec: oneOf(codecs, 'codec').default(defaultCodec),
    quality: oneOf(qualities, 'quality').default(defaultQuality),
    /** Also as HLS, in several sizes. */
    hls: z.boolean().default(false),
    /** Same request and seed, same video. Made from the script when absent. */
    seed: whole(0, 0xffff_ffff).optional(),
    /** Who does what: a preset, or a service or model for a role (core/models.ts). */
    models: ModelsRequest.optional(),
    maxCostUsd: z.number().min(0).max(1000).optional(),
    /** Which hosts may be called is the installation's to say (core/webhooks/url.ts). */
    webhookUrl: z
      .url({ protocol: /^https?$/, error: 'must be an https address' })
      .max(2000)
      .optional(),
  })
  .check(agree)
/**
 * What no user writes: `media` is what whoever took the uploads found out about the clips among them, by their keys;
 * `uploadIds` is what people call them, by their keys; `choices` are the models that `models` came to when the video was
 * created.
 */
export type VideoRequest = z.infer<typeof VideoRequest> & {
  media?: Record<string, UploadedClip>
  uploadIds?: Record<string, string>
  choices?: Choices
}

/** Throws InputError: one line that names each wrong field, the rule and the value. */
export function parseRequest(raw: unknown): VideoRequest {
  const parsed = VideoRequest.safeParse(raw, { error: inWords })
  if (parsed.success) return parsed.data
  const lines = [...new Set(parsed.error.issues.flatMap((issue) => explain(issue, raw, fieldsAt)))]
  throw new InputError(
    lines.length > 3 ? `${lines.slice(0, 3).join('; ')}; and ${lines.length - 3} more` : lines.join('; '),
    { lines },
  )
}

function agree({ value, issues }: { value: z.infer<typeof VideoRequest>; issues: unknown[] }) {
  const wrong = (path: string[], message: string, input: unknown) =>
    issues.push({ code: 'custom', path, message, input })
  const texts = Array.isArray(value.scenes) ? value.scenes.filter((scene) => scene.text !== undefined).length : 0
  if (texts > 0 && texts < (value.scenes as unknown[]).length)
    wrong(
      ['scenes'],
      `${texts} of ${(value.scenes as unknown[]).length} bring a text; either every scene does or none`,
      value.scenes,
    )
  if (texts > 0 && value.script !== undefined)
    wrong(['script'], "is given twice: as 'script' and as the scenes' texts", value.script)
  if (value.topic !== undefined && (value.script !== undefined || texts > 0))
    wrong(['topic'], "stands beside a script; give one of 'script' and 'topic'", value.topic)
  if (value.topic === undefined && value.script === undefined && texts === 0)
    wrong(['script'], "is missing; give 'script', 'topic' or scenes with texts", undefined)
}

const objects: Record<string, { shape: object }> = {
  scenes: SceneRequest,
  'scenes.focus': FocusPoint,
  captions: CaptionStyling,
  progressBar: ProgressBar,
  models: ModelsRequest,
}

/** The fields that stand at a path of the request: for naming the nearest to an unknown one. */
function fieldsAt(path: PropertyKey[]): string[] {
  const place = path.filter((part) => typeof part === 'string').join('.')
  return Object.keys((objects[place] ?? VideoRequest).shape)
}
