// What a user asks for. One schema for the command line's video.json, the API and the inbox.
import * as z from 'zod'
import {
  captionLooks,
  defaultCaptionLook,
  defaultMusic,
  defaultStyle,
  defaultVoice,
  formats,
  musicMoods,
  styles,
  voices,
} from './catalog.ts'
import { oneOf } from './choice.ts'
import { InputError } from './errors.ts'
import { explain, inWords } from './explain.ts'

export type VideoStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled'

const sceneCountLimit = 120

/** One line of text: any white space is a single space. */
function line(max: number) {
  return z
    .string()
    .overwrite((text) => text.trim().replaceAll(/\s+/g, ' '))
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'has a control character or half a character in it; delete it')
}

const phrase = line(80)

/** BCP 47 in any case and with '_' too; what it is made of has to be a language that exists. */
const languageTag = z.preprocess(
  (tag) => (typeof tag === 'string' ? canonical(tag) : tag),
  z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { abort: true, error: "must be a BCP 47 tag such as 'en' or 'pt-BR'" })
    .refine((tag) => languageNames.of(tag.split('-')[0]!), 'is no language we know'),
)
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'))[0] ?? tag
  } catch {
    return tag
  }
}

function whole(min: number, max: number) {
  const error = `must be a whole number from ${min} to ${max}`
  return z.int({ error }).min(min, error).max(max, error)
}

const SceneRequest = z.strictObject({
  /** The words said in this scene. Either every scene brings its text or none does (then the script is divided). */
  text: z.string().optional(),
  /** What the picture shows, instead of what the words say. */
  prompt: line(1000).optional(),
  /** The user's own picture: a file beside video.json on the command line, an upload's id over the API. */
  picture: z.string().min(1).max(1000).optional(),
})

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
    /** 'auto', how many, or a list in which each scene may bring its own text, prompt or picture. */
    scenes: z
      .union([z.literal('auto'), whole(1, sceneCountLimit), z.array(SceneRequest).min(1).max(sceneCountLimit)])
      .default('auto'),
    captions: oneOf(captionLooks, 'caption look').default(defaultCaptionLook),
    music: oneOf(musicMoods, 'music mood').default(defaultMusic),
    /** A short text kept in a corner of every frame. */
    watermark: line(40).optional(),
    /** Same request and seed, same video. Made from the script when absent. */
    seed: whole(0, 0xffff_ffff).optional(),
    maxCostUsd: z.number().min(0).max(1000).optional(),
    webhookUrl: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .max(2000)
      .optional(),
  })
  .check(agree)
export type VideoRequest = z.infer<typeof VideoRequest>

/** Throws InputError: one line that names each wrong field, the rule and the value. */
export function parseRequest(raw: unknown): VideoRequest {
  const parsed = VideoRequest.safeParse(raw, { error: inWords })
  if (parsed.success) return parsed.data
  const lines = [...new Set(parsed.error.issues.flatMap((issue) => explain(issue, raw, fieldsAt)))]
  throw new InputError(
    lines.length > 3 ? `${lines.slice(0, 3).join('; ')}; and ${lines.length - 3} more` : lines.join('; '),
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

/** The fields that stand at a path of the request: for naming the nearest to an unknown one. */
function fieldsAt(path: PropertyKey[]): string[] {
  return Object.keys(path[0] === 'scenes' ? SceneRequest.shape : VideoRequest.shape)
}
