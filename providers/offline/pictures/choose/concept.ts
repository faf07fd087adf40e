// Looks concepts up: what stands for 'freedom', and where it is shown.
import type { BackdropName } from '../backdrops/all.ts'
import { daily } from './concepts/daily.ts'
import { ideas } from './concepts/ideas.ts'
import { nature } from './concepts/nature.ts'

/**
 * `kind` tells words for what one can see from words for ideas. `emphasis` multiplies the weight of the icons: 1.5 where what happens matters more than to whom (a row whose icons
 * begin with '!'), 0.45 where a word only says where something happens ('~'). `location` marks words that name the place
 * itself (places that begin with '!').
 */
export type Concept = {
  words: string[]
  kind: 'thing' | 'idea'
  icons: string[]
  emphasis: number
  location: boolean
  places: BackdropName[]
}

const EMPHASIS: Record<string, number> = { '!': 1.5, '~': 0.45 }

export const concepts: readonly Concept[] = [...rows(ideas, 'idea'), ...rows(nature, 'thing'), ...rows(daily, 'thing')]

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

function rows(table: string, kind: Concept['kind']): Concept[] {
  return table
    .trim()
    .split('\n')
    .map((row) => parse(row, kind))
}

function parse(row: string, kind: Concept['kind']): Concept {
  const [words, icons, places] = row.split('|').map((part) => part.trim().split(/\s+/).filter(Boolean))
  return {
    words: words ?? [],
    kind,
    icons: (icons ?? []).map((icon) => icon.replace(/^[!~]/, '')),
    emphasis: EMPHASIS[icons?.[0]?.[0] ?? ''] ?? 1,
    location: places?.[0]?.startsWith('!') === true,
    places: (places ?? []).map((place) => place.replace(/^!/, '')) as BackdropName[],
  }
}
