// A model's plan made whole: whatever it answers, every word of the script is in one scene, in order.
import { estimateTimes } from '../../core/estimate.ts'
import { oneLine } from '../../core/one-line.ts'
import type { PlanBrief, Planned, PlannedScene } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import { textOf } from '../../core/words.ts'
import { partsOfWords } from './align-answer.ts'
import { filled, groupsOf } from './fill.ts'
import { publishingFrom } from './publishing.ts'
import { merged, mostShared, varied, withExactly } from './planned-scenes.ts'

export type PlanAnswer = {
  look: string
  /** `phrases`: the scene's words as they stand in the script. */
  scenes: { phrases: string[]; prompt: string }[]
  title: string
  description: string
  tags: string[]
}

/** Without any prompt there is no plan; everything else can be mended. */
export function whyUseless({ scenes }: PlanAnswer): string | undefined {
  return scenes.some(({ prompt }) => promptFrom(prompt) !== '') ? undefined : 'it says of no scene what is seen'
}

export function plannedFrom(answer: PlanAnswer, brief: PlanBrief): Planned {
  const look = oneLine(answer.look, LONGEST_PROMPT)
  const publishing = publishingFrom(answer, brief)
  const { words } = brief
  const phrases = answer.scenes.flatMap(({ phrases: texts }, scene) => texts.map((text) => ({ text, scene })))
  const { partOf, found } = partsOfWords(
    words,
    phrases.map(({ text }) => text),
  )
  const isReadable = found >= LEAST_FOUND
  const scenes = isReadable
    ? scenesFrom(
        answer,
        partOf.map((part) => phrases[part ?? -1]?.scene),
        brief,
      )
    : inOrder(answer, brief)
  const phraseEnds = isReadable ? phraseEndsOf(partOf, brief) : []
  return {
    scenes: varied(
      scenes.map((scene) => ({ ...scene, prompt: scene.prompt || textOf(words, scene.firstWord, scene.lastWord) })),
    ),
    ...(look !== '' && { look }),
    ...(phraseEnds.length > 0 && { phraseEnds }),
    publishing,
  }
}

/** Of the script's letters, in shares of 1. With less, the boundaries would be guesses. */
const LEAST_FOUND = 0.7
const LONGEST_PROMPT = 600

/** A service's prompt without a label in front ('Scene 3: …'). */
function promptFrom(text: string): string {
  const prompt = oneLine(text.replace(/^\s*(?:scene|image|picture|prompt)\s*\d*\s*[:.–—-]\s*/iu, ''), LONGEST_PROMPT)
  return /\p{L}/u.test(prompt) ? prompt : ''
}

function scenesFrom({ scenes }: PlanAnswer, sceneOf: (number | undefined)[], brief: PlanBrief): PlannedScene[] {
  const { words, language, sceneCount, spans } = brief
  const prompts = scenes.map(({ prompt }) => promptFrom(prompt))
  const hasWords = scenes.map(({ phrases }) => phrases.some((text) => /[\p{L}\p{N}]/u.test(text)))
  const owners = filled(sceneOf, words, language, (scene) => hasWords[scene] === true)
  const found = groupsOf(owners).map(({ owner, ...span }) => ({ ...span, prompt: prompts[owner] ?? '' }))
  if (spans) {
    if (prompts.length === spans.length) return spans.map((span, i) => ({ ...span, prompt: prompts[i] ?? '' }))
    return spans.map((span) => ({ ...span, prompt: mostShared(span, found)?.prompt ?? '' }))
  }
  const { times } = estimateTimes(words, language)
  if (sceneCount !== undefined) return withExactly(sceneCount, found, words, times)
  return merged(found, times).flatMap((scene) => parts(scene, brief, times))
}

/** One picture for so long bores; two of the same thing from different sides do not. */
const LONGEST_SCENE_MS = 12_000

function parts(scene: PlannedScene, { words }: PlanBrief, times: { startMs: number; endMs: number }[]): PlannedScene[] {
  const { firstWord, lastWord, prompt } = scene
  if ((times[lastWord]?.endMs ?? 0) - (times[firstWord]?.startMs ?? 0) <= LONGEST_SCENE_MS) return [scene]
  return scenesOf(words.slice(firstWord, lastWord + 1), undefined).map((part) => ({
    firstWord: firstWord + part.firstWord,
    lastWord: firstWord + part.lastWord,
    prompt,
  }))
}

/** The scenes that the words themselves suggest, or those that are fixed, with the prompts spread over them. */
function inOrder({ scenes }: PlanAnswer, { words, sceneCount, spans }: PlanBrief): PlannedScene[] {
  const isByPlace = spans?.length === scenes.length
  const prompts = scenes.map(({ prompt }) => promptFrom(prompt)).filter((prompt) => isByPlace || prompt !== '')
  const places = spans ?? scenesOf(words, sceneCount)
  return places.map(({ firstWord, lastWord }, place) => {
    const prompt = prompts[Math.floor(((place + 0.5) * prompts.length) / places.length)] ?? ''
    return { firstWord, lastWord, prompt }
  })
}

function phraseEndsOf(partOf: (number | undefined)[], { words, language }: PlanBrief): number[] {
  const ends = groupsOf(filled(partOf, words, language, () => false)).map(({ lastWord }) => lastWord)
  // A phrase a word is no phrase at all.
  return ends.length > words.length * MOST_ENDS ? [] : ends
}
const MOST_ENDS = 0.7
