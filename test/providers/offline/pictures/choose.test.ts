import { describe, expect, it } from 'vitest'
import { backdrops } from '../../../../providers/offline/pictures/backdrops/all.ts'
import { choose } from '../../../../providers/offline/pictures/choose/choose.ts'
import { concepts } from '../../../../providers/offline/pictures/choose/concept.ts'
import { numberOf } from '../../../../providers/offline/pictures/choose/keywords.ts'
import { hasIcon } from '../../../../providers/offline/pictures/icons.ts'
import { brief } from './brief.ts'

describe('what a picture shows', () => {
  it.each([
    ['Bees pollinate a third of our food.', 'honeybee', ['meadow', 'farm']],
    ['The stock market crashed in 1929.', 'chart-decreasing', ['market', 'office', 'city']],
    ['Your brain never sleeps.', 'brain', ['dream', 'room']],
    ['A rocket flew to Mars.', 'rocket', ['space']],
    ['Penguins huddle in the Antarctic winter.', 'penguin', ['polar']],
    ['Freedom is worth fighting for.', 'dove', ['sky']],
    ['Artificial intelligence learns from data.', 'robot', ['circuit']],
    ['Doctors check your heart.', 'stethoscope', ['hospital']],
    ['He played the guitar on stage.', 'guitar', ['concert']],
    ['Bread is baked in the kitchen.', 'bread', ['kitchen']],
    ['The volcano erupted.', 'volcano', ['volcano']],
    ['Sharks hunt in the deep.', 'shark', ['underwater']],
    ['Knights defended the castle.', 'shield', ['castle']],
    ['Einstein studied physics.', 'telescope', ['laboratory', 'space']],
    ['Climate change threatens us all.', 'globe-showing-europe-africa', ['polar', 'sky']],
    ['The football match was lost.', 'soccer-ball', ['stadium']],
  ])('for “%s” has %s as its hero, in a place that fits', (prompt, hero, places) => {
    const choice = choose(brief({ prompt, script: prompt }))
    expect(choice.heroes[0]).toBe(hero)
    expect(places).toContain(choice.backdrop)
  })

  it.each([
    ['es', 'Los barcos llevaron los granos a Venecia.', 'ship', 'ocean'],
    ['es', 'La economía mundial cambió para siempre.', 'bar-chart', 'market'],
    ['de', 'Die Freiheit ist ein hohes Gut.', 'dove', 'sky'],
    ['de', 'Kaffeehäuser öffneten in Wien.', 'hot-beverage', 'room'],
    ['fr', 'Le cerveau ne dort jamais.', 'brain', 'dream'],
    ['ja', '宇宙には無数の星がある。', 'rocket', 'space'],
    ['ar', 'العلماء يدرسون النجوم.', 'microscope', 'laboratory'],
    ['ar', 'ثم حملتها السفن إلى إسطنبول.', 'ship', 'ocean'],
    ['es', 'En Roma los panaderos trabajaban toda la noche.', 'bread', 'kitchen'],
    ['fr', "Les artistes de Paris l'ont détestée.", 'artist-palette', 'library'],
    ['de', 'Wenn Käfer kommen, warnen sich die Bäume.', 'beetle', 'forest'],
    ['pt', 'Pelé ganhou a Copa com dezessete anos.', 'soccer-ball', 'stadium'],
    ['zh', '长城不是一道墙。', 'castle', 'castle'],
    ['hi', 'भारत में हाथी को पवित्र माना जाता है।', 'elephant', 'meadow'],
  ])('in %s for “%s” has %s as its hero, in the %s', (language, prompt, hero, place) => {
    const choice = choose(brief({ prompt, script: prompt, language }))
    expect(choice).toMatchObject({ backdrop: place })
    expect(choice.heroes[0]).toBe(hero)
  })

  it.each([
    ['Legend says coffee was found by a goat.', ['goat', 'hot-beverage'], 'meadow'],
    ['Word travelled across the desert, and by 1475 coffeehouses had opened in Istanbul.', ['hot-beverage'], 'desert'],
    ['Today farmers grow coffee in more than 70 countries.', ['tractor', 'hot-beverage'], 'farm'],
    ['Poets and merchants met over a cup that cost a single penny.', ['coin', 'hot-beverage'], 'room'],
    ['In Rome, bakers fed a million people every morning.', ['bread'], 'kitchen'],
    ['Families lost their farms and drove west in old trucks.', ['tractor'], 'farm'],
    ['Persian traders took it to Baghdad along the Silk Road.', ['camel'], 'desert'],
    ['Chess was born in India as a game of four armies.', ['chess-pawn'], 'library'],
    ['In 1997 a computer beat the world champion.', ['desktop-computer', 'trophy'], 'circuit'],
    ['The monks walked to the monastery by candle light.', ['candle'], 'castle'],
    ['A missing comma once destroyed a rocket.', ['rocket'], 'space'],
    ['Nothing escapes from a black hole.', ['ringed-planet'], 'blackhole'],
  ])('lets things beat the words around them: “%s” shows %j in the %s', (prompt, heroes, place) => {
    const choice = choose(brief({ prompt, script: prompt }))
    expect(choice.backdrop).toBe(place)
    for (const hero of heroes) expect(choice.heroes).toContain(hero)
  })

  it('knows a verb from a thing of the same spelling', () => {
    expect(choose(brief({ prompt: 'The dough lay in the sun and it rose.' })).heroes).not.toContain('rose')
    expect(choose(brief({ prompt: 'A rose in the sun.' })).heroes).toContain('rose')
  })

  it('shows what the script is about where a sentence names nothing', () => {
    const opening = 'Mozart wrote his first symphony.'
    const script = `${opening} A child ran. It never stopped.`
    const choice = choose(brief({ prompt: 'It never stopped.', script, before: [opening, 'A child ran.'] }))
    expect(['violin', 'musical-notes']).toContain(choice.heroes[0])
  })

  it('follows an emoji that stands in the text', () => {
    expect(choose(brief({ prompt: 'Look at that! 🦒' })).heroes).toContain('giraffe')
  })

  it('shows three of a kind for a plural', () => {
    expect(choose(brief({ prompt: 'Giraffes!' }))).toMatchObject({ heroes: ['giraffe'], many: true })
    expect(choose(brief({ prompt: 'A giraffe!' }))).toMatchObject({ heroes: ['giraffe'], many: false })
  })

  it('takes the hour from the words', () => {
    expect(choose(brief({ prompt: 'A horse at midnight.' })).time).toBe('night')
    expect(choose(brief({ prompt: 'A horse in the morning.' })).time).toBe('dawn')
  })

  it('lets keywords steer a scene whose words name nothing', () => {
    const choice = choose(brief({ prompt: 'And then it changed.', keywords: ['dragon'] }))
    expect(choice.heroes).toContain('dragon')
  })

  it('never shows what a negative keyword names, in any language', () => {
    const prompt = 'Coffee and a cat on the moon.'
    const free = choose(brief({ prompt }))
    expect(free.heroes).toContain('hot-beverage')
    const barred = choose(brief({ prompt, negativeKeywords: ['coffee', 'cats', 'moon'] }))
    for (const hero of ['hot-beverage', 'teacup-without-handle', 'cat', 'black-cat', 'full-moon'])
      expect(barred.heroes).not.toContain(hero)
    expect(barred.avoid).toContain('moon')
    expect(
      choose(brief({ prompt: 'Der Hund bellt.', language: 'de', negativeKeywords: ['Hund'] })).heroes,
    ).not.toContain('dog')
    expect(choose(brief({ prompt: 'Ships sail.', negativeKeywords: ['ocean'] })).backdrop).not.toBe('ocean')
  })

  it('keeps neighbours apart though they speak of one thing', () => {
    const prompts = [
      'Coffee is hot.',
      'Coffee is strong.',
      'We love coffee.',
      'Coffee again.',
      'More coffee.',
      'Coffee, always.',
    ]
    const choices = prompts.map((prompt, index) =>
      choose(brief({ prompt, script: 'coffee', before: prompts.slice(0, index) })),
    )
    const repeats = choices.slice(1).filter(({ heroes, backdrop }, index) => {
      const last = choices[index]!
      return heroes[0] === undefined || heroes[0] === last.heroes[0] || backdrop === last.backdrop
    })
    expect(repeats).toEqual([])
  })

  it('finds something for words that it does not know', () => {
    for (const prompt of ['', '…', 'Xqzt vrrm.', '1234', '\u{1F600}'])
      for (const language of ['en', 'xx', 'not a language', '']) {
        const choice = choose(brief({ prompt, script: prompt, language }))
        expect(choice.heroes.length, `${language} “${prompt}”`).toBeGreaterThan(0)
        expect(backdrops).toHaveProperty(choice.backdrop)
      }
  })
})

describe('the icons', () => {
  it('are things, not signs', () => {
    const signs = ['speech-balloon', 'thought-balloon', 'zzz', 'collision', 'sparkles', 'infinity', 'recycling-symbol']
    expect(signs.filter((name) => numberOf(name) !== undefined)).toEqual([])
  })
})

describe('the concept table', () => {
  it('names only icons and places that exist', () => {
    const names = [
      ...concepts.flatMap(({ icons }) => icons),
      ...Object.values(backdrops).flatMap(({ stock }) => [...stock]),
    ]
    expect(names.filter((name) => numberOf(name) === undefined || !hasIcon(name))).toEqual([])
    expect(concepts.flatMap(({ places }) => places).filter((place) => !(place in backdrops))).toEqual([])
  })

  it('gives every row words, icons and a place', () => {
    expect(concepts.filter(({ words, icons, places }) => !words.length || !icons.length || !places.length)).toEqual([])
  })
})
