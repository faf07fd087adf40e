// What a user may ask of the captions, and what of it the timeline needs.
import * as z from 'zod'
import {
  type CaptionFontId,
  captionFonts,
  captionLooks,
  captionPositions,
  captionSizes,
  defaultCaptionLook,
} from '../catalog.ts'
import { oneOf } from '../choice.ts'
import type { OwnFace } from '../fonts/face.ts'
import type { CaptionOptions } from '../timeline.ts'
import { unspacedLetter, type Word } from '../words.ts'
import { colour, phrase } from './fields.ts'

const look = oneOf(captionLooks, 'caption look')
/** The user's own: a path on the command line, an upload's id over the API, its key in a video that was created. */
const fontFile = z
  .string()
  .max(1000)
  .regex(/^upl_[\w-]{22}$|\.(?:ttf|otf|ttc|woff2?)$/i, { abort: true })

export const CaptionStyling = z.strictObject({
  look: look.default(defaultCaptionLook),
  position: oneOf(captionPositions, 'position').optional(),
  size: oneOf(captionSizes, 'size').optional(),
  colour: colour.optional(),
  accent: colour.optional(),
  outlineColour: colour.optional(),
  font: z.union([oneOf(captionFonts, 'font'), fontFile]).optional(),
  upperCase: z.boolean().optional(),
  /** Words to emphasise; true = the request's keywords. */
  emphasis: z
    .union([z.boolean(), z.array(phrase).max(30)], { error: 'must be true, false or a list of words' })
    .optional(),
})

/** A look by its name, or with more about it. */
export const CaptionsRequest = z.union([look, CaptionStyling], {
  error: `must be a look (${Object.keys(captionLooks).join(', ')}) or an object such as {"look": "${defaultCaptionLook}"}`,
})

type Wishes = { captions: z.infer<typeof CaptionsRequest>; keywords: string[] }

/** Undefined when no captions are to be drawn. `words` are all of the script's; `ownFace`: of a font that is the user's own. */
export function captionOptionsOf(
  { captions, keywords }: Wishes,
  words: Word[],
  ownFace?: OwnFace,
): CaptionOptions | undefined {
  const wishes: z.infer<typeof CaptionStyling> = typeof captions === 'string' ? { look: captions } : captions
  const { look: wanted, upperCase, emphasis, font, ...options } = wishes
  if (wanted === 'none') return undefined
  const emphasised = emphasisedIn(words, emphasis === true ? keywords : emphasis || [])
  return {
    look: wanted,
    ...options,
    ...(font !== undefined && { font: ownFace ?? (font as CaptionFontId) }),
    ...(upperCase === undefined ? {} : { isUpperCase: upperCase }),
    ...(emphasised.length === 0 ? {} : { emphasised }),
  }
}

/** Indexes of the words that a phrase is made of, wherever it stands, rising. Case and punctuation do not matter. */
function emphasisedIn(words: Word[], phrases: string[]): number[] {
  const texts = words.map(({ text }) => plain(text))
  const found = new Set<number>()
  for (const wanted of phrases.map((text) => plain(text)).filter((text) => text !== ''))
    for (const first of texts.keys()) {
      const last = lastWordOf(wanted, texts, first)
      for (let index = first; index <= last; index++) found.add(index)
    }
  return [...found].toSorted((a, b) => a - b)
}

/**
 * The word that ends the phrase which `first` begins; -1 when it begins none. Compared without spaces, because scripts
 * that have none are divided otherwise than a user would; there a word may go on after the phrase, with a particle.
 */
function lastWordOf(wanted: string, texts: string[], first: number): number {
  let said = ''
  for (let last = first; last < texts.length && texts[first] !== ''; last++) {
    said += texts[last]!
    if (said === wanted || (unspacedLetter.test(wanted.at(-1)!) && said.startsWith(wanted))) return last
    if (!wanted.startsWith(said)) return -1
  }
  return -1
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')
}
