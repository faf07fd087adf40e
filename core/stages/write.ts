import * as z from 'zod'
import type { Assembled, Edition } from '../edition.ts'
import { type Said, editedScript } from '../edition/script.ts'
import { InputError, ServiceError } from '../errors.ts'
import { fontFor } from '../fonts.ts'
import { seedOf } from '../hash.ts'
import { assetKey } from '../keys.ts'
import { languageOf } from '../language.ts'
import { firstToMake } from '../ladder.ts'
import { json, readJson } from '../once.ts'
import { have } from '../orders.ts'
import type { DraftScript, Span, VideoRecord } from '../ports.ts'
import { activeVideoOf } from '../records.ts'
import { checkUploads } from '../request/uploads.ts'
import { cleanScript } from '../script.ts'
import { about, checkDrawnTexts, spansOf } from '../script-checks.ts'
import type { VideoRequest } from '../video.ts'
import type { Word } from '../words.ts'
import { textOf, wordsOf } from '../words.ts'
import type { StagePorts } from '../stage.ts'
import { translated } from '../translation.ts'
import type { Plan } from './plan.ts'

export const WriteInput = z.object({ videoId: z.string() })

/** What is said: the script cleaned, divided into words, with the spans that the user's own scenes fix. */
export type Script = {
  title: string
  text: string
  language: string
  seed: number
  words: Word[]
  spans: Span[] | undefined
}

/** The video's script: from the user's words, by a writer from a topic, or from the version before. Throws InputError. */
export async function write({ videoId }: z.infer<typeof WriteInput>, ports: StagePorts) {
  const video = await activeVideoOf(ports.videos, videoId)
  const { owner, request } = video
  checkUploads(request, owner)
  const script = await scriptFor(video, ports)
  const scriptKey = assetKey(owner, 'script', 1, script)
  await ports.objects.put(scriptKey, json(script), { contentType: 'application/json', ifAbsent: true })
  return { scriptKey, words: script.words.length, language: script.language }
}

function scriptFor(video: VideoRecord, ports: StagePorts): Script | Promise<Script> {
  const { request, edition } = video
  if (edition !== undefined) return scriptOfEdition(video, edition, ports)
  return request.topic === undefined ? scriptOf(request) : draftedScript(video, request.topic, ports)
}

async function scriptOfEdition(video: VideoRecord, edition: Edition, ports: StagePorts): Promise<Script> {
  const said = await saidIn(edition.base, ports)
  const { translateTo: language } = edition
  const translation = language === undefined ? undefined : await translated(video, { ...said, language }, ports)
  return editedScript(said, edition, video.request, translation)
}

/** What a version says, scene by scene. */
export async function saidIn(
  { scriptKey, planKey }: Pick<Assembled, 'scriptKey' | 'planKey'>,
  { objects }: Pick<StagePorts, 'objects'>,
): Promise<Said & { plan: Plan }> {
  const script = (await readJson(objects, scriptKey)) as Script
  const plan = (await readJson(objects, planKey)) as Plan
  return { script, plan, scenes: plan.scenes }
}

async function draftedScript(video: VideoRecord, topic: string, ports: StagePorts): Promise<Script> {
  const { owner, request } = video
  const { style, category, language, keywords, negativeKeywords, scenes } = request
  const sceneCount = Array.isArray(scenes) ? scenes.length : scenes === 'auto' ? undefined : scenes
  const brief = { topic, language, style, category, keywords, negativeKeywords, sceneCount }
  const { writers } = ports.providers(request.choices)
  if (writers.length === 0) return scriptOf(request)
  const draft = firstToMake(writers, async (writer) => {
    const key = assetKey(owner, 'draft', writer.provider, writer.model, writer.request(brief))
    await have({ kind: 'draft', by: writer, key, brief, video, stage: 'write' }, ports)
    return (await readJson(ports.objects, key)) as DraftScript
  })
  const { title, script } = await draft.catch((error: unknown) => {
    if (!(error instanceof ServiceError) || error.name !== 'RefusedError') throw error
    throw new InputError(`topic: ${error.message}; say it differently, or give the script itself`, { cause: error })
  })
  return scriptOf({ ...request, topic: undefined, script, title: request.title ?? title })
}

export const needsWriter =
  "topic: writing a script from a topic needs a writer's key (OPENAI_API_KEY or GEMINI_API_KEY); without one, give the script itself"

/**
 * Everything about a request that can be wrong is found here, before anything is made: the script's characters and
 * length, a glyph that no font has, more scenes than words; a topic, of which nobody has written a script. Throws InputError.
 */
export function scriptOf(request: VideoRequest): Script {
  if (request.topic !== undefined) throw new InputError(needsWriter)
  const texts = sceneTexts(request)
  // All scenes together have the same limit as a script.
  const text = texts ? about('scenes', () => cleanScript(texts.join('\n\n'))) : cleanScript(request.script ?? '')
  const language = request.language ?? languageOf(text)
  const groups = (texts ?? [text]).map((part) => wordsOf(part, language))
  const words = joined(groups)
  const wanted = Array.isArray(request.scenes) ? request.scenes.length : request.scenes
  if (wanted !== 'auto' && wanted > words.length)
    throw new InputError(
      `scenes: ${wanted} scenes cannot share ${words.length} words; ask for ${words.length} or fewer`,
    )
  fontFor(text, language)
  const title = request.title ?? titleOf(words)
  checkDrawnTexts(request, title, text, language)
  return {
    title,
    text,
    language,
    seed: request.seed ?? seedOf(text),
    words,
    spans: texts ? spansOf(groups) : undefined,
  }
}

function sceneTexts({ scenes }: VideoRequest): string[] | undefined {
  if (!Array.isArray(scenes) || scenes[0]?.text === undefined) return undefined
  return scenes.map((scene, i) => about(`scenes.${i}.text`, () => cleanScript(scene.text ?? '')))
}

function joined(groups: Word[][]): Word[] {
  const words: Word[] = []
  let sentence = 0
  for (const group of groups) {
    for (const word of group)
      words.push({
        ...word,
        index: words.length,
        sentence: sentence + word.sentence,
        spaceBefore: word.spaceBefore || word.index === 0,
      })
    sentence += (group.at(-1)?.sentence ?? -1) + 1
  }
  return words.map((word, index) => (index === 0 ? { ...word, spaceBefore: false } : word))
}

/** The first sentence, as far as it fits a headline. */
function titleOf(words: Word[]): string {
  const sentence = words.filter((word) => word.sentence === 0)
  let last = 0
  while (last + 1 < sentence.length && textOf(words, 0, last + 1).length <= 60) last++
  const title = textOf(words, 0, last).replace(/[\s.,;:!?…。！？、，]+$/u, '')
  return last + 1 < sentence.length ? `${title} …` : title
}
