// A topic in, a narration out: what a user would otherwise have written.
import * as z from 'zod'
import { languageName } from '../../core/language.ts'
import { oneLine } from '../../core/one-line.ts'
import type { DraftScript, ScriptBrief, Writer } from '../../core/ports.ts'
import { cleanScript } from '../../core/script.ts'
import { styles } from '../../core/styles.ts'
import type { Ask, Question } from './ask.ts'
import { brokenAnswer } from './broken-answer.ts'
import { asData, dataRule, joined } from './data.ts'

/** Throws ServiceError; BrokenAnswerError for a script that is empty, endless or unprintable. */
export function writerOf(provider: string, model: string, ask: Ask): Writer {
  return {
    provider,
    model,
    request: ({ topic, language, style, category, keywords, negativeKeywords, sceneCount }) => ({
      topic,
      language,
      style,
      category,
      keywords,
      negativeKeywords,
      sceneCount,
    }),
    make: async (brief, making) => {
      const draft = draftFrom(await ask(questionOf(brief), making), brief)
      if (typeof draft === 'string') throw brokenAnswer('the script', provider, model, draft)
      return draft
    },
  }
}

const Answer = z.object({ title: z.string(), script: z.string() }).meta({ title: 'script' })
type Answer = z.infer<typeof Answer>

function questionOf(brief: ScriptBrief): Question<Answer> {
  const { topic, language, style, category, keywords, negativeKeywords } = brief
  return {
    name: 'script',
    instructions: instructionsFor(brief),
    input: joined(
      asData('topic', topic),
      asData('category', category ?? ''),
      asData('style', styles[style].name),
      asData('keywords', keywords.join(', ')),
      asData('unwanted', negativeKeywords.join(', ')),
      asData('language', language === undefined ? '' : `${languageName(language)} (${language})`),
    ),
    schema: Answer,
    maxOutputTokens: THINKING_TOKENS + wordsFor(brief).most * TOKENS_PER_WORD,
    check: (answer) => {
      const draft = draftFrom(answer, brief)
      return typeof draft === 'string' ? draft : undefined
    },
  }
}

const THINKING_TOKENS = 3000
/** Twice what English takes: other scripts take more. */
const TOKENS_PER_WORD = 4

function instructionsFor(brief: ScriptBrief): string {
  const { least, most } = wordsFor(brief)
  const language = brief.language === undefined ? 'the language of the topic' : 'the language given'
  const scenes =
    brief.sceneCount === undefined
      ? ''
      : `- It is shown with ${brief.sceneCount} pictures, one after another: give each something of its own to show.`
  return joined(
    'You write the narration of a short video about the topic given.',
    'Rules:',
    `- The narration is ${least} to ${most} English words long; in another language, as long as that takes to say.`,
    scenes,
    `- Write in ${language}.`,
    '- The first sentence makes one want to hear the second: a surprising fact, a question, a moment of tension.',
    '- Be concrete: people, places, things and numbers that can be pictured. The last sentence closes the circle.',
    '- Be true. Invent no facts, figures, names or quotations; where you are not sure, leave it out or say less.',
    '- Short sentences that read well aloud. Write out abbreviations, signs and large numbers as they are said.',
    '- Only what is spoken: no heading, list, emoji, link, hashtag, speaker name, stage direction or markup.',
    '- The keywords come up where they fit. Keep off what is listed as unwanted. Suit the tone to the style.',
    '- The title is under 60 characters, in the same language, honest, without quotation marks.',
    dataRule,
  )
}

/** 45 to 60 seconds, or about five seconds for each scene that is wanted; at a narrator's 2.6 words a second. */
function wordsFor({ sceneCount }: ScriptBrief): { least: number; most: number } {
  if (sceneCount === undefined) return { least: 110, most: 140 }
  return { least: sceneCount * 12, most: sceneCount * 15 }
}

/** The script and its title, clean; or why it is of no use. */
function draftFrom({ title, script }: Answer, brief: ScriptBrief): DraftScript | string {
  const spoken = spokenOf(script)
  if (!/[\p{L}\p{N}]/u.test(spoken)) return 'it has no words to say'
  const longest = Math.max(LONGEST_SCRIPT, wordsFor(brief).most * 18)
  if (spoken.length > longest) return `it is ${spoken.length} characters long, where ${longest} are the most`
  try {
    const clean = cleanScript(spoken)
    return { title: titleFrom(title) || titleFrom(clean), script: clean }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const LONGEST_SCRIPT = 2500
const LONGEST_TITLE = 60

/** Models put in who speaks and what is heard all the same; a narrator would read it out. */
function spokenOf(script: string): string {
  return script
    .replace(/\[[^[\]\n]{0,80}\]|\((?:pause|beat|music|laugh|sigh|sound|sfx)[^()\n]{0,60}\)/gi, ' ')
    .replace(/^[*_\s]*(?:narrator|narration|voice-?over|host|speaker)[*_\s]*(?:\([^()\n]*\))?[*_\s]*[:：][*_]*/gim, '')
    .trim()
}

function titleFrom(text: string): string {
  return oneLine(text.replace(/^[\s"'“„«#*]+|[\s"'”“»*.]+$/gu, ''), LONGEST_TITLE)
}
