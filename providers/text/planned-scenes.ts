// Scenes of a plan brought to their number, none of them too short, no two neighbours with one prompt.
import { oneLine } from '../../core/one-line.ts'
import type { PlannedScene, Span, WordTime } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import type { Word } from '../../core/words.ts'

/** As many as are wanted (one a word at the most): the shortest are merged, or the words are divided anew. */
export function withExactly(wanted: number, scenes: PlannedScene[], words: Word[], times: WordTime[]): PlannedScene[] {
  const count = Math.max(1, Math.min(wanted, words.length))
  if (scenes.length < count)
    return scenesOf(words, count).map((span) => ({ ...span, prompt: mostShared(span, scenes)?.prompt ?? '' }))
  let left = scenes
  while (left.length > count) left = withoutShortest(left, times)
  return left
}

/** Without scenes that would flash by. */
export function merged(scenes: PlannedScene[], times: WordTime[]): PlannedScene[] {
  let left = scenes
  while (left.length > 1 && left.some((scene) => lengthMs(scene, times) < SHORTEST_MS))
    left = withoutShortest(left, times)
  return left
}

const SHORTEST_MS = 1200

/** The shortest scene and its shorter neighbour become one, with the prompt of the longer. */
function withoutShortest(scenes: PlannedScene[], times: WordTime[]): PlannedScene[] {
  const lengths = scenes.map((scene) => lengthMs(scene, times))
  const shortest = lengths.indexOf(Math.min(...lengths))
  const first = (lengths[shortest - 1] ?? Infinity) <= (lengths[shortest + 1] ?? Infinity) ? shortest - 1 : shortest
  const [one, other] = [scenes[first]!, scenes[first + 1]!]
  const [longer, shorter] = lengths[first]! >= lengths[first + 1]! ? [one, other] : [other, one]
  const whole = { firstWord: one.firstWord, lastWord: other.lastWord, prompt: longer.prompt || shorter.prompt }
  return scenes.toSpliced(first, 2, whole)
}

function lengthMs({ firstWord, lastWord }: Span, times: WordTime[]): number {
  return (times[lastWord]?.endMs ?? 0) - (times[firstWord]?.startMs ?? 0)
}

/** Of scenes with a prompt, the one that has the most words in common with the span; the nearest when none has any. */
export function mostShared(span: Span, scenes: PlannedScene[]): PlannedScene | undefined {
  const sharedWords = ({ firstWord, lastWord }: Span) =>
    Math.min(lastWord, span.lastWord) - Math.max(firstWord, span.firstWord) + 1
  const [best] = scenes
    .filter(({ prompt }) => prompt !== '')
    .toSorted((one, other) => sharedWords(other) - sharedWords(one))
  return best
}

/** Neighbours that would show one picture see it differently. */
export function varied(scenes: PlannedScene[]): PlannedScene[] {
  let repeats = 0
  return scenes.map((scene, index) => {
    repeats = scene.prompt === scenes[index - 1]?.prompt ? repeats + 1 : 0
    const view = repeats === 0 ? undefined : views[(repeats - 1) % views.length]
    return view
      ? { ...scene, prompt: `${oneLine(scene.prompt, LONGEST_VARIED).replace(/[\s.…。]+$/u, '')}, ${view}` }
      : scene
  })
}

/** With the view, within the length of any other prompt. */
const LONGEST_VARIED = 570
const views = [
  'seen closer',
  'seen from further away',
  'seen from the other side',
  'one detail of it',
  'seen from above',
]
