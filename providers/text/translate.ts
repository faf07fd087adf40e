// What a video says, scene by scene, in another language.
import * as z from 'zod'
import { languageName } from '../../core/language.ts'
import { oneLine } from '../../core/one-line.ts'
import type { TranslateBrief, Translation, Translator } from '../../core/ports.ts'
import { cleanScript } from '../../core/script.ts'
import type { Ask, Question } from './ask.ts'
import { brokenAnswer } from './broken-answer.ts'
import { asData, dataRule, joined } from './data.ts'

/** Throws ServiceError; BrokenAnswerError for an answer that has not one text with words for each scene. */
export function translatorOf(provider: string, model: string, ask: Ask): Translator {
  return {
    provider,
    model,
    request: ({ title, texts, from, to }) => ({ title, texts, from, to }),
    make: async (brief, making) => {
      const translation = translationFrom(await ask(questionOf(brief), making), brief)
      if (typeof translation === 'string') throw brokenAnswer('the translation', provider, model, translation)
      return translation
    },
  }
}

const Answer = z.object({ title: z.string(), texts: z.array(z.string()) }).meta({ title: 'translate' })
type Answer = z.infer<typeof Answer>

function questionOf(brief: TranslateBrief): Question<Answer> {
  const { title, texts, from, to } = brief
  return {
    name: 'translate',
    instructions: joined(
      `You translate the narration of a short video from ${nameOf(from)} into ${nameOf(to)}.`,
      'Rules:',
      `- There are ${texts.length} scenes. Give ${texts.length} texts, one for each scene, in the same order.`,
      '- What a scene says stays in that scene: a picture of it is on screen meanwhile. A sentence that goes on in the next scene does so in the translation.',
      '- Say it as a native narrator would, not word for word, and about as long as the original takes to say.',
      '- Leave nothing out and add nothing. Names stay as they are known in that language.',
      '- Only what is spoken: no scene numbers, tags, notes, emoji or markup.',
      '- The title is under 60 characters, without quotation marks.',
      dataRule,
    ),
    input: joined(asData('title', title), ...texts.map((text, index) => asData(`scene_${index + 1}`, text))),
    schema: Answer,
    maxOutputTokens: THINKING_TOKENS + title.length + texts.reduce((sum, text) => sum + text.length, 0),
    check: (answer) => {
      const translation = translationFrom(answer, brief)
      return typeof translation === 'string' ? translation : undefined
    },
  }
}

/** And a token for each character of the original: three times what English takes in English. */
const THINKING_TOKENS = 3000
const LONGEST_TITLE = 100
/** English into German takes a third more; Chinese into English three times as many characters, and some more. */
const LONGEST_TIMES = 6
const LONGEST_REST = 200

/** With the words of each scene, clean; or why it is of no use. */
function translationFrom({ title, texts }: Answer, brief: TranslateBrief): Translation | string {
  const said = texts.map(spokenOf)
  // A model may put an empty text between two scenes; which scene a missing one was, nobody knows.
  const spoken = said.length === brief.texts.length ? said : said.filter((text) => text !== '')
  if (spoken.length !== brief.texts.length)
    return `it has ${spoken.length} texts, where there are ${brief.texts.length} scenes`
  const flaws = spoken.flatMap((text, index) => {
    const flaw = flawOf(text, brief.texts[index]!)
    return flaw === undefined ? [] : [`the text of scene ${index + 1}: ${flaw}`]
  })
  if (flaws.length > 0) return flaws[0]!
  return { title: oneLine(title.replace(/^["'“„«\s]+|["'”“»\s]+$/gu, ''), LONGEST_TITLE) || brief.title, texts: spoken }
}

/** Some repeat the tag or the number that the scene was given with. */
function spokenOf(text: string): string {
  return text
    .replace(/<\/?scene_\d+>|‹\/?scene_\d+›/gi, ' ')
    .replace(/^\s*(?:\[\d+\]|scene \d+\s*[:：])\s*/i, '')
    .trim()
}

function flawOf(text: string, original: string): string | undefined {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'it has no words to say'
  if (text.length > original.length * LONGEST_TIMES + LONGEST_REST) return 'it goes on and on'
  try {
    cleanScript(text)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^script: /, '')
  }
}

function nameOf(language: string): string {
  return `${languageName(language)} (${language})`
}
