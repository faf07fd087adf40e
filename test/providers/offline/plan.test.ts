import { expect, it } from 'vitest'
import { wordsOf } from '../../../core/words.ts'
import { plan } from '../../../providers/offline/plan.ts'

const brief = {
  words: wordsOf('The goat danced all night on the hill. The monks could not sleep at all any more.', 'en'),
  language: 'en',
  style: 'warm-fable' as const,
  keywords: [],
  negativeKeywords: [],
  sceneCount: 2,
  spans: undefined,
}

it('prompts with the words of each scene, and bills the scenes at nothing', async () => {
  const { made, charges } = await plan(brief, new AbortController().signal)
  expect(made.scenes).toEqual([
    { firstWord: 0, lastWord: 7, prompt: 'The goat danced all night on the hill.' },
    { firstWord: 8, lastWord: 16, prompt: 'The monks could not sleep at all any more.' },
  ])
  expect(charges).toEqual([{ provider: 'embedded', model: 'plan-1', unit: 'scenes', units: 2, costMicroUsd: 0 }])
})

it('keeps the scenes that the user has fixed, and has something for the page that it is published on', async () => {
  const spans = [
    { firstWord: 0, lastWord: 2 },
    { firstWord: 3, lastWord: 16 },
  ]
  const { made } = await plan({ ...brief, spans, keywords: ['goats'] }, new AbortController().signal)
  expect(made.scenes).toMatchObject(spans)
  expect(made.publishing).toEqual({
    title: 'The goat danced all night on the hill',
    description: 'The goat danced all night on the hill. The monks could not sleep at all any more.',
    tags: ['goats'],
  })
})
