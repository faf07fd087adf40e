// What the user never wants to see: icons, places and the small things of a backdrop.
import type { BackdropName } from '../backdrops/all.ts'
import { backdrops } from '../backdrops/all.ts'
import { conceptsOf } from './concept.ts'
import { icons, matches } from './keywords.ts'
import { lexicon } from './lexicon.ts'
import { termsOf } from './terms.ts'

export type Avoided = { icons: ReadonlySet<number>; places: ReadonlySet<BackdropName>; ornaments: ReadonlySet<string> }

// Small things that backdrops draw by themselves, with the icons that mean the same.
const ornaments: Record<string, { words: string[]; icons: string[] }> = {
  sun: { words: ['sun'], icons: ['sun'] },
  moon: { words: ['moon'], icons: ['full-moon', 'crescent-moon'] },
  stars: { words: ['star', 'stars'], icons: ['star', 'glowing-star'] },
  clouds: { words: ['cloud', 'clouds'], icons: ['cloud'] },
  birds: { words: ['bird', 'birds', 'animal', 'animals'], icons: ['bird'] },
  fish: { words: ['fish', 'animal', 'animals'], icons: ['fish'] },
  trees: { words: ['tree', 'trees', 'forest'], icons: ['deciduous-tree', 'evergreen-tree'] },
  flowers: { words: ['flower', 'flowers'], icons: ['tulip', 'blossom', 'sunflower'] },
  buildings: {
    words: ['building', 'buildings', 'house', 'houses', 'city', 'town'],
    icons: ['house', 'office-building'],
  },
  people: { words: ['people', 'person', 'persons', 'humans', 'crowd', 'crowds'], icons: [] },
  gems: { words: ['gem', 'gems', 'crystal', 'crystals'], icons: ['gem-stone'] },
}

export function avoided(negativeKeywords: readonly string[], language: string): Avoided {
  const barred = new Set<number>()
  const places = new Set<BackdropName>()
  const small = new Set<string>()
  for (const keyword of negativeKeywords) {
    const forms = formsOf(keyword, language)
    for (const form of forms) {
      // A keyword bars all that is tagged with it, and what the concept leads with.
      for (const match of [...matches(form, language), ...matches(form, 'en')])
        if (match.weight >= 1.2) barred.add(match.icon)
      for (const concept of conceptsOf(form)) {
        for (const [index, icon] of icons.entries())
          if (concept.icons.slice(0, 2).includes(icon.name)) barred.add(index)
        if (concept.places[0]) places.add(concept.places[0])
      }
      if (form in backdrops) places.add(form as BackdropName)
      for (const [index, icon] of icons.entries())
        if (icon.name === form || icon.kind.split('-').includes(form)) barred.add(index)
      for (const [name, ornament] of Object.entries(ornaments)) if (ornament.words.includes(form)) small.add(name)
    }
    const own = new Set(
      matches(keyword.toLowerCase(), language)
        .filter(({ weight }) => weight === 3)
        .map(({ icon }) => icons[icon]!.name),
    )
    for (const [name, ornament] of Object.entries(ornaments))
      if (ornament.icons.some((icon) => own.has(icon))) small.add(name)
  }
  return { icons: barred, places, ornaments: small }
}

/** The keyword, its singular, and its English meaning. */
function formsOf(keyword: string, language: string): Set<string> {
  const word = keyword.toLowerCase().trim()
  const forms = new Set([
    word,
    ...termsOf(word, language).flatMap((term) => term.forms),
    ...termsOf(word, 'en').flatMap((term) => term.forms),
  ])
  for (const form of forms) {
    const english = lexicon(language).get(form)
    if (english) forms.add(english)
  }
  return forms
}
