// What the stand-ins answer to our own questions: what a careful model would, worked out by rule.
import { seedOf } from '../../core/hash.ts'

/** By the question's name, else whatever fits the JSON schema. `input` holds what users wrote, as tagged data. */
export function answerFor(name: string | undefined, schema: object, instructions: string, input: string): unknown {
  const title = (schema as JsonSchema).title
  const answer = answers[name ?? ''] ?? answers[title ?? '']
  return answer ? answer(instructions, input) : anythingFor(schema, schema)
}

const answers: Record<string, (instructions: string, input: string) => unknown> = {
  script: (instructions, input) => {
    const topic = dataIn('topic', input) || 'the world'
    const count = Number(/with (\d+) pictures/.exec(instructions)?.[1] ?? sentences.length)
    const lines = Array.from({ length: count }, (_, index) => sentences[index % sentences.length]!)
    return { title: capital(topic).slice(0, 55), script: lines.join(' ').replaceAll('TOPIC', topic) }
  },
  plan: (instructions, input) => {
    const spans = scenesIn(input)
    const script = spans.length > 0 ? spans.join(' ') : dataIn('script', input)
    const wanted = Number(/scenes: (?:exactly |about )?(\d+)/.exec(instructions)?.[1] ?? 5)
    const texts = spans.length > 0 ? spans : divided(script, wanted)
    return {
      look: 'One place through one long day, seen by the same two friends in plain clothes.',
      scenes: texts.map((text, index) => ({ phrases: phrasesOf(text), prompt: promptFor(text, index) })),
      title: capital(tellingWords(script).slice(0, 4).join(' ')),
      description: script.split(/(?<=[.!?。！？])\s*/u)[0],
      tags: tellingWords(script).slice(0, 6),
    }
  },
  translate: (_instructions, input) => ({
    title: `Así: ${dataIn('title', input)}`,
    texts: scenesIn(input).map((text) => `Así fue: ${text}`),
  }),
  soften: (_instructions, input) => ({ prompt: quietScenes[seedOf(input) % quietScenes.length] }),
}

const sentences = [
  'What if almost everything that you have heard about TOPIC is only half of the story?',
  'Long ago, in a small town by the sea, somebody first wondered about TOPIC.',
  'An old map, a lamp and a notebook lay open on a wooden table that night.',
  'By morning, a path led from the harbour over the hills and into the forest.',
  'Travellers carried the news of TOPIC across mountains, deserts and wide green rivers.',
  'In the markets, people stopped between baskets of fruit to listen and to laugh.',
  'Years later, children drew TOPIC with chalk on the walls of a bright classroom.',
  'Today, scientists look at it through glass and light and still find new questions.',
  'A quiet garden, a train window or a starry sky is enough to think of it.',
  'So the next time you meet TOPIC, remember that lamp beside the sea.',
]

const quietScenes = [
  'A quiet hillside at dawn, one old oak in soft mist, a path that leads towards the light',
  'A still lake in the evening with a small wooden boat at its shore, warm light on the water',
  'An empty room with an open window, curtains moving in the morning breeze, flowers on the sill',
  'A lighthouse above a calm sea under a wide pale sky, gulls far away',
]

const views = ['A wide view of', 'A close view of', 'Seen from above,', 'From low near the ground,', 'Across a valley,']

function promptFor(text: string, index: number): string {
  return `${views[index % views.length]} ${tellingWords(text).slice(0, 4).join(', ').toLowerCase()} in clear morning air`
}

/** As `asData` in providers/text/data.ts puts it. */
function dataIn(name: string, input: string): string {
  return new RegExp(`<${name}>\\s*(.*?)\\s*</${name}>`, 's').exec(input)?.[1] ?? ''
}

function scenesIn(input: string): string[] {
  return [...input.matchAll(/<scene_\d+>\s*(.*?)\s*<\/scene_\d+>/gs)].map(([, text = '']) => text)
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** Each word with what follows it up to the next one, so that they join to the whole again. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (isWordLike || pieces.length === 0) pieces.push(segment)
    else pieces[pieces.length - 1] += segment
  }
  return pieces
}

/** Into `count` texts, which end at the end of a sentence where there is one near by. */
function divided(text: string, count: number): string[] {
  const pieces = piecesOf(text)
  const ends = pieces.flatMap((piece, index) => (/[.!?。！？]/u.test(piece) ? [index + 1] : []))
  const cuts = Array.from({ length: count - 1 }, (_, index) => {
    const even = Math.round(((index + 1) * pieces.length) / count)
    return ends.find((end) => Math.abs(end - even) <= 3) ?? even
  })
  return [0, ...cuts].map((start, index) =>
    pieces
      .slice(start, cuts[index] ?? pieces.length)
      .join('')
      .trim(),
  )
}

function phrasesOf(text: string): string[] {
  const phrases: string[][] = [[]]
  for (const piece of piecesOf(text)) {
    phrases.at(-1)!.push(piece)
    if (phrases.at(-1)!.length === 5 || /[.,;:!?…。、，！？]/u.test(piece)) phrases.push([])
  }
  return phrases.map((words) => words.join('').trim()).filter((phrase) => phrase !== '')
}

/** The longest first, each once. */
function tellingWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  return [...new Set(words)].toSorted((a, b) => b.length - a.length)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

type JsonSchema = {
  title?: string
  type?: string | string[]
  $ref?: string
  enum?: unknown[]
  const?: unknown
  anyOf?: JsonSchema[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  minItems?: number
  minLength?: number
  minimum?: number
}

function anythingFor(schema: JsonSchema, root: JsonSchema, name = 'something'): unknown {
  if (schema.$ref) return anythingFor(referred(schema.$ref, root), root, name)
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return anythingFor(schema.anyOf[0], root, name)
  // Gemini writes types in capitals.
  const type = [schema.type ?? 'string'].flat()[0]?.toLowerCase()
  if (type === 'object') {
    const entries = Object.entries(schema.properties ?? {})
    return Object.fromEntries(entries.map(([key, part]) => [key, anythingFor(part, root, key)]))
  }
  if (type === 'array')
    return Array.from({ length: schema.minItems ?? 1 }, () => anythingFor(schema.items ?? {}, root, name))
  if (type === 'integer' || type === 'number') return schema.minimum ?? 1
  if (type === 'boolean') return true
  return type === 'null' ? null : name.padEnd(schema.minLength ?? 0, '.')
}

/** '#/$defs/part' or '#'. */
function referred(ref: string, root: JsonSchema): JsonSchema {
  const steps = ref.split('/').slice(1)
  return steps.reduce<JsonSchema>((part, step) => (part as Record<string, JsonSchema>)[step] ?? {}, root)
}
