// Another video from what one was made of: in another format or language, with another voice, look or music.
import { lastAssembled, type EditPorts } from './edit.ts'
import type { Edition, SceneChange } from './edition.ts'
import { editedScript, type Said } from './edition/script.ts'
import { ConflictError, TransientError } from './errors.ts'
import { given } from './given.ts'
import { hashOf } from './hash.ts'
import { languageOf } from './language.ts'
import type { Choices } from './models.ts'
import type { NewVideo, VideoRecord } from './ports.ts'
import type { SceneRequest } from './request/scenes.ts'
import type { Plan } from './stages/plan.ts'
import { saidIn } from './stages/write.ts'
import { begin, newVideoId } from './submit.ts'
import { needsTranslator } from './translation.ts'
import type { VideoRequest } from './video.ts'

/** `texts`: one for each scene, said in `language`; without them the base's texts are translated into it. */
export type VariantWish = Partial<
  Pick<VideoRequest, 'format' | 'resolution' | 'language' | 'voice' | 'captions' | 'music' | 'title'>
> & { texts?: string[] }

/**
 * A new video of the same owner, from the latest version of `video` that was put together; its pictures are the same.
 * With an idempotency key that was used for this wish before, the video that it made. Throws ConflictError when there is
 * nothing to make it from yet, when its scenes are not as many as the texts, when nobody can translate it here, or the key
 * was used for something else; InputError for texts. All before anything is recorded.
 */
export async function makeVariant(
  ports: EditPorts,
  video: VideoRecord,
  wish: VariantWish,
  idempotencyKey?: string,
): Promise<VideoRecord> {
  const base = lastAssembled(await ports.videos.events(video.id))
  if (!base) throw new ConflictError('the video was never put together, so there is nothing to make another one from')
  const said = await saidIn(base, ports)
  const { request, ...changes } = changedRequest(video.request, wish, said)
  const { choices, notices } = ports.choose(request)
  checkVariant(request, changes, said, choices)
  const edition: Edition = { number: 1, base, ...changes, askedAt: ports.now().toISOString() }
  const variant: NewVideo = {
    id: newVideoId(),
    owner: video.owner,
    createdAt: ports.now().toISOString(),
    status: 'queued',
    request: { ...request, choices },
    notices: [...notices, ...untranslated(request, changes)],
    edition,
    variantOf: video.id,
  }
  const record = await ports.videos.create(variant, idempotencyKey)
  if (wishOf(record) !== wishOf(variant))
    throw new ConflictError(
      'Idempotency-Key: it was used for another request before; use a new key for a new video (it is not shown)',
    )
  try {
    return await begin(ports, record)
  } catch (error) {
    // It is accepted all the same, and the sweeper starts it.
    if (error instanceof TransientError) return record
    throw error
  }
}

type Changes = Pick<Edition, 'scenes' | 'translateTo' | 'otherVoice' | 'otherMusic'>

function changedRequest(
  before: VideoRequest,
  { texts, ...wish }: VariantWish,
  { script, plan }: Said & { plan: Plan },
): Changes & { request: VideoRequest } {
  const language = wish.language ?? (texts && (before.language ?? languageOf(texts.join('\n\n'))))
  const isTranslated = texts === undefined && language !== undefined && language !== script.language
  const isOtherVoice = wish.voice !== undefined && wish.voice !== before.voice
  const isOtherMusic = wish.music !== undefined && (wish.music !== before.music || before.musicFile !== undefined)
  const request: VideoRequest = {
    ...before,
    ...given(wish),
    ...(language !== undefined && { language }),
    // The translator gives the title, too.
    ...(isTranslated && wish.title === undefined && { title: undefined }),
    ...(texts && { script: undefined, topic: undefined, scenes: scenesWith(texts, plan) }),
    ...(isOtherMusic && { musicFile: undefined }),
  }
  return {
    request,
    scenes: Object.fromEntries((texts ?? []).map((text, index): [string, SceneChange] => [String(index), { text }])),
    ...(isTranslated && { translateTo: language }),
    ...((isOtherVoice || (language !== undefined && language !== script.language)) && { otherVoice: true as const }),
    ...(isOtherMusic && { otherMusic: true as const }),
  }
}

/** So that the request says what the variant shows, and can be sent again. */
function scenesWith(texts: string[], plan: Plan): SceneRequest[] {
  return texts.map((text, index) => {
    const {
      firstWord: _first,
      lastWord: _last,
      redo: _redo,
      ...wishes
    } = plan.scenes[index] ?? ({} as Plan['scenes'][number])
    return { ...wishes, text }
  })
}

function checkVariant(request: VideoRequest, { scenes, translateTo }: Changes, said: Said, choices: Choices) {
  const texts = Object.keys(scenes).length
  if (texts > 0 && texts !== said.scenes.length)
    throw new ConflictError(
      `texts: there are ${said.scenes.length} scenes, and one text is needed for each (it is ${texts})`,
    )
  if (translateTo === undefined) editedScript(said, { scenes }, request)
  else if (choices.write === 'embedded') throw new ConflictError(needsTranslator)
}

/** What is drawn is the user's own line: nobody but the user says it in another language. */
function untranslated({ titleCard, endCard }: VideoRequest, { translateTo }: Changes): string[] {
  const lines = { titleCard: typeof titleCard === 'string', endCard: endCard !== undefined }
  const fields = Object.entries(lines).flatMap(([field, isLine]) => (isLine ? [field] : []))
  return translateTo === undefined || fields.length === 0
    ? []
    : [`${fields.join(', ')}: not translated; as it was given`]
}

/** The base may have moved on since the key was used first, and with it what its scenes show. */
function wishOf({ request, edition, variantOf }: NewVideo): string {
  const { choices: _choices, media: _media, uploadIds: _uploadIds, scenes: _scenes, ...wish } = request
  return hashOf(wish, variantOf, edition?.scenes, edition?.translateTo)
}
