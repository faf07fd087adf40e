import type { PlanBrief, Planned } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import { textOf, type Word } from '../../core/words.ts'
import type { EmbeddedMaker } from './embedded.ts'

/** Scenes cut by the words; each prompt is the scene's own text, which the embedded illustrator reads. Costs nothing. */
export const plan: EmbeddedMaker<PlanBrief, Planned> = async ({ words, keywords, sceneCount, spans }) => {
  const scenes = (spans ?? scenesOf(words, sceneCount)).map(({ firstWord, lastWord }) => ({
    firstWord,
    lastWord,
    prompt: textOf(words, firstWord, lastWord),
  }))
  const charges = [{ provider: 'embedded', model: 'plan-1', unit: 'scenes', units: scenes.length, costMicroUsd: 0 }]
  return { made: { scenes, publishing: publishingOf(words, keywords) }, charges }
}

/** The script's own beginning; no more is known without somebody who has understood it. */
function publishingOf(words: Word[], keywords: string[]): Planned['publishing'] {
  const sentence = (which: number) => {
    const of = words.filter((word) => word.sentence === which)
    return of.length === 0 ? '' : textOf(of, 0, of.length - 1)
  }
  const title = cut(sentence(0).replace(/[.。]$/u, ''), 100)
  return { title, description: cut([sentence(0), sentence(1)].join(' ').trim(), 600), tags: keywords.slice(0, 12) }
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, text.lastIndexOf(' ', longest - 2)).trimEnd()} …`
}
