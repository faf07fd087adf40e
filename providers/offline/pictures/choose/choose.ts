// Decides what a picture shows: which things, where, at what hour. Works on words alone, so that the choices for the
// scenes before can be made again and neighbours kept apart.
import { styles } from '../../../../core/catalog.ts'
import type { PictureBrief } from '../../../../core/ports.ts'
import { backdrops, type BackdropName } from '../backdrops/all.ts'
import type { Cast } from '../arrange.ts'
import { hash } from '../draw/random.ts'
import type { TimeOfDay } from '../light/time.ts'
import { avoided, type Avoided } from './avoid.ts'
import { placesOf } from './concept.ts'
import { hourOf } from './hour.ts'
import { icons, numberOf } from './keywords.ts'
import { fit, kin, placesByKind } from './places.ts'
import { read, type Reading, type Scored } from './rank.ts'

export type Choice = Cast & { backdrop: BackdropName; time: TimeOfDay; avoid: ReadonlySet<string> }
type Context = {
  language: string
  script: Reading
  /** The first scene, which tells what the script is about. */
  opening: Reading
  keywords: Reading
  avoided: Avoided
}

/** Depends on the words only, never on the seed or the style. */
export function choose({ prompt, script, before, language, keywords, negativeKeywords }: PictureBrief): Choice {
  const tongue = language.toLowerCase().startsWith('zh-hant') ? 'zh-hant' : language.toLowerCase().split(/[-_]/)[0]!
  const context: Context = {
    language: tongue,
    script: read(script, tongue),
    opening: read(withoutArtDirection(before[0] ?? prompt), tongue),
    keywords: read(keywords.join(', '), tongue),
    avoided: avoided(negativeKeywords, tongue),
  }
  const past: Choice[] = []
  for (const earlier of before) past.push(chooseOne(earlier, context, past))
  return chooseOne(prompt, context, past)
}

function chooseOne(prompt: string, context: Context, past: Choice[]): Choice {
  const text = withoutArtDirection(prompt)
  const scene = read(text, context.language)
  const things = candidates(scene, context, past)
  const backdrop = placeFor(scene, things, context, past)
  const turn = hash(text) >>> 3
  const cast = castFor(backdrop, things, context, past, turn)
  const time = hourOf(text, backdrop, past.at(-1)?.time, turn)
  return { ...cast, backdrop, time, avoid: context.avoided.ornaments }
}

/** A prompt may carry the style's own words ('golden-hour light'), which say nothing about the scene. */
function withoutArtDirection(prompt: string): string {
  return Object.values(styles).reduce(
    (text, { art: { medium, palette, light, composition } }) =>
      [medium, palette, light, composition].reduce((rest, words) => rest.replace(words, ' '), text),
    prompt,
  )
}

// What was shown just before counts less, so that neighbours differ; a topic's own things count a little more.
const REPEATED = [0.22, 0.5]
const OF_THE_TOPIC = 1.08
const STEERED = 0.45
// A living thing draws the eye before any other.
const LIVING = 1.18
// What the first scene shows is what the script is about.
const OPENING = 1.6
// How strongly a script must call for a place before scenes without one of their own are set there.
const TOPIC_LEAST = 1.2

/** Everything that the scene's words name, best first. */
function candidates(
  scene: Reading,
  { script, keywords, avoided: { icons: barred } }: Context,
  past: Choice[],
): Scored[] {
  const merged = new Map(scene.things)
  for (const [icon, steer] of keywords.things) {
    const known = merged.get(icon)
    merged.set(icon, known ? { ...known, score: known.score * 1.5 } : { ...steer, score: steer.score * STEERED })
  }
  return [...merged.values()]
    .filter(({ icon }) => !barred.has(icon))
    .map((thing) => {
      const { name, kind } = icons[thing.icon]!
      const known = script.things.get(thing.icon)
      const topical = known && known.mentions > thing.mentions ? OF_THE_TOPIC : 1
      const repeated = REPEATED.reduce(
        (factor, share, ago) => (past.at(-1 - ago)?.heroes[0] === name ? factor * share : factor),
        1,
      )
      return { ...thing, score: thing.score * topical * repeated * (kind.startsWith('animal') ? LIVING : 1) }
    })
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
}

function placeFor(
  scene: Reading,
  things: Scored[],
  { script, opening, keywords, avoided: { places: barred } }: Context,
  past: Choice[],
): BackdropName {
  const scores = new Map<BackdropName, number>()
  const add = (place: BackdropName, score: number) => scores.set(place, (scores.get(place) ?? 0) + score)
  for (const [place, score] of scene.places) add(place, 2.2 * score)
  for (const [place, score] of keywords.places) add(place, 0.9 * score)
  // One word of a whole script is no topic.
  const topics = [...script.places]
    .filter(([, score]) => score > TOPIC_LEAST)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 3)
  for (const [index, [place, score]] of topics.entries()) add(place, Math.min(1.3, 0.4 * score) * (1 - 0.2 * index))
  const shown = (things[0]?.score ?? 0) < HERO_LEAST ? topicOf(script, opening).slice(0, 2) : things.slice(0, 3)
  for (const [rank, { icon, score }] of shown.entries()) {
    const { name, kind } = icons[icon]!
    const weight = Math.min(3, score) * [0.32, 0.15, 0.1][rank]!
    for (const [index, place] of placesOf(name).entries()) add(place, weight * (1 - 0.3 * index))
    const usual = placesByKind.find(([pattern]) => pattern.test(kind))?.[1] ?? []
    for (const [index, place] of usual.entries()) add(place, weight * 0.5 * (1 - 0.3 * index))
  }
  const named = [...scores]
  for (const [place, score] of named)
    for (const [index, other] of kin[place].entries()) add(other, score * (0.24 - 0.04 * index))
  const hero = things[0]
  const [last, second] = [past.at(-1)?.backdrop, past.at(-2)?.backdrop]
  const ranked = [...scores]
    .filter(([place]) => !barred.has(place) && place !== last)
    .map(([place, score]): [BackdropName, number] => [
      place,
      score * (place === second ? 0.7 : 1) * (hero ? suits(hero.icon, place) : 1),
    ])
    .toSorted(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
  return ranked[0]?.[0] ?? anywhere(last, barred, past.length)
}

/** For words that say nothing to us: calm places that suit any story, in turn. */
function anywhere(last: BackdropName | undefined, barred: ReadonlySet<BackdropName>, turn: number): BackdropName {
  const calm: BackdropName[] = ['mountain', 'sky', 'meadow', 'dream', 'forest', 'ocean', 'road', 'city']
  const free = [...calm, ...(Object.keys(backdrops) as BackdropName[])].filter(
    (place) => place !== last && !barred.has(place),
  )
  return free[turn % Math.min(free.length, calm.length)] ?? 'dream'
}

// A companion must be nearly as telling as the hero; else it is clutter.
const COMPANION_SHARE = 0.55
const COMPANION_LEAST = 1.4
// A word that only brushes an icon tells less than what the whole script is about.
const HERO_LEAST = 1.35
const MOST_HEROES = 3
const AFLOAT = /transport-water|animal-marine|transport-air|animal-bird|sky-weather|place-geographic/
const SINKS =
  /^(fire|thermometer|umbrella.*|closed-umbrella|snowman.*|high-voltage|camping|volcano|chicken|rooster|turkey)$/

/** The hero and up to two companions, each standing for a word of its own. */
function castFor(
  backdrop: BackdropName,
  things: Scored[],
  { script, opening, avoided: { icons: barred } }: Context,
  past: Choice[],
  turn: number,
): Cast {
  const { setting, stock } = backdrops[backdrop]
  const shown = new Set(past.at(-1)?.heroes.slice(0, 1))
  const suited = things
    .filter(({ icon }) => setting !== 'water' || floats(icon))
    .map((thing) => ({ ...thing, score: thing.score * suits(thing.icon, backdrop) }))
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
  // The words of a hero shown just before are told; only when nothing else is left may its next best stand in.
  const cast = [pickCast(suited, shown, true), pickCast(suited, shown, false)].find(
    ([hero]) => hero && hero.score >= HERO_LEAST,
  )
  if (cast) return { heroes: cast.map(({ icon }) => icons[icon]!.name), many: cast.length === 1 && cast[0]!.plural }
  const recent = new Set(past.slice(-2).flatMap(({ heroes }) => heroes.slice(0, 1)))
  const topic = topicOf(script, opening)
    .filter(({ icon }) => !barred.has(icon) && suits(icon, backdrop) >= 1 && (setting !== 'water' || floats(icon)))
    .map(({ icon }) => icons[icon]!.name)
    .slice(0, 3)
  const brushed = suited.slice(0, 1).map(({ icon }) => icons[icon]!.name)
  const spare = stock.filter((name) => !barred.has(numberOf(name) ?? -1))
  const rotated = spare.map((_, index) => spare[(index + turn) % spare.length]!)
  const hero =
    topic.find((name) => !recent.has(name)) ?? [...brushed, ...rotated, ...topic].find((name) => !shown.has(name))
  return { heroes: hero ? [hero] : [], many: false }
}

/** As its kind fits, but never out of place where its own concept sets it: a cat may sit in a room. */
function suits(icon: number, place: BackdropName): number {
  const { name, kind } = icons[icon]!
  return placesOf(name).includes(place) ? Math.max(1, fit(kind, place)) : fit(kind, place)
}

const floats = (icon: number): boolean => AFLOAT.test(icons[icon]!.kind) && !SINKS.test(icons[icon]!.name)

/** What the whole script is about, best first: what it names strongly and, above all, opens with. */
function topicOf(script: Reading, opening: Reading): Scored[] {
  return [...script.things.values()]
    .map((thing) => ({ ...thing, score: thing.score * (opening.things.has(thing.icon) ? OPENING : 1) }))
    .filter(({ score }) => score > TOPIC_LEAST)
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
}

function pickCast(suited: Scored[], shown: ReadonlySet<string>, shownTells: boolean): Scored[] {
  const cast: Scored[] = []
  const told = new Set<string>()
  if (shownTells)
    for (const { icon, leads } of suited) if (shown.has(icons[icon]!.name)) for (const word of leads) told.add(word)
  for (const thing of suited) {
    const least = Math.max(COMPANION_LEAST, (cast[0]?.score ?? 0) * COMPANION_SHARE)
    const isShown = shown.has(icons[thing.icon]!.name)
    // A small mountain beside the hero looks like a toy; the backdrop shows land.
    if (cast[0] && icons[thing.icon]!.kind === 'place-geographic') continue
    if (isShown || (cast[0] && thing.score < least) || [...thing.words].every((word) => told.has(word))) continue
    for (const word of thing.words) told.add(word)
    if (cast.push(thing) === MOST_HEROES) break
  }
  return cast
}
