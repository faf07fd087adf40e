// What is seen while the words are said: the script divided into scenes, each with a prompt for its picture.
import * as z from 'zod'
import { languageName } from '../../core/language.ts'
import type { PlanBrief, Planner } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import { styles } from '../../core/styles.ts'
import { textOf, type Word } from '../../core/words.ts'
import type { Ask, Question } from './ask.ts'
import { brokenAnswer } from './broken-answer.ts'
import { asData, dataRule, joined } from './data.ts'
import { plannedFrom, whyUseless, type PlanAnswer } from './plan-answer.ts'

/** Throws ServiceError; BrokenAnswerError only when the answer says of no scene what is seen: anything else is mended. */
export function plannerOf(provider: string, model: string, ask: Ask): Planner {
  return {
    provider,
    model,
    request: ({ words, language, style, keywords, negativeKeywords, sceneCount, spans }) => ({
      script: linesOf(words),
      language,
      style,
      keywords,
      negativeKeywords,
      ...(spans
        ? { spans: spans.map(({ firstWord, lastWord }) => ({ firstWord, lastWord })) }
        : { sceneCount: sceneCount ?? null }),
    }),
    make: async (brief, making) => {
      const answer = await ask(questionOf(brief), making)
      const reason = whyUseless(answer)
      if (reason) throw brokenAnswer('the plan', provider, model, reason)
      return plannedFrom(answer, brief)
    },
  }
}

const Answer: z.ZodType<PlanAnswer> = z
  .object({
    look: z.string(),
    scenes: z.array(z.object({ phrases: z.array(z.string()), prompt: z.string() })),
    title: z.string(),
    description: z.string(),
    tags: z.array(z.string()),
  })
  .meta({ title: 'plan' })

function questionOf(brief: PlanBrief): Question<PlanAnswer> {
  const { words, language, style, keywords, negativeKeywords, spans } = brief
  const script = spans
    ? spans.map(({ firstWord, lastWord }, index) => asData(`scene_${index + 1}`, textOf(words, firstWord, lastWord)))
    : [asData('script', linesOf(words))]
  return {
    name: 'plan',
    instructions: instructionsFor(brief),
    input: joined(
      ...script,
      asData('language', `${languageName(language)} (${language})`),
      asData('style', styles[style].name),
      asData('keywords', keywords.join(', ')),
      asData('unwanted', negativeKeywords.join(', ')),
    ),
    schema: Answer,
    maxOutputTokens: tokensFor(brief),
    check: whyUseless,
  }
}

function instructionsFor(brief: PlanBrief): string {
  return joined(
    'You plan a short narrated video: which picture is seen while which words are said.',
    'Rules:',
    `- scenes: ${scenesWanted(brief)}`,
    '- phrases: the words of the scene exactly as they stand in the script, with their punctuation, divided into ' +
      'caption phrases of 2 to 7 words that end where a reader would pause. All phrases of all scenes, one after ' +
      'another, are the whole script: leave nothing out, add nothing, change nothing, keep the order.',
    '- prompt: in English, at most 60 words, what is SEEN while these words are said: one concrete subject, what it ' +
      'does, where, from which viewpoint. Show a thought by a thing or a moment; do not repeat the words. Each scene ' +
      'differs from its neighbours in subject, distance or viewpoint. No words about the style, the medium or the ' +
      'colours: they are added later. Nothing that is read: no signs, letters, numbers, logos.',
    '- look: in English, at most 60 words, what all pictures share: place, time, season, and how each person, animal ' +
      'or thing that comes again looks. In prompts, describe them in the same words.',
    '- The keywords show in prompts where they fit. Nothing listed as unwanted is in any prompt or in the look.',
    '- No real living person is described or named in a prompt. Keep prompts fit for all ages.',
    '- title (under 100 characters), description (one to three sentences, under 600 characters) and 3 to 12 tags ' +
      "(without '#') for the page that the video is published on, in the script's language.",
    dataRule,
  )
}

function scenesWanted({ words, sceneCount, spans }: PlanBrief): string {
  if (spans) return `exactly the ${spans.length} given (scene_1 …), in their order, each with the words that it has.`
  const whole = 'Each is a sentence or a few, or a long sentence cut at a pause, and its picture is one idea.'
  if (sceneCount !== undefined) return `exactly ${sceneCount}. ${whole}`
  const suggested = scenesOf(words, undefined).length
  const [least, most] = [Math.ceil(suggested * 0.85), Math.ceil(suggested * 1.35)]
  const count = least === most ? `about ${least}` : `${least} to ${most}`
  return `${count}, so that a picture stays for 4 to 7 seconds (10 to 18 English words). ${whole}`
}

/** The script comes back once; of each scene there is a prompt; the rest is thinking. */
function tokensFor({ words, sceneCount, spans }: PlanBrief): number {
  const scenes = spans?.length ?? sceneCount ?? Math.ceil(scenesOf(words, undefined).length * 1.35)
  return 4000 + linesOf(words).length + scenes * 160
}

/** One sentence a line. */
function linesOf(words: Word[]): string {
  const lines: string[] = []
  for (let first = 0; first < words.length;) {
    let last = first
    while (words[last + 1]?.sentence === words[first]?.sentence && last + 1 < words.length) last++
    lines.push(textOf(words, first, last))
    first = last + 1
  }
  return lines.join('\n')
}
