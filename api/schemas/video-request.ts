// What POST /v1/videos takes, as /openapi.json tells it: made from the schema that reads it (core/video.ts), and as
// tight as the rules that a schema of single fields cannot say.
import * as z from 'zod'
import { speakablePattern } from '../../core/drawable.ts'
import { chooseModels, findModel, models, type Role, roles, type ServiceId, services } from '../../core/models.ts'
import { languageNames } from '../../core/request/fields.ts'
import { scriptCharacters } from '../../core/script.ts'
import { VideoRequest } from '../../core/video.ts'
import { webhookUrlMaxLength, webhookUrlPattern } from '../../core/webhooks/url.ts'
import { uploadIdPattern } from './fields.ts'
import { RetryRequest, SceneChangeRequest, VariantRequest } from './video-asks.ts'

export type JsonSchema = { [keyword: string]: unknown }
/** Which services an installation has keys for, and the day (YYYY-MM-DD): models retire. */
export type World = { available: readonly ServiceId[]; today: string }

/** By their names in the document's components. */
export function requestSchemas(world: World): Record<string, JsonSchema> {
  const { script: _script, topic, scenes, models: wishes, ...rest } = propertiesOf(VideoRequest)
  const common = { ...rest, models: modelsOf(wishes!, world, Object.keys(roles) as Role[]) }
  const counted = { anyOf: (scenes!['anyOf'] as JsonSchema[]).slice(0, 2) }
  const scenesOf = (items: string) => ({
    type: 'array',
    minItems: 1,
    maxItems: 120,
    items: { anyOf: sceneRefs(items) },
  })
  const isWriter = chooseModels(undefined, world).choices.write !== 'embedded'
  const ways: Record<string, JsonSchema> = {
    VideoFromScript: {
      description: 'A script, read out as it stands; the scenes are divided by us or counted by you.',
      ...objectOf(
        { script: said, scenes: { anyOf: [...counted.anyOf, scenesOf('SceneWish')], default: 'auto' }, ...common },
        ['script'],
      ),
    },
    VideoFromScenes: {
      description: `Scene by scene: each brings its own text. All texts together may have ${scriptCharacters} characters; with more the answer is 413.`,
      ...objectOf({ scenes: scenesOf('SpokenScene'), ...common }, ['scenes']),
    },
    ...(isWriter && {
      VideoFromTopic: {
        description: 'A topic, of which a service writes the script.',
        ...objectOf(
          {
            topic: topic!,
            scenes: { anyOf: [...counted.anyOf, scenesOf('SceneWish')], default: 'auto' },
            ...rest,
            models: modelsOf(wishes!, world, Object.keys(roles) as Role[], ['write']),
          },
          ['topic'],
        ),
      },
    }),
  }
  return {
    UploadId: { type: 'string', pattern: uploadIdPattern, description: 'Of an upload of yours that is ready.' },
    Said: saidSchema(),
    Language: languageSchema(),
    ...scenesIn(scenes!),
    SceneChange: sceneChange(),
    Retry: { description: 'What is to be different this time.', ...objectOf(propertiesOf(RetryRequest)) },
    Variant: variant(isWriter),
    ...ways,
    VideoRequest: {
      description:
        "What the video is to be. Names of choices are taken in any case and by their full names too ('Comic Noir').",
      anyOf: Object.keys(ways).map((name) => refTo(name)),
      example: { script: 'A goat found coffee. It danced all night.', style: 'comic-noir', format: '9:16' },
    },
  }
}

/** A body's own properties, in the document's terms: files are uploads, and texts are what can be said. */
function propertiesOf(schema: z.ZodType): Record<string, JsonSchema> {
  const whole = z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' })
  return documented(whole)['properties'] as Record<string, JsonSchema>
}

function objectOf(properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema {
  return { type: 'object', properties, ...(required.length > 0 && { required }), additionalProperties: false }
}

export function refTo(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` }
}

const upload = refTo('UploadId')
const said = refTo('Said')
/** By the name of the property, wherever it stands in a request. */
const byName: Record<string, (schema: JsonSchema) => JsonSchema> = {
  picture: () => upload,
  clip: () => upload,
  logo: () => upload,
  intro: () => upload,
  outro: () => upload,
  musicFile: () => upload,
  text: () => said,
  script: () => said,
  language: () => refTo('Language'),
  font: ({ anyOf = [] }) => ({ anyOf: [...(anyOf as JsonSchema[]).slice(0, 1), upload] }),
  webhookUrl: () => ({ type: 'string', maxLength: webhookUrlMaxLength, pattern: webhookUrlPattern }),
}

/** Without what has a default among the required, and with the rules of `byName`. */
function documented(schema: JsonSchema): JsonSchema {
  const { $schema: _dialect, properties, required, anyOf, items, ...rest } = schema
  const described = Object.entries((properties ?? {}) as Record<string, JsonSchema>).map(([name, inner]) => [
    name,
    byName[name]?.(inner) ?? documented(inner),
  ])
  const needed = ((required ?? []) as string[]).filter(
    (name) => !('default' in (properties as Record<string, JsonSchema>)[name]!),
  )
  return {
    ...rest,
    ...(properties !== undefined && { properties: Object.fromEntries(described) as unknown }),
    ...(needed.length > 0 && { required: needed }),
    ...(anyOf !== undefined && { anyOf: (anyOf as JsonSchema[]).map(documented) }),
    ...(items !== undefined && { items: documented(items as JsonSchema) }),
  }
}

/** A scene shows what we make, a picture of the user's own, or a clip, which alone is played somehow. */
function scenesIn(scenes: JsonSchema): Record<string, JsonSchema> {
  const list = (scenes['anyOf'] as JsonSchema[]).find(({ type }) => type === 'array')!
  const { text, picture, clip, clipFromSeconds, clipPlay, ...rest } = (list['items'] as JsonSchema)[
    'properties'
  ] as Record<string, JsonSchema>
  const shown = { ...rest, picture: picture! }
  const played = { ...rest, clip: clip!, clipFromSeconds: clipFromSeconds!, clipPlay: clipPlay! }
  return {
    SceneWish: objectOf(shown),
    ClipSceneWish: objectOf(played, ['clip']),
    SpokenScene: objectOf({ text: text!, ...shown }, ['text']),
    SpokenClipScene: objectOf({ text: text!, ...played }, ['text', 'clip']),
  }
}

/** At least one thing has to change; only a clip is played somehow. */
function sceneChange(): JsonSchema {
  const { picture, clip, clipFromSeconds, clipPlay, ...rest } = propertiesOf(SceneChangeRequest)
  return {
    description:
      'What is to be different. With `redo` another picture is made for the same prompt; false takes that back, of a change that was not made. `maxCostUsd` is what the video may cost from now on, all its versions together.',
    anyOf: [
      { ...objectOf({ ...rest, picture: picture! }), minProperties: 1 },
      objectOf({ ...rest, clip: clip!, clipFromSeconds: clipFromSeconds!, clipPlay: clipPlay! }, ['clip']),
    ],
    example: { prompt: 'a goat on a red bicycle' },
  }
}

/** Without a service that translates, another language needs its texts. */
function variant(isTranslator: boolean): JsonSchema {
  const { texts, language, ...rest } = propertiesOf(VariantRequest)
  const whole = { ...rest, language: language!, texts: { ...texts!, items: said } }
  return {
    description: 'What is to be different.',
    anyOf: isTranslator
      ? [{ ...objectOf(whole), minProperties: 1 }]
      : [{ ...objectOf(rest), minProperties: 1 }, objectOf(whole, ['texts'])],
    example: { format: '16:9' },
  }
}

function sceneRefs(items: string): JsonSchema[] {
  return [refTo(items), refTo(items.replace('Scene', 'ClipScene'))]
}

/** Of each role what can be wished for here today. `withoutEmbedded`: roles that nobody embedded has. */
function modelsOf(wishes: JsonSchema, world: World, all: Role[], withoutEmbedded: Role[] = []): JsonSchema {
  const names = ['auto', 'embedded', ...Object.keys(services), ...Object.keys(models)]
  const wishesFor = (role: Role) =>
    names.filter((wish) => isPossible(role, wish, world) && !(wish === 'embedded' && withoutEmbedded.includes(role)))
  const { properties } = wishes as { properties: Record<string, JsonSchema> }
  const chosen = all.map((role) => [role, { type: 'string', enum: wishesFor(role) }])
  return objectOf({ ...properties, ...(Object.fromEntries(chosen) as Record<string, JsonSchema>) })
}

function isPossible(role: Role, wish: string, world: World): boolean {
  const known = findModel(wish)
  if (known?.model.retiresOn !== undefined && known.model.retiresOn <= world.today) return false
  try {
    chooseModels({ [role]: wish }, world)
    return true
  } catch {
    return false
  }
}

function saidSchema(): JsonSchema {
  return {
    type: 'string',
    minLength: 1,
    maxLength: scriptCharacters,
    pattern: speakablePattern(),
    description:
      'Text that is said: at least one letter or digit that our fonts have. Light Markdown and HTML are taken out; what no font can show is left out, with a notice.',
    example: 'A goat found coffee. It danced all night.',
  }
}

/** Of two letters, with a region if need be; others that exist (three letters, scripts) are taken too. */
function languageSchema(): JsonSchema {
  const letters = [...'abcdefghijklmnopqrstuvwxyz']
  const known = letters.flatMap((first) =>
    letters.map((second) => first + second).filter((code) => languageNames.of(code) !== undefined),
  )
  return {
    type: 'string',
    pattern: `^(${known.join('|')})(-[A-Z]{2})?$`,
    description: 'BCP 47.',
    example: 'pt-BR',
  }
}
