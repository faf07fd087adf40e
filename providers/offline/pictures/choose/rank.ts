// Scores icons and places by the words of a text.
import type { BackdropName } from '../backdrops/all.ts'
import { conceptsOf } from './concept.ts'
import { isFraming } from './framing.ts'
import { icons, matches, matchesOfBeginning, numberOf, type Match } from './keywords.ts'
import { lexicon } from './lexicon.ts'
import { stopWords } from './stopwords.ts'
import { termsOf, type Term } from './terms.ts'

export type Scored = {
  icon: number
  score: number
  /** The words that point to it, and among them those that point to nothing more strongly. */
  words: Set<string>
  leads: Set<string>
  plural: boolean
  /** How often it was pointed to. */
  mentions: number
}
/** `things` by their number in the keyword lists; `places` with how strongly the words call for each. */
export type Reading = { things: Map<number, Scored>; places: Map<BackdropName, number> }

// Weights are on the scale of Match: a word that is an icon's whole label has 3.
const CONCEPT_WEIGHT = { thing: 3.1, idea: 2.7 }
const EMOJI_WEIGHT = 6
// What a word itself names can be seen, and beats what stands for an idea.
const NAMED_WEIGHT = 1.25
// A thing's concept and its keywords agree on an icon ('sheep' and the ewe): as good as its name.
const AGREED_WEIGHT = 1.1
const TAG_WEIGHT = 1.25
// The subject of a sentence comes early in most languages: its last word counts this much less than its first.
const LATE = 0.22
// 'Legend says', 'the night', 'people': what is told about is in the other words.
const FRAMING_WEIGHT = 0.42
// 'It rose', 'can fly': what looks like a thing is something done.
const VERB_WEIGHT = { named: 0.5, concept: 0.8 }
// 'In the desert' sets the scene more than things that are usually found there.
const LOCATION_WEIGHT = 2
// A country is where something happens, not what it looks like there: '~' rows (0.45) count 0.7.
const PLACE_HINT = 0.64
// What several words point to counts more, but each further word adds only this share.
const AGAIN = 0.35
// Compounds ('Kaffeehaus') are one word in these.
const COMPOUNDING = new Set(['de', 'nl', 'sv', 'da', 'nb', 'fi', 'hu', 'et', 'ko'])

export function read(text: string, language: string): Reading {
  const reading: Reading = { things: new Map(), places: new Map() }
  const terms = termsOf(text, language)
  const taken = new Set<string>()
  for (const [index, term] of terms.entries()) {
    // Words of a known pair ('climate change') say nothing by themselves.
    if (taken.has(term.word)) continue
    const found = readTerm(reading, term, language, 1 - (LATE * index) / terms.length)
    if (found && term.pair) for (const word of term.word.split(' ')) taken.add(word)
  }
  for (const [index, icon] of icons.entries())
    if (text.includes(icon.emoji.replace('\u{FE0F}', '')))
      add(reading, index, EMOJI_WEIGHT, icon.emoji, { leads: true, plural: false })
  return reading
}

function readTerm(reading: Reading, term: Term, language: string, share: number): boolean {
  const known = language === 'en' ? undefined : lexicon(language)
  const english = (form: string) => known?.get(form) ?? (language === 'en' ? form : undefined)
  const framing = term.forms.some((form) => isFraming(english(form) ?? '')) ? FRAMING_WEIGHT : 1
  const found = new Map<number, number>()
  // What the word's concepts stand for, by icon.
  const meant = new Map<number, number>()
  const put = ({ icon, weight }: Match) => found.set(icon, Math.max(found.get(icon) ?? 0, weight * framing))
  const done = term.verb ? VERB_WEIGHT.concept : 1
  let plural = false
  let conceptual = false
  for (const [rank, form] of term.forms.entries()) {
    const concepts = conceptsOf(english(form) ?? '')
    // A concept found under the word itself makes those of its shortened forms guesswork.
    if (rank > 0 && conceptual && !term.word.endsWith('s')) continue
    if (rank === 0) conceptual = concepts.length > 0
    for (const { icons: names, kind, emphasis, location, places } of rank > 0 && found.size > 0 ? [] : concepts) {
      for (const [place, name] of names.entries()) {
        const icon = numberOf(name)
        if (icon === undefined) continue
        const weight = CONCEPT_WEIGHT[kind] * emphasis * done * (1 - 0.14 * place)
        put({ icon, weight })
        meant.set(icon, Math.max(meant.get(icon) ?? 0, weight))
      }
      for (const [place, name] of places.entries()) {
        const calls =
          share * framing * (location ? LOCATION_WEIGHT : Math.min(1, emphasis / PLACE_HINT)) * (1 - 0.45 * place)
        reading.places.set(name, sum(reading.places.get(name) ?? 0, calls))
      }
    }
    for (const { icon, weight } of matches(form, language)) {
      const shortened = rank === 0 ? 1 : 0.95
      if (weight >= TAG_WEIGHT) put({ icon, weight: (meant.get(icon) ?? 0) * AGREED_WEIGHT })
      const verb = term.verb ? VERB_WEIGHT.named : 1
      put({ icon, weight: weight * (weight === 3 ? NAMED_WEIGHT : 1) * shortened * verb })
      if (rank > 0 && weight >= 1.7) plural ||= term.plural
    }
  }
  if (found.size === 0 && !term.pair && COMPOUNDING.has(language))
    for (const match of matchesOfBeginning(term.word, language)) put(match)
  if (found.size === 0 && !term.pair && language !== 'en') borrowed(term, put)
  spread(reading, term, found, plural, share)
  return found.size > 0
}

/** Names and borrowed words ('Internet', 'Pizza') are often the same in English. */
function borrowed({ word }: Term, put: (match: Match) => void): void {
  if (!/^[a-z]{4,}$/.test(word) || stopWords('en').has(word)) return
  for (const { icon, weight } of matches(word, 'en')) put({ icon, weight: weight * 0.6 })
}

// A word that names more icons equally well than this says too little about each.
const TOO_MANY = 40

function spread(reading: Reading, term: Term, found: Map<number, number>, plural: boolean, share: number): void {
  const best = [...found].toSorted(([a, left], [b, right]) => right - left || a - b).slice(0, 4)
  const equals = [...found.values()].filter((weight) => weight > 0.8 * best[0]![1]).length
  if (equals === 0 || equals > TOO_MANY) return
  const rarity = 1 / Math.sqrt(1 + Math.max(0, equals - 2) * 0.12)
  for (const [rank, [icon, weight]] of best.entries())
    add(reading, icon, weight * rarity * share * (1 - 0.1 * rank), term.word, {
      leads: rank === 0,
      plural: plural && rank === 0,
    })
}

function add(
  { things }: Reading,
  icon: number,
  score: number,
  word: string,
  { leads, plural }: { leads: boolean; plural: boolean },
): void {
  const known = things.get(icon)
  const total = known ? sum(known.score, score) : score
  things.set(icon, {
    icon,
    score: total,
    words: (known?.words ?? new Set<string>()).add(word),
    leads: leads ? (known?.leads ?? new Set<string>()).add(word) : (known?.leads ?? new Set<string>()),
    plural: plural || known?.plural === true,
    mentions: (known?.mentions ?? 0) + 1,
  })
}

const sum = (one: number, other: number): number => Math.max(one, other) + AGAIN * Math.min(one, other)
