// All that a video says, in another language: by a service that writes, in one call.
import type { Said } from './edition/script.ts'
import { InputError, ServiceError } from './errors.ts'
import { assetKey } from './keys.ts'
import { firstToMake } from './ladder.ts'
import { readJson } from './once.ts'
import { have } from './orders.ts'
import type { Translation, VideoRecord } from './ports.ts'
import type { StagePorts } from './stage.ts'
import { textOf } from './words.ts'

export const needsTranslator =
  "language: translating needs a writer's key (OPENAI_API_KEY or GEMINI_API_KEY); or give texts, one for each scene, in that language"

/** `language`: BCP 47, of the translation. Throws InputError where nobody translates, or nobody this text. */
export async function translated(
  video: VideoRecord,
  { script, scenes, language }: Said & { language: string },
  ports: StagePorts,
): Promise<Translation> {
  const { translators } = ports.providers(video.request.choices)
  if (translators.length === 0) throw new InputError(needsTranslator)
  const texts = scenes.map(({ firstWord, lastWord }) => textOf(script.words, firstWord, lastWord))
  const brief = { title: script.title, texts, from: script.language, to: language }
  const translation = firstToMake(translators, async (translator) => {
    const key = assetKey(video.owner, 'translated', translator.provider, translator.model, translator.request(brief))
    await have({ kind: 'translated', by: translator, key, brief, video, stage: 'write' }, ports)
    return (await readJson(ports.objects, key)) as Translation
  })
  return translation.catch((error: unknown) => {
    if (!(error instanceof ServiceError) || error.name !== 'RefusedError') throw error
    throw new InputError(`language: ${error.message}; give texts, one for each scene, in that language`, {
      cause: error,
    })
  })
}
