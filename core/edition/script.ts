// The script of an edition: the base's words scene by scene, with the new texts in the places of the old ones.
import type { Edition } from '../edition.ts'
import { fontFor } from '../fonts.ts'
import { spacesBetweenWords } from '../language.ts'
import type { Span, Translation } from '../ports.ts'
import { cleanScript } from '../script.ts'
import { about, checkDrawnTexts, spansOf } from '../script-checks.ts'
import type { Script } from '../stages/write.ts'
import type { VideoRequest } from '../video.ts'
import { textOf, type Word, wordsOf } from '../words.ts'

/** What the base says, and which of its words each scene has. */
export type Said = { script: Script; scenes: readonly Span[] }

/**
 * The base's own script where nothing of it changes. Its title and language stay unless the request has others, its
 * seed in any case. Throws InputError as for any script, naming the scene ('scenes.2.text', from 0).
 */
export function editedScript(
  { script, scenes }: Said,
  { scenes: changes }: Pick<Edition, 'scenes'>,
  request: VideoRequest,
  translation?: Translation,
): Script {
  const title = request.title ?? translation?.title ?? script.title
  const language = request.language ?? script.language
  const groups = scenes.map((span, index) => {
    const before = script.words.slice(span.firstWord, span.lastWord + 1)
    const text = changes[index]?.text ?? translation?.texts[index]
    const words =
      text === undefined ? before : about(`scenes.${index}.text`, () => wordsOf(cleanScript(text), language))
    return isSame(words, before) ? { words: before, isKept: true } : { words, isKept: false }
  })
  const isKept = groups.every((group) => group.isKept)
  const text = isKept ? script.text : about('scenes', () => cleanScript(groups.map(textOfGroup).join('\n\n')))
  fontFor(text, language)
  checkDrawnTexts(request, title, text, language)
  if (isKept) return title === script.title && language === script.language ? script : { ...script, title, language }
  const words = renumbered(groups, script.words, scenes, spacesBetweenWords(language))
  return { title, text, language, seed: script.seed, words, spans: spansOf(groups.map((group) => group.words)) }
}

/** Indexes of the scenes that say something else than in the base. */
export function changedScenes(base: Said, now: Said): number[] {
  return now.scenes.flatMap((span, index) =>
    isSame(wordsIn(now, span), wordsIn(base, base.scenes[index]!)) ? [] : [index],
  )
}

/** Of a script with fixed scenes, else those of the plan that it was divided by. */
export function spansIn({ spans }: Script, planned: readonly Span[]): readonly Span[] {
  return spans ?? planned.map(({ firstWord, lastWord }) => ({ firstWord, lastWord }))
}

type Group = { words: Word[]; isKept: boolean }

function wordsIn({ script }: Said, { firstWord, lastWord }: Span): Word[] {
  return script.words.slice(firstWord, lastWord + 1)
}

function isSame(words: Word[], others: Word[]): boolean {
  const isPair = (word: Word, other: Word, index: number) =>
    word.text === other.text && (index === 0 || word.spaceBefore === other.spaceBefore)
  return words.length === others.length && words.every((word, index) => isPair(word, others[index]!, index))
}

function textOfGroup({ words }: Group): string {
  return textOf(words, 0, words.length - 1)
}

/** A new text begins and ends a sentence; between scenes that both stay, everything stays. */
function renumbered(groups: Group[], before: Word[], scenes: readonly Span[], hasSpaces: boolean): Word[] {
  const words: Word[] = []
  let offset = 0
  for (const [at, { words: own, isKept }] of groups.entries()) {
    const goesOn = isKept && groups[at - 1]?.isKept === true
    if (!goesOn) offset = (words.at(-1)?.sentence ?? -1) + 1 - (own[0]?.sentence ?? 0)
    const space = before[scenes[at]!.firstWord]!.spaceBefore || (hasSpaces && !goesOn)
    for (const [place, word] of own.entries())
      words.push({
        ...word,
        index: words.length,
        sentence: word.sentence + offset,
        spaceBefore: words.length > 0 && (place === 0 ? space : word.spaceBefore),
      })
  }
  return words
}
