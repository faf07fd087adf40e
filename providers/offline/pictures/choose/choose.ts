// Decides what a picture shows: which things, where, at what hour. Works on words alone, so that the choices for the
// scenes before can be made again and neighbours kept apart.
import { styles } from '../../../../core/catalog.ts'
import type { PictureBrief } from '../../../../core/ports.ts'
import { backdrops, type BackdropName } from '../backdrops/all.ts'
import type { Cast } from '../compose.ts'
import { hash } from '../draw/random.ts'
import type { TimeOfDay } from '../light/time.ts'
import { avoided, type Avoided } from './avoid.ts'
import { placesOf } from './concept.ts'
import { hourOf } from './hour.ts'
import { icons, numberOf } from './keywords.ts'
import { fit, kin, placesByKind } from './places.ts'
import { read, type Reading, type Scored } from './rank.ts'

export type Choice = Cast & { backdrop: BackdropName; time: TimeOfDay; avoid: ReadonlySet<string> }
type Context = { language: string; script: Reading; keywords: Reading; avoided: Avoided }

/** Depends on the words only, never on the seed or the style. */
export function choose({ prompt, script, before, language, keywords, negativeKeywords }: PictureBrief): Choice {
  const tongue = language.toLowerCase().startsWith('zh-hant') ? 'zh-hant' : language.toLowerCase().split(/[-_]/)[0]!
  const context: Context = {
    language: tongue,
    script: read(script, tongue),
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
  return Object.values(styles).reduce((text, { art }) => text.replace(art, ' '), prompt)
}

// What was shown just before counts less, so that neighbours differ; a topic's own things count a little more.
const REPEATED = [0.22, 0.5]
const OF_THE_TOPIC = 1.12
const STEERED = 0.45

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
      const { name } = icons[thing.icon]!
      const known = script.things.get(thing.icon)
      const topical = known && known.mentions > thing.mentions ? OF_THE_TOPIC : 1
      const repeated = REPEATED.reduce(
        (factor, share, ago) => (past.at(-1 - ago)?.heroes[0] === name ? factor * share : factor),
        1,
      )
      return { ...thing, score: thing.score * topical * repeated }
    })
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
}

function placeFor(
  scene: Reading,
  things: Scored[],
  { script, keywords, avoided: { places: barred } }: Context,
  past: Choice[],
): BackdropName {
  const scores = new Map<BackdropName, number>()
  const add = (place: BackdropName, score: number) => scores.set(place, (scores.get(place) ?? 0) + score)
  for (const [place, score] of scene.places) add(place, 2.2 * score)
  for (const [place, score] of keywords.places) add(place, 0.9 * score)
  const topics = [...script.places].toSorted(([, a], [, b]) => b - a).slice(0, 3)
  for (const [index, [place]] of topics.entries()) add(place, 0.7 - 0.15 * index)
  for (const [rank, { icon, score }] of things.slice(0, 3).entries()) {
    const { name, kind } = icons[icon]!
    const weight = Math.min(3, score) * [0.45, 0.2, 0.12][rank]!
    for (const [index, place] of placesOf(name).entries()) add(place, weight * (1 - 0.3 * index))
    const usual = placesByKind.find(([pattern]) => pattern.test(kind))?.[1] ?? []
    for (const [index, place] of usual.entries()) add(place, weight * 0.6 * (1 - 0.3 * index))
  }
  const named = [...scores]
  for (const [place, score] of named)
    for (const [index, other] of kin[place].entries()) add(other, score * (0.3 - 0.05 * index))
  const hero = things[0]
  const [last, second] = [past.at(-1)?.backdrop, past.at(-2)?.backdrop]
  const ranked = [...scores]
    .filter(([place]) => !barred.has(place) && place !== last)
    .map(([place, score]): [BackdropName, number] => [
      place,
      score * (place === second ? 0.6 : 1) * (hero ? fit(icons[hero.icon]!.kind, place) : 1),
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
const COMPANION_SHARE = 0.45
const COMPANION_LEAST = 1
const MOST_HEROES = 3
const AFLOAT = /transport-water|animal-marine|transport-air|animal-bird|sky-weather|place-geographic/

/** The hero and up to two companions, each standing for a word of its own. */
function castFor(
  backdrop: BackdropName,
  things: Scored[],
  { script, avoided: { icons: barred } }: Context,
  past: Choice[],
  turn: number,
): Cast {
  const { setting, stock } = backdrops[backdrop]
  const shown = new Set(past.at(-1)?.heroes.slice(0, 1))
  const suited = things
    .filter(({ icon }) => setting !== 'water' || AFLOAT.test(icons[icon]!.kind))
    .map((thing) => ({ ...thing, score: thing.score * fit(icons[thing.icon]!.kind, backdrop) }))
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
  // The words of a hero shown just before are told; only when nothing else is left may its next best stand in.
  const fresh = pickCast(suited, shown, true)
  const cast = fresh.length > 0 ? fresh : pickCast(suited, shown, false)
  if (cast.length > 0)
    return { heroes: cast.map(({ icon }) => icons[icon]!.name), many: cast.length === 1 && cast[0]!.plural }
  const topic = [...script.things.values()]
    .filter(
      ({ icon, mentions }) =>
        mentions > 1 &&
        !barred.has(icon) &&
        fit(icons[icon]!.kind, backdrop) >= 1 &&
        (setting !== 'water' || AFLOAT.test(icons[icon]!.kind)),
    )
    .toSorted((a, b) => b.score - a.score || a.icon - b.icon)
    .map(({ icon }) => icons[icon]!.name)
  const spare = stock.filter((name) => !barred.has(numberOf(name) ?? -1))
  const rotated = spare.map((_, index) => spare[(index + turn) % spare.length]!)
  const hero = [...topic.slice(0, 2), ...rotated].find((name) => !shown.has(name))
  return { heroes: hero ? [hero] : [], many: false }
}

function pickCast(suited: Scored[], shown: ReadonlySet<string>, shownTells: boolean): Scored[] {
  const cast: Scored[] = []
  const told = new Set<string>()
  if (shownTells)
    for (const { icon, leads } of suited) if (shown.has(icons[icon]!.name)) for (const word of leads) told.add(word)
  for (const thing of suited) {
    const least = Math.max(COMPANION_LEAST, (cast[0]?.score ?? 0) * COMPANION_SHARE)
    const isShown = shown.has(icons[thing.icon]!.name)
    if (isShown || (cast[0] && thing.score < least) || [...thing.words].every((word) => told.has(word))) continue
    for (const word of thing.words) told.add(word)
    if (cast.push(thing) === MOST_HEROES) break
  }
  return cast
}
