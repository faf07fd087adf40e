// A refused prompt said so that it is not: by rule, where no service does it. English is softened word by word; what
// loads a prompt in another language nobody knows here, so nothing of it is kept.
import { languageOf } from './language.ts'
import { oneLine } from './one-line.ts'
import type { SoftenBrief } from './ports.ts'
import { children, loadedWords, ofPlaces } from './soften/loaded-words.ts'

/** Never empty; what is refused although it was softened becomes a landscape. */
export function softenByRule({ prompt, text, reason }: SoftenBrief): string {
  const scene = oneLine(prompt, LONGEST_SCENE) || oneLine(text, LONGEST_SCENE)
  const calm = isEnglish(scene) ? calmed(scene.replace(opening, ''), reason) : ''
  const soft = `${OPENING} about ${calm}`
  return /\p{L}/u.test(calm) && soft !== prompt ? soft : neutral
}

const LONGEST_SCENE = 800
const OPENING = 'A quiet, symbolic, family-friendly scene'
const opening = new RegExp(`^${OPENING} about `)
const neutral =
  `${OPENING} about a path that leads through an open landscape towards a soft horizon at dawn, ` +
  'one old tree beside it, morning mist, no people'

/** `languageOf` takes Latin text for English unless it shows a sign of another language. */
function isEnglish(scene: string): boolean {
  return /\p{L}/u.test(scene) && languageOf(scene) === 'en'
}

function calmed(scene: string, reason: string): string {
  let calm = withoutNames(scene)
  for (const { words, instead } of loadedWords) calm = calm.replace(words, instead)
  const isLoaded = calm !== withoutNames(scene)
  if (isLoaded || children.reason.test(reason)) calm = calm.replace(children.words, children.instead)
  return calm.replace(/^(?:An?|The) /, (article) => article.toLowerCase())
}

/** They may well be the reason. 'Ada Lovelace' and 'Dr. Who Else' become somebody; 'New York' and 'Mount Fuji' stay. */
function withoutNames(scene: string): string {
  return scene.replace(
    /(?<![\p{L}\p{N}])(?:(?:Dr|Mr|Mrs|Ms|Sir|President|King|Queen|Prince|Princess|Pope)\.? )?\p{Lu}[\p{L}'’-]+(?: (?:\p{Lu}\.|de|da|van|von|bin|al))*(?: \p{Lu}[\p{L}'’-]+)+/gu,
    (name) => (ofPlaces.test(name) ? name : 'somebody seen from behind'),
  )
}
