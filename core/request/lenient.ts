// What a request may ask for although it cannot be done to the letter: over the API a video without a sign that no
// font has is worth more than a refusal. The command line, where somebody looks at the file himself, refuses it.
import { drawable, isSpeakable } from '../drawable.ts'
import { InputError } from '../errors.ts'
import { clip } from '../explain.ts'
import { canShow } from '../fonts.ts'
import { languageOf } from '../language.ts'
import { cleanScript, scriptCharacters } from '../script.ts'
import type { VideoRequest } from '../video.ts'
import { wordsOf } from '../words.ts'

/**
 * The request as it can be carried out; `notices` say what was left out of it. Throws InputError for a script of which
 * nothing would be left, and for one that is too long.
 */
export function lenient(request: VideoRequest): { request: VideoRequest; notices: string[] } {
  const notices: string[] = []
  const said = { ...request, ...textsOf(request, notices) }
  const shown = { ...said, ...drawnOf(said, notices) }
  return { request: { ...shown, scenes: scenesOf(shown, notices) }, notices }
}

/** Text that is said: what no face shows is left out. `field` is where it stands. Throws InputError. */
export function sayable(field: string, text: string, notices: string[]): string {
  const characters = [...text].length
  if (characters > scriptCharacters)
    throw new InputError(`${field}: must have at most ${scriptCharacters} characters; it has ${characters}`)
  if (!isSpeakable(text))
    throw new InputError(`${field}: it has nothing that can be said and shown; write at least one word`)
  const kept = shownOf(field, text, notices)
  // Taking out markup and emoji may let letters meet that no face has together.
  const clean = cleanScript(kept)
  return canShow(clean) ? kept : drawable(clean).text
}

function textsOf({ script, scenes }: VideoRequest, notices: string[]): Partial<VideoRequest> {
  return {
    ...(script !== undefined && { script: sayable('script', script, notices) }),
    ...(Array.isArray(scenes) && {
      scenes: scenes.map((scene, index) =>
        scene.text === undefined ? scene : { ...scene, text: sayable(`scenes.${index}.text`, scene.text, notices) },
      ),
    }),
  }
}

/** What is drawn besides captions. Where nothing of it can be, it is left away. */
function drawnOf(request: VideoRequest, notices: string[]): Partial<VideoRequest> {
  const { title, titleCard, endCard, watermark } = request
  const draw = (field: string, text: string): string | undefined => {
    const kept = shownOf(field, text, notices).trim()
    if (hasInk(kept)) return kept
    notices.push(`${field}: left away, as nothing of '${clip(text)}' can be drawn (emoji cannot)`)
    return undefined
  }
  const isTitleDrawn = titleCard === true && title !== undefined
  const drawnTitle = isTitleDrawn ? draw('title', title) : undefined
  return {
    ...(isTitleDrawn && drawnTitle !== title && { titleCard: drawnTitle ?? false }),
    ...(typeof titleCard === 'string' && { titleCard: draw('titleCard', titleCard) ?? false }),
    ...(endCard !== undefined && { endCard: draw('endCard', endCard) }),
    ...(watermark !== undefined && { watermark: draw('watermark', watermark) }),
  }
}

/** As many scenes as there are words, at the most. */
function scenesOf(request: VideoRequest, notices: string[]): VideoRequest['scenes'] {
  const { scenes, script } = request
  const wanted = Array.isArray(scenes) ? scenes.length : scenes
  if (wanted === 'auto' || script === undefined) return scenes
  const text = cleanScript(script)
  const words = wordsOf(text, request.language ?? languageOf(text)).length
  if (wanted <= words) return scenes
  notices.push(`scenes: ${words} instead of ${wanted}, as there are no more words to share`)
  return Array.isArray(scenes) ? scenes.slice(0, words) : words
}

function shownOf(field: string, text: string, notices: string[]): string {
  const { text: kept, leftOut } = drawable(text)
  if (leftOut.length > 0) {
    const named = leftOut.slice(0, 5).map((character) => `“${character}”`)
    const more = leftOut.length > named.length ? ` and ${leftOut.length - named.length} more` : ''
    notices.push(`${field}: no font can show ${named.join(', ')}${more}; the video is made without`)
  }
  return kept
}

/** Emoji are in no face of ours, and white space and marks of direction leave nothing to see. */
function hasInk(text: string): boolean {
  return /[^\s\p{C}\p{Z}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Emoji_Presentation}\p{Regional_Indicator}\p{Variation_Selector}\u20e3]/u.test(
    text,
  )
}
