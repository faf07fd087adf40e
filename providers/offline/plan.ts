import type { Planner } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import { textOf } from '../../core/words.ts'

/** Scenes cut by the words; each prompt is the scene's own text, which the embedded illustrator reads. Costs nothing. */
export const plan: Planner = async ({ words, sceneCount }) => {
  const made = scenesOf(words, sceneCount).map(({ firstWord, lastWord }) => ({
    firstWord,
    lastWord,
    prompt: textOf(words, firstWord, lastWord),
  }))
  const charges = [{ provider: 'embedded', model: 'plan-1', unit: 'scenes', units: made.length, costMicroUsd: 0 }]
  return { made, charges }
}
