import { describe, expect, it } from 'vitest'
import { changedScenes, editedScript, spansIn } from '../../../core/edition/script.ts'
import { editedPlan } from '../../../core/edition/plan.ts'
import { scenesOf } from '../../../core/scenes.ts'
import type { Plan } from '../../../core/stages/plan.ts'
import { scriptOf } from '../../../core/stages/write.ts'
import { parseRequest } from '../../../core/video.ts'
import { textOf } from '../../../core/words.ts'

const script =
  'A goat danced on the hill all night, and nobody knew why. The monks could not sleep at all. They drank coffee and sang until the sun came up.'

function base(wishes: object = { script, scenes: 3 }, count = 3) {
  const request = parseRequest(wishes)
  const said = scriptOf(request)
  const scenes = said.spans ?? scenesOf(said.words, count)
  const plan: Plan = {
    scenes: scenes.map((span, index) => ({ ...span, prompt: `picture ${index}` })),
    phraseEnds: said.words.map(({ index }) => index).filter((index) => index % 3 === 2),
    publishing: { title: 'T', description: 'D', tags: ['a'] },
  }
  const textIn = (index: number) => textOf(said.words, scenes[index]!.firstWord, scenes[index]!.lastWord)
  return { request, said: { script: said, scenes, plan }, textIn }
}

describe('the script of an edition', () => {
  it('is the very base where no text changes, also when a text is given that is there already', () => {
    const { request, said, textIn } = base()
    expect(editedScript(said, { scenes: { 1: { prompt: 'x' } } }, request)).toBe(said.script)
    expect(editedScript(said, { scenes: { 1: { text: ` ${textIn(1)} ` } } }, request)).toBe(said.script)
  })

  it('says the new text in its place and keeps every other word as it is', () => {
    const { request, said, textIn } = base()
    const edited = editedScript(said, { scenes: { 1: { text: 'Nobody slept. Not one of them.' } } }, request)
    const texts = edited.spans!.map(({ firstWord, lastWord }) => textOf(edited.words, firstWord, lastWord))
    expect(texts).toEqual([textIn(0), 'Nobody slept. Not one of them.', textIn(2)])
    expect(edited.words.map(({ index }) => index)).toEqual(edited.words.keys().toArray())
    expect(edited).toMatchObject({ title: said.script.title, seed: said.script.seed, language: 'en' })
    const [first, second, third] = edited.spans!
    const sentenceAt = (word: number) => edited.words[word]!.sentence
    expect(sentenceAt(second!.firstWord)).toBe(sentenceAt(first!.lastWord) + 1)
    expect(sentenceAt(third!.firstWord)).toBe(sentenceAt(second!.lastWord) + 1)
    expect(edited.words.every(({ spaceBefore }, index) => spaceBefore === index > 0)).toBe(true)
    expect(changedScenes(said, { script: edited, scenes: spansIn(edited, said.scenes) })).toEqual([1])
  })

  it('leaves a sentence one that goes on from scene to scene', () => {
    const { request, said } = base(
      { script: 'one two three four five six seven eight nine ten eleven twelve. End now.', scenes: 4 },
      4,
    )
    const edited = editedScript(said, { scenes: { 3: { text: 'Over.' } } }, request)
    const [first, second] = edited.spans!
    expect(edited.words[second!.firstWord]!.sentence).toBe(edited.words[first!.lastWord]!.sentence)
  })

  it.each([
    ['  ', /^scenes\.1\.text: it is empty/],
    ['🦊', /^scenes\.1\.text: it has no words to say/],
    ['a\u0007b', /^scenes\.1\.text: it has a control character/],
    ['a '.repeat(20_000), /^scenes\.1\.text: it is 40,000 characters long/],
  ])('refuses %j and names the scene', (text, message) => {
    const { request, said } = base()
    expect(() => editedScript(said, { scenes: { 1: { text } } }, request)).toThrow(message)
  })

  it('has the limit of a script for all scenes together', () => {
    const { request, said } = base({ script: `${'a word '.repeat(1000)}. ${'a word '.repeat(900)}.`, scenes: 2 }, 2)
    expect(() => editedScript(said, { scenes: { 1: { text: 'a word '.repeat(2000) } } }, request)).toThrow(
      /^scenes: it is .* characters long and the limit is 15,000/,
    )
  })
})

describe('the plan of an edition', () => {
  const portrait = { width: 1080, height: 1920 }
  const landscape = { width: 1920, height: 1080 }
  const edited = (changes: Parameters<typeof editedScript>[1]['scenes'], part: object[] = [], size = portrait) => {
    const { request, said } = base()
    for (const [index, more] of part.entries()) Object.assign(said.plan.scenes[index]!, more)
    const now = editedScript(said, { scenes: changes }, request)
    return { said, now, plan: editedPlan(said, now, { scenes: changes }, { request, madeFor: portrait, size }) }
  }

  it('moves spans and phrase ends along, and drops the ends inside of new words', () => {
    const { said, now, plan } = edited({ 1: { text: 'Nobody slept.' } })
    expect(plan.scenes.map(({ firstWord, lastWord }) => ({ firstWord, lastWord }))).toEqual(now.spans)
    const said3 = (ends: number[], words: typeof now.words) => ends.map((end) => words[end]!.text)
    const [, changed] = said.scenes
    const kept = said.plan.phraseEnds!.filter((end) => end < changed!.firstWord || end > changed!.lastWord)
    expect(said3(plan.phraseEnds!, now.words)).toEqual(said3(kept, said.script.words))
    expect(plan.publishing).toMatchObject({ title: 'T', tags: ['a'] })
  })

  it('puts in what is to be shown otherwise: the later of own and drawn wins, and takes its fit and focus with it', () => {
    const own = [{ clip: 'c', clipFromSeconds: 2, fit: 'contain', focus: { x: 0, y: 0 } }, { picture: 'p' }, {}]
    const { plan } = edited(
      { 0: { picture: 'q' }, 1: { prompt: 'a goat' }, 2: { redo: 2, focus: { x: 1, y: 1 } } },
      own,
    )
    const [first, second, third] = plan.scenes.map(({ firstWord: _f, lastWord: _l, ...shown }) => shown)
    expect(first).toEqual({ prompt: 'picture 0', picture: 'q', fit: 'contain' })
    expect(second).toEqual({ prompt: 'a goat' })
    expect(third).toEqual({ prompt: 'picture 2', redo: 2, focus: { x: 1, y: 1 } })
  })

  it('describes what is said now, with tags for what was not said before', () => {
    const { request, said } = base()
    said.plan.publishing = { title: 'T', description: 'Of monks.', tags: ['Sleep', 'animal tales', 'coffee', 'monks'] }
    const size = { width: 720, height: 1280 }
    const planOf = (scenes: Record<string, object>) => {
      const now = editedScript(said, { scenes }, { ...request, keywords: ['monks'] })
      return editedPlan(said, now, { scenes }, { request: { ...request, keywords: ['monks'] }, madeFor: size, size })
    }
    expect(planOf({ 1: { prompt: 'x' } }).publishing).toEqual(said.plan.publishing)
    const { publishing } = planOf({ 1: { text: 'Penguins watched.' } })
    expect(publishing.description).toMatch(/^A goat danced .* Penguins watched\. They drank coffee/)
    expect(publishing.tags).toEqual(['animal tales', 'coffee', 'monks', 'Penguins'])
  })

  it('keeps an own clip that only starts elsewhere', () => {
    const { plan } = edited({ 0: { clipFromSeconds: 5 } }, [{ clip: 'c', clipFromSeconds: 2, clipPlay: 'loop' }])
    expect(plan.scenes[0]).toMatchObject({ clip: 'c', clipFromSeconds: 5, clipPlay: 'loop' })
  })

  it('shows all of a drawn picture when the frame is turned, but for what was fitted or drawn for it', () => {
    const { plan } = edited({ 2: { redo: 1 } }, [{}, { fit: 'contain' }, {}], landscape)
    expect(plan.scenes.map(({ fit }) => fit)).toEqual(['blur', 'contain', undefined])
    expect(edited({}, [], { width: 1080, height: 1080 }).plan.scenes[0]!.fit).toBeUndefined()
  })
})
