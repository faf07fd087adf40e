// Which things fit which places, and which places stand in for one another.
import type { BackdropName } from '../backdrops/all.ts'

type Fit = { good: RegExp; bad: RegExp }

const INDOORS: Fit = {
  good: /drink|dishware|food|book|money|household|light|writing|musical|tool|science|medical|computer|phone|office|clothing|game|arts/,
  bad: /transport|animal-(mammal|marine|reptile)|place|plant-other|sky|person-sport/,
}
const OPEN: Fit = {
  good: /animal|plant|transport-ground|person|place|sky|sport/,
  bad: /computer|phone|office|household|medical|animal-marine/,
}

const fits: Partial<Record<BackdropName, Fit>> = {
  room: INDOORS,
  library: INDOORS,
  office: INDOORS,
  kitchen: {
    good: /food|drink|dishware|fruit|vegetable/,
    bad: /transport|animal|place|sky|science|person|money|computer/,
  },
  laboratory: { good: /science|medical|tool|body|computer/, bad: /transport|place|food|person-sport/ },
  hospital: { good: /medical|science|body|person/, bad: /transport|place|drink|animal/ },
  meadow: OPEN,
  farm: OPEN,
  forest: OPEN,
  mountain: OPEN,
  road: { good: /transport-ground|person|place-map/, bad: /animal-marine|household|dishware|science/ },
  ocean: {
    good: /transport-water|animal-marine|transport-air/,
    bad: /household|light|food|computer|mammal|ground|book|money|medical|science/,
  },
  underwater: { good: /animal-marine/, bad: /[^e]$/ },
  polar: { good: /animal|sport|sky/, bad: /food|drink|computer|plant|marine$/ },
  volcano: { good: /reptile|geographic|sky/, bad: /food|drink|household|book|animal-marine/ },
  city: {
    good: /music|drink|building|ground|game|arts|clothing|phone|money/,
    bad: /animal-(marine|mammal|reptile)|plant/,
  },
  town: {
    good: /food|fruit|drink|building|religi|place-other|money|book|arts|music|clothing|dishware|animal-(mammal|bird)/,
    bad: /computer|phone|animal-(marine|reptile)|transport-(air|water)|medical|science|sky/,
  },
  market: { good: /money|office|building|computer/, bad: /animal|plant|food|transport-water|person-sport/ },
  desert: { good: /animal-mammal|religi|drink|dishware|light/, bad: /transport-water|animal-marine|computer|office/ },
  castle: { good: /tool|animal-mammal|clothing|light|book/, bad: /computer|phone|animal-marine|transport-air|medical/ },
  ruins: { good: /book|building|dishware|light|tool/, bad: /computer|phone|animal-marine|transport-air/ },
  cave: { good: /tool|light|clothing|geographic|animal-bug/, bad: /transport|computer|food|plant/ },
  concert: { good: /music|arts|light-video|person/, bad: /animal|transport|plant|food|science/ },
  stadium: { good: /sport|event|award|person|clothing/, bad: /household|food|book|science|animal|computer/ },
  sky: {
    good: /air|bird|sky|heart|bug|event|game/,
    bad: /household|dishware|furniture|transport-(ground|water)|marine|computer/,
  },
  space: {
    good: /transport-air|sky|science|costume|place-map|light/,
    bad: /food|plant|household|animal|transport-(ground|water)/,
  },
  blackhole: {
    good: /transport-air|sky|science|costume|place-map|light/,
    bad: /food|plant|household|animal|transport-(ground|water)/,
  },
  dream: {
    good: /body|sky|emotion|heart|time|light|game|other/,
    bad: /transport-ground|food-vegetable|place-building/,
  },
  circuit: {
    good: /computer|phone|costume|tool|light|science|lock|money/,
    bad: /animal|plant|food|transport-(water|ground)|household/,
  },
  map: { good: /book|place-map|transport-water|time|place-geo|writing|money/, bad: /household|medical|person|phone/ },
}

/** Multiplies an icon's score in a place: 1.15 at home, 0.3 out of place. */
export function fit(kind: string, place: BackdropName): number {
  const known = fits[place]
  if (!known) return 1
  return known.good.test(kind) ? 1.15 : known.bad.test(kind) ? 0.3 : 1
}

/** Places by what stands in them, for words that name no place. */
export const placesByKind: [kind: RegExp, places: BackdropName[]][] = [
  [/transport-water/, ['ocean']],
  [/animal-marine/, ['underwater', 'ocean']],
  [/animal-bird|transport-air/, ['sky']],
  [/animal-reptile/, ['desert', 'forest']],
  [/animal|plant-flower/, ['meadow', 'forest']],
  [/plant-other/, ['farm', 'forest']],
  [/food-(fruit|vegetable)/, ['kitchen', 'farm']],
  [/food|dishware/, ['kitchen', 'town']],
  [/drink/, ['room', 'town']],
  [/place-building/, ['city', 'town']],
  [/transport-ground/, ['road', 'city']],
  [/place-geographic/, ['mountain', 'sky']],
  [/place-religious/, ['town', 'ruins']],
  [/place-map/, ['map', 'space']],
  [/sky/, ['sky', 'space']],
  [/sport/, ['stadium', 'mountain']],
  [/person/, ['road', 'meadow']],
  [/music/, ['concert', 'room']],
  [/event|arts/, ['concert', 'sky']],
  [/computer|phone/, ['circuit', 'office']],
  [/money/, ['city', 'office']],
  [/office|writing/, ['office', 'library']],
  [/book/, ['library', 'room']],
  [/science/, ['laboratory', 'space']],
  [/medical|body/, ['hospital', 'dream']],
  [/tool/, ['castle', 'city']],
  [/light|household/, ['room', 'cave']],
  [/heart|emotion|costume|time/, ['dream', 'sky']],
]

/** Where a picture may go when the obvious place was shown just before. */
export const kin: Record<BackdropName, BackdropName[]> = {
  meadow: ['farm', 'mountain', 'sky'],
  farm: ['meadow', 'kitchen', 'road'],
  forest: ['mountain', 'meadow', 'cave'],
  mountain: ['forest', 'meadow', 'sky'],
  volcano: ['mountain', 'cave', 'desert'],
  polar: ['mountain', 'ocean', 'sky'],
  road: ['city', 'mountain', 'meadow'],
  ocean: ['underwater', 'sky', 'map'],
  underwater: ['ocean', 'dream', 'cave'],
  city: ['office', 'town', 'road'],
  town: ['room', 'city', 'castle'],
  desert: ['ruins', 'town', 'mountain'],
  castle: ['ruins', 'town', 'mountain'],
  ruins: ['castle', 'map', 'desert'],
  cave: ['mountain', 'forest', 'ruins'],
  room: ['town', 'kitchen', 'library'],
  library: ['room', 'map', 'dream'],
  laboratory: ['circuit', 'library', 'hospital'],
  kitchen: ['room', 'farm', 'city'],
  hospital: ['laboratory', 'room', 'dream'],
  office: ['city', 'market', 'room'],
  concert: ['city', 'room', 'sky'],
  stadium: ['road', 'city', 'meadow'],
  sky: ['mountain', 'meadow', 'dream'],
  space: ['dream', 'sky', 'circuit'],
  blackhole: ['space', 'dream', 'sky'],
  dream: ['sky', 'space', 'meadow'],
  market: ['city', 'office', 'map'],
  circuit: ['laboratory', 'office', 'space'],
  map: ['ruins', 'ocean', 'library'],
}
