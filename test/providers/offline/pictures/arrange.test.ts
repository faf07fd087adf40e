import { describe, expect, it } from 'vitest'
import { arrange, heroPosition } from '../../../../providers/offline/pictures/arrange.ts'
import { randomOf } from '../../../../core/random.ts'
import { lay, type Stage } from '../../../../providers/offline/pictures/stage.ts'

const SHAPES = [
  [1080, 1920],
  [1920, 1080],
  [1080, 1080],
] as const
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed)

/** All arrangements of a cast, over every shape and many seeds. */
function arrangements(heroes: string[]) {
  return SHAPES.flatMap(([w, h]) =>
    SEEDS.map((seed) => {
      const random = randomOf(seed)
      const laid = lay({ w, h, random })
      const stage = { ...laid, random, heroX: heroPosition({ ...laid, random }, heroes.length) } as Stage
      return { w, h, placed: arrange(stage, 'meadow', { heroes, many: false }, 1) }
    }),
  )
}

describe('the places of heroes', () => {
  it.each([[['goat']], [['goat', 'hot-beverage']], [['t-rex', 'castle', 'ship']], [['ewe', 'bird', 'tractor']]])(
    'keep %j inside the middle four fifths and above the captions',
    (heroes) => {
      for (const { w, h, placed } of arrangements(heroes))
        for (const { x, size, foot } of placed) {
          expect(x - size / 2).toBeGreaterThanOrEqual(w * 0.1 - 1)
          expect(x + size / 2).toBeLessThanOrEqual(w * 0.9 + 1)
          expect(foot).toBeLessThan(h * (h > w ? 0.69 : 0.8))
          expect(foot - size).toBeGreaterThan(0)
        }
    },
  )

  it('keep companions from covering the hero', () => {
    for (const { placed } of arrangements(['ewe', 'hot-beverage', 'crescent-moon'])) {
      const hero = placed.find(({ name }) => name === 'ewe')!
      for (const other of placed.filter((thing) => thing !== hero)) {
        const wide =
          Math.min(hero.x + hero.size / 2, other.x + other.size / 2) -
          Math.max(hero.x - hero.size / 2, other.x - other.size / 2)
        const high = Math.min(hero.foot, other.foot) - Math.max(hero.foot - hero.size, other.foot - other.size)
        const covered = wide > 0 && high > 0 ? Math.min(wide, high) / hero.size : 0
        expect(covered, `${other.name} over the hero`).toBeLessThan(0.11)
      }
    }
  })

  it('hang a moon in the sky, above who stands below it', () => {
    for (const { placed } of arrangements(['wolf', 'crescent-moon'])) {
      const [moon, wolf] = ['crescent-moon', 'wolf'].map((name) => placed.find((thing) => thing.name === name)!)
      expect(moon!.foot).toBeLessThan(wolf!.foot - wolf!.size * 0.85)
    }
  })
})
