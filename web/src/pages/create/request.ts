// The draft as a request of the API, and a request as a draft.
import { type Draft, emptyDraft, type OwnFile } from './draft.ts'

export type Request = Record<string, unknown>
type SceneWish = Record<string, unknown>

/** `autoScenes`: into how many scenes the text is divided when nothing is said; needed where files are given to some. */
export function requestOf(draft: Draft, autoScenes?: number): Request {
  const { scenes, isTextInScenes } = scenesOf(draft, autoScenes)
  const said = draft.mode === 'topic' ? { topic: draft.topic } : isTextInScenes ? {} : { script: draft.script }
  return withoutUnsaid({
    ...draft.rest,
    ...said,
    format: draft.format,
    style: draft.style,
    voice: draft.voice,
    captions: captionsOf(draft),
    music: draft.music,
    musicFile: draft.musicFile?.id,
    logo: draft.logo?.id,
    intro: draft.intro?.id,
    outro: draft.outro?.id,
    scenes,
    title: draft.title.trim(),
    language: draft.language.trim(),
    keywords: phrasesOf(draft.keywords),
    negativeKeywords: phrasesOf(draft.negativeKeywords),
    seed: numberOf(draft.seed),
    transition: unless('auto', draft.transition),
    motion: unless('auto', draft.motion),
    soundEffects: draft.soundEffects || undefined,
    resolution: unless(emptyDraft.resolution, draft.resolution),
    fps: draft.fps === emptyDraft.fps ? undefined : numberOf(draft.fps),
    codec: unless(emptyDraft.codec, draft.codec),
    quality: unless(emptyDraft.quality, draft.quality),
    hls: draft.hls || undefined,
    watermark: draft.watermark.trim(),
    progressBar: draft.progressBar || undefined,
    titleCard: { none: undefined, title: true, own: draft.titleCardText.trim() || true }[draft.titleCard],
    endCard: draft.endCard.trim(),
    models: modelsOf(draft),
    maxCostUsd: numberOf(draft.maxCostUsd),
    webhookUrl: draft.webhookUrl.trim(),
  })
}

/** For making another like it. What has no field here is kept and sent as it came. */
export function draftOf(request: Request): Draft {
  const text = (field: string) => textOf(request[field])
  const list = (field: string) => (Array.isArray(request[field]) ? (request[field] as string[]).join(', ') : '')
  const pick = (field: keyof Draft) =>
    typeof request[field] === 'string' ? request[field] : (emptyDraft[field] as string)
  const { look, position, size, font, accent, upperCase, ...otherCaptions } = captionsIn(request['captions'])
  const { preset, ...models } = (request['models'] ?? {}) as Record<string, string>
  const card = request['titleCard']
  const rest = Object.fromEntries(Object.entries(request).filter(([field]) => !fields.has(field)))
  if (typeof request['progressBar'] === 'object') rest['progressBar'] = request['progressBar']
  if (Object.keys(otherCaptions).length > 0) rest['captions'] = request['captions']
  return {
    ...emptyDraft,
    ...scenesIn(request),
    mode: request['topic'] === undefined ? 'script' : 'topic',
    topic: text('topic'),
    format: pick('format'),
    style: pick('style'),
    voice: pick('voice'),
    captionLook: look ?? emptyDraft.captionLook,
    captionPosition: position ?? 'auto',
    captionSize: size ?? 'auto',
    captionFont: font ?? 'auto',
    captionAccent: accent ?? '',
    captionUpperCase: upperCase ?? false,
    music: pick('music'),
    musicFile: ownFile(request['musicFile'], 'music'),
    logo: ownFile(request['logo'], 'picture'),
    intro: ownFile(request['intro'], 'clip'),
    outro: ownFile(request['outro'], 'clip'),
    title: text('title'),
    language: text('language'),
    keywords: list('keywords'),
    negativeKeywords: list('negativeKeywords'),
    seed: text('seed'),
    transition: pick('transition'),
    motion: pick('motion'),
    soundEffects: request['soundEffects'] === true,
    resolution: pick('resolution'),
    fps: text('fps') || emptyDraft.fps,
    codec: pick('codec'),
    quality: pick('quality'),
    hls: request['hls'] === true,
    watermark: text('watermark'),
    progressBar: request['progressBar'] === true,
    titleCard: card === true ? 'title' : typeof card === 'string' ? 'own' : 'none',
    titleCardText: typeof card === 'string' ? card : '',
    endCard: text('endCard'),
    preset: preset ?? emptyDraft.preset,
    models,
    maxCostUsd: text('maxCostUsd'),
    webhookUrl: text('webhookUrl'),
    rest,
  }
}

/** All that the form says itself. */
const fields: ReadonlySet<string> = new Set([
  ...Object.keys(emptyDraft),
  'captions',
  'musicFile',
  'logo',
  'intro',
  'outro',
  'models',
  'media',
  'choices',
])

function scenesOf(draft: Draft, autoScenes: number | undefined): { scenes: unknown; isTextInScenes: boolean } {
  const { sceneList, media } = draft
  if (sceneList) {
    const isTextInScenes = draft.mode === 'script' && textIn(sceneList) === draft.script && draft.script !== ''
    const scenes = isTextInScenes ? sceneList : sceneList.map((scene) => ({ ...scene, text: undefined }))
    return { scenes, isTextInScenes }
  }
  const wanted = numberOf(draft.scenes)
  // A number that cannot be is not made up for: the API says what is wrong with it.
  const isRefused = wanted !== undefined && !isCount(wanted)
  if (media.length === 0 || isRefused) return { scenes: wanted, isTextInScenes: false }
  const count = Math.max(media.length, wanted ?? autoScenes ?? 0)
  const fit = unless(emptyDraft.fit, draft.fit)
  const scenes = Array.from({ length: count }, (_, index): SceneWish => {
    const own = media[index]
    return own ? withoutUnsaid({ [own.kind]: own.id, fit }) : {}
  })
  return { scenes, isTextInScenes: false }
}

function scenesIn(request: Request): Partial<Draft> {
  const { scenes } = request
  const script = typeof request['script'] === 'string' ? request['script'] : ''
  if (typeof scenes === 'number') return { script, scenes: String(scenes) }
  if (!Array.isArray(scenes)) return { script }
  const list = scenes as SceneWish[]
  const owned = list.filter((scene) => Object.keys(scene).length > 0)
  const isFilesOnly = owned.every(
    (scene, index) =>
      scene === list[index] && Object.keys(scene).length === 1 && ('picture' in scene || 'clip' in scene),
  )
  if (!isFilesOnly || owned.length === 0) return { script: script || textIn(list), sceneList: list }
  const media = owned.flatMap((scene) => ownFile(scene['picture'], 'picture') ?? ownFile(scene['clip'], 'clip') ?? [])
  return { script, media, scenes: list.length === media.length ? '' : String(list.length) }
}

function textIn(scenes: SceneWish[]): string {
  return scenes.flatMap(({ text }) => (typeof text === 'string' ? [text] : [])).join('\n\n')
}

function captionsOf(draft: Draft): unknown {
  const other = withoutUnsaid({
    position: unless('auto', draft.captionPosition),
    size: unless('auto', draft.captionSize),
    font: unless('auto', draft.captionFont),
    accent: draft.captionAccent,
    upperCase: draft.captionUpperCase || undefined,
  })
  const kept = captionsIn(draft.rest['captions'])
  const all = { ...kept, look: draft.captionLook, ...other }
  return Object.keys(all).length === 1 ? draft.captionLook : all
}

type Captions = { look?: string; position?: string; size?: string; font?: string; accent?: string; upperCase?: boolean }
function captionsIn(captions: unknown): Captions {
  if (typeof captions === 'string') return { look: captions }
  return typeof captions === 'object' && captions !== null ? captions : {}
}

function modelsOf({ preset, models }: Draft): unknown {
  const wishes = withoutUnsaid({ preset: unless(emptyDraft.preset, preset), ...models })
  return Object.keys(wishes).length === 0 ? undefined : wishes
}

/** A file that was sent for the copied video: its name is asked for where it is shown. */
function ownFile(id: unknown, kind: OwnFile['kind']): OwnFile | undefined {
  return typeof id === 'string' ? { id, name: '', kind } : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function phrasesOf(text: string): string[] | undefined {
  const phrases = text.split(/[,;\n]/).flatMap((phrase) => phrase.trim() || [])
  return phrases.length === 0 ? undefined : phrases
}

/** What is no number goes to the API as it is, which says what is wrong with it. */
function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return undefined
  return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed
}

/** Of scenes; far more than any API takes is none either, and would be a list too long for the browser. */
function isCount(wanted: number | string): wanted is number {
  return Number.isInteger(wanted) && Number(wanted) >= 1 && Number(wanted) <= 1000
}

function unless(usual: string, value: string): string | undefined {
  return value === usual ? undefined : value
}

function withoutUnsaid(request: Request): Request {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined && value !== ''))
}
