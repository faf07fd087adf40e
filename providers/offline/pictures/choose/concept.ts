// Looks concepts up: what stands for 'freedom', and where it is shown.
import type { BackdropName } from '../backdrops/all.ts'
import { daily } from './concepts/daily.ts'
import { ideas } from './concepts/ideas.ts'
import { nature } from './concepts/nature.ts'

/**
 * `emphasis` multiplies the weight of the icons: 1.5 where what happens matters more than to whom (a row whose icons
 * begin with '!'), 0.6 where a word only says where something happens ('~').
 */
export type Concept = { words: string[]; icons: string[]; emphasis: number; places: BackdropName[] }

const EMPHASIS: Record<string, number> = { '!': 1.5, '~': 0.6 }

export const concepts: readonly Concept[] = [ideas, nature, daily].flatMap((rows) => rows.trim().split('\n').map(parse))

/** Concepts that a word belongs to; more than one when it has several meanings. */
export const conceptsOf = (word: string): readonly Concept[] => byWord.get(word) ?? []

/** Places in which an icon is at home, learnt from the rows that name it first. */
export const placesOf = (icon: string): readonly BackdropName[] => byIcon.get(icon) ?? []

const byWord = new Map<string, Concept[]>()
const byIcon = new Map<string, BackdropName[]>()
for (const concept of concepts) {
  for (const word of concept.words) byWord.set(word, [...(byWord.get(word) ?? []), concept])
  for (const icon of concept.icons.slice(0, 2)) if (!byIcon.has(icon)) byIcon.set(icon, concept.places)
}

function parse(row: string): Concept {
  const [words, icons, places] = row.split('|').map((part) => part.trim().split(/\s+/).filter(Boolean))
  return {
    words: words ?? [],
    icons: (icons ?? []).map((icon) => icon.replace(/^[!~]/, '')),
    emphasis: EMPHASIS[icons?.[0]?.[0] ?? ''] ?? 1,
    places: (places ?? []) as BackdropName[],
  }
}
