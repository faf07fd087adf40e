import { describe, expect, it } from 'vitest'
import type { PlanBrief, Planned, Span } from '../../../core/ports.ts'
import { randomOf } from '../../../core/random.ts'
import { scenesOf } from '../../../core/scenes.ts'
import { textOf, wordsOf } from '../../../core/words.ts'
import { plannedFrom, whyUseless, type PlanAnswer } from '../../../providers/text/plan-answer.ts'
import { planBrief, scripts } from './briefs.ts'

/** What a model answers that does all as it is told: scenes at `firstWords`, phrases of four words. */
function faithful({ words }: PlanBrief, spans: Span[]): PlanAnswer {
  const scenes = spans.map(({ firstWord, lastWord }, index) => {
    const phrases: string[] = []
    for (let first = firstWord; first <= lastWord; first += 4)
      phrases.push(textOf(words, first, Math.min(lastWord, first + 3)))
    return { phrases, prompt: `Picture ${letter(index)} of a goat on a hill` }
  })
  return { look: 'Ethiopia', scenes, title: 'The goat', description: 'Of coffee.', tags: ['coffee', 'goat', 'legend'] }
}

const letter = (index: number) => String.fromCodePoint(65 + index)
const spansOf = ({ scenes }: Pick<Planned, 'scenes'>) =>
  scenes.map(({ firstWord, lastWord }) => ({ firstWord, lastWord }))
const promptsOf = ({ scenes }: Planned) => scenes.map(({ prompt }) => prompt)

/** What is wrong with a plan, whatever it was made from; nothing, it is hoped. */
function wrongIn({ scenes, phraseEnds = [], publishing }: Planned, { words, spans, sceneCount }: PlanBrief): string[] {
  const { title, description, tags } = publishing
  const wrong = {
    'the first word': scenes[0]?.firstWord !== 0,
    'the last word': scenes.at(-1)?.lastWord !== words.length - 1,
    'an empty scene': scenes.some(({ firstWord, lastWord }) => lastWord < firstWord),
    'a gap or an overlap': scenes.some(({ firstWord }, i) => i > 0 && firstWord !== scenes[i - 1]!.lastWord + 1),
    'a prompt': scenes.some(({ prompt }) => !/^[^\n]{1,600}$/u.test(prompt)),
    'fixed scenes': spans !== undefined && JSON.stringify(spans) !== JSON.stringify(spansOf({ scenes })),
    'the number of scenes': sceneCount !== undefined && scenes.length !== sceneCount,
    'phrase ends': phraseEnds.some((end, i) => words[end] === undefined || end <= (phraseEnds[i - 1] ?? -1)),
    'the title': title.length < 1 || title.length > 100,
    'the description': description.length < 1 || description.length > 600,
    'the tags': tags.length < 3 || tags.length > 12 || tags.join('').includes('#'),
  }
  return Object.entries(wrong).flatMap(([what, isWrong]) => (isWrong ? [what] : []))
}

/** Scenes of nine words, as nobody but this model would cut them. */
function nines({ words }: PlanBrief): Span[] {
  const count = Math.floor(words.length / 9)
  return Array.from({ length: count }, (_, index) => ({
    firstWord: index * 9,
    lastWord: index === count - 1 ? words.length - 1 : index * 9 + 8,
  }))
}

const languages = Object.keys(scripts) as (keyof typeof scripts)[]

describe('a plan that is as it was asked for', () => {
  it.each(languages)('%s: keeps its scenes, phrases and prompts', (language) => {
    const brief = planBrief(language)
    const spans = nines(brief)
    const planned = plannedFrom(faithful(brief, spans), brief)
    expect(spansOf(planned)).toEqual(spans)
    expect(promptsOf(planned)).toEqual(spans.map((_, index) => `Picture ${letter(index)} of a goat on a hill`))
    expect(planned.look).toBe('Ethiopia')
    expect(planned.phraseEnds).toEqual(
      spans.flatMap(({ firstWord, lastWord }) => {
        const ends: number[] = []
        for (let end = firstWord + 3; end < lastWord; end += 4) ends.push(end)
        return [...ends, lastWord]
      }),
    )
  })

  it.each(languages)('%s: does not mind case, quotes, spaces and marks', (language) => {
    const brief = planBrief(language)
    const spans = nines(brief)
    const answer = faithful(brief, spans)
    const changed = (text: string) =>
      ` ${text
        .toUpperCase()
        .replaceAll(/[“”]/g, '"')
        .replaceAll('’', "'")
        .replaceAll(/[,.、。;]/g, ' ')}… `
    for (const scene of answer.scenes) scene.phrases = scene.phrases.map(changed)
    expect(spansOf(plannedFrom(answer, brief))).toEqual(spans)
  })
})

describe('a plan that went wrong', () => {
  // Each in its own way; drawn from a seed, so that a failure can be repeated.
  const faults: Record<string, (answer: PlanAnswer, random: () => number) => void> = {
    'drops phrases': ({ scenes }, random) => {
      for (const scene of scenes) scene.phrases = scene.phrases.filter(() => random() > 0.15)
    },
    'drops a scene': ({ scenes }, random) => void scenes.splice(Math.floor(random() * scenes.length), 1),
    'merges scenes': ({ scenes }, random) => {
      const at = Math.floor(random() * (scenes.length - 1))
      const [one, other] = scenes.splice(at, 2)
      scenes.splice(at, 0, { phrases: [...one!.phrases, ...(other?.phrases ?? [])], prompt: one!.prompt })
    },
    'says a scene in other words': ({ scenes }, random) => {
      scenes[Math.floor(random() * scenes.length)]!.phrases = ['Something quite different', 'that nobody wrote']
    },
    'says a scene twice': ({ scenes }, random) => {
      const at = Math.floor(random() * scenes.length)
      scenes.splice(at, 0, structuredClone(scenes[at]!))
    },
    'turns scenes round': (answer) => {
      answer.scenes = answer.scenes.toReversed()
    },
    'adds empty scenes': ({ scenes }, random) => {
      scenes.splice(Math.floor(random() * scenes.length), 0, { phrases: [], prompt: 'Nothing' })
      scenes.push({ phrases: ['', ' … '], prompt: '' })
    },
    'forgets prompts': ({ scenes }, random) => {
      for (const scene of scenes.slice(1)) if (random() < 0.6) scene.prompt = ' '
    },
    'writes endless prompts over lines': ({ scenes }) => {
      for (const scene of scenes) scene.prompt = 'Scene 3: a goat\n\n'.repeat(200)
    },
    'gives each letter a phrase': ({ scenes }) => {
      for (const scene of scenes) scene.phrases = scene.phrases.flatMap((text) => text.split(''))
    },
    'gives one phrase in all': (answer) => {
      answer.scenes = [{ phrases: [answer.scenes.flatMap(({ phrases }) => phrases).join(' ')], prompt: 'A goat' }]
    },
    'says something else': (answer) => {
      answer.scenes = [{ phrases: ['string'], prompt: 'string' }]
    },
    'leaves all else empty': (answer) =>
      void Object.assign(answer, { look: '', title: ' ', description: '', tags: ['#'] }),
    'overdoes all else': (answer) =>
      void Object.assign(answer, {
        title: '"The goat" '.repeat(50),
        description: 'Long. '.repeat(500),
        tags: ['#goat #coffee', '#Goat', ...Array.from({ length: 40 }, (_, index) => `tag ${index}`)],
      }),
  }
  const wishes: [string, (brief: PlanBrief) => Partial<PlanBrief>][] = [
    ['as many scenes as it likes', () => ({})],
    ['3 scenes', () => ({ sceneCount: 3 })],
    ['9 scenes', () => ({ sceneCount: 9 })],
    ['fixed scenes', ({ words }) => ({ spans: scenesOf(words, 4) })],
  ]
  const cases = Object.keys(faults).flatMap((fault) => wishes.map(([wish]) => [fault, wish] as const))

  it.each(cases)('%s, with %s: every word is in one scene, in order', (fault, wish) => {
    const wrong: string[] = []
    let planned = 0
    for (const language of languages)
      for (let seed = 1; seed <= 6; seed++) {
        const random = randomOf(seed)
        const plain = planBrief(language)
        const brief = { ...plain, ...wishes.find(([name]) => name === wish)![1](plain) }
        const answer = faithful(brief, brief.spans ?? scenesOf(brief.words, brief.sceneCount))
        faults[fault]!(answer, random)
        // A second fault on top.
        if (seed > 3) Object.values(faults)[Math.floor(random() * Object.keys(faults).length)]!(answer, random)
        if (whyUseless(answer)) continue
        wrong.push(...wrongIn(plannedFrom(answer, brief), brief).map((what) => `${language} ${seed}: ${what}`))
        planned++
      }
    expect(wrong).toEqual([])
    expect(planned).toBeGreaterThan(languages.length * 3)
  })

  const brief = planBrief('en')
  const spans = scenesOf(brief.words, undefined)

  it('finds the place of words that are missing: with those of their sentence', () => {
    const answer = faithful(brief, spans)
    answer.scenes[0]!.phrases.pop()
    answer.scenes[1]!.phrases.shift()
    expect(spansOf(plannedFrom(answer, brief))).toEqual(spans)
  })

  it('gives a scene that was said in other words its place back', () => {
    const answer = faithful(brief, spans)
    answer.scenes[2]!.phrases = ['Farmers planted something new', 'which merchants sold']
    const planned = plannedFrom(answer, brief)
    expect(promptsOf(planned)).toEqual(answer.scenes.map(({ prompt }) => prompt))
    expect(spansOf(planned)[2]).toEqual(spans[2])
  })

  it('takes the scenes that the words suggest when it is about something else, with the prompts in order', () => {
    const answer = faithful(brief, spans)
    for (const scene of answer.scenes) scene.phrases = ['Lorem ipsum dolor']
    const planned = plannedFrom(answer, brief)
    expect(spansOf(planned)).toEqual(scenesOf(brief.words, undefined))
    expect(promptsOf(planned)).toEqual(answer.scenes.map(({ prompt }) => prompt))
    expect(planned.phraseEnds).toBeUndefined()
  })

  it('shows one prompt from several sides, where there is only one', () => {
    const answer = faithful(brief, [{ firstWord: 0, lastWord: brief.words.length - 1 }])
    const prompts = promptsOf(plannedFrom(answer, brief))
    expect(prompts.length).toBeGreaterThan(2)
    expect(new Set(prompts).size).toBe(prompts.length)
  })

  it('shows the words themselves where a prompt is missing', () => {
    const answer = faithful(brief, spans)
    answer.scenes[1]!.prompt = ''
    const { firstWord, lastWord } = spans[1]!
    expect(plannedFrom(answer, brief).scenes[1]!.prompt).toBe(textOf(brief.words, firstWord, lastWord))
  })

  it('merges a scene that would flash by', () => {
    const script = 'Stop. The goats of the highlands danced all night long on the hill above the village.'
    const flashing = planBrief('en', { words: wordsOf(script, 'en') })
    const answer = faithful(flashing, [
      { firstWord: 0, lastWord: 0 },
      { firstWord: 1, lastWord: flashing.words.length - 1 },
    ])
    expect(promptsOf(plannedFrom(answer, flashing))).toEqual(['Picture B of a goat on a hill'])
  })

  it('is of no use without a prompt', () => {
    expect(whyUseless({ ...faithful(brief, spans), scenes: [] })).toMatch(/no scene/)
    expect(whyUseless({ ...faithful(brief, spans), scenes: [{ phrases: ['a goat'], prompt: ' … ' }] })).toMatch(
      /no scene/,
    )
    expect(whyUseless(faithful(brief, spans))).toBeUndefined()
  })
})

describe('a long script', () => {
  it('of 15,000 Japanese characters is aligned', () => {
    const words = wordsOf(scripts.ja.repeat(Math.floor(15_000 / scripts.ja.length)), 'ja')
    const brief = planBrief('ja', { words })
    const spans = scenesOf(words, undefined)
    const answer = faithful(brief, spans)
    answer.scenes.splice(5, 1)
    const planned = plannedFrom(answer, brief)
    expect(wrongIn(planned, brief)).toEqual([])
    expect(planned.scenes.length).toBeGreaterThan(spans.length * 0.8)
  })
})
