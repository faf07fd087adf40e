// One brief per role.
import * as z from 'zod'
import type { AlignBrief, PictureBrief, SpeechBrief } from '../../../core/ports.ts'
import { wordsOf } from '../../../core/words.ts'
import type { Question } from '../../../providers/text/ask.ts'
import { speechFor } from '../../loopback/speech.ts'

export const text =
  'Long before anybody wrote it down, a goatherd noticed that his goats danced after eating red berries. He tried them himself.'

export const question: Question<{ title: string; script: string }> = {
  name: 'script',
  instructions: 'Write the narration.',
  input: '<topic>coffee</topic>',
  schema: z.object({ title: z.string(), script: z.string() }).meta({ title: 'script' }),
  maxOutputTokens: 2000,
}

export const picture: PictureBrief = {
  prompt: 'A goatherd beside a bush of red berries at dawn.',
  text,
  look: undefined,
  script: text,
  before: [],
  language: 'en',
  style: 'warm-fable',
  keywords: [],
  negativeKeywords: [],
  widthPx: 1080,
  heightPx: 1920,
  seed: 1,
}

export const speech: SpeechBrief = { text, before: '', after: '', language: 'en', voice: 'sarah' }

export const alignment: AlignBrief = { sound: speechFor(text).sound, words: wordsOf(text, 'en'), language: 'en-GB' }
