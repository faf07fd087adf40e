import { describe, expect, it } from 'vitest'
import { titleOf } from '../../core/title.ts'
import { parseRequest } from '../../core/video.ts'

const called = (request: object, made?: { title?: string }) =>
  titleOf({
    request: parseRequest(request),
    ...(made && { made: { edition: 1, durationMs: 1, costMicroUsd: 0, at: '', ...made } }),
  })

describe('what a video is called', () => {
  it.each([
    ['its own title', { title: 'Goats', script: 'A goat.' }, { title: 'Published' }, 'Goats'],
    ['what it is published as', { script: 'A goat.' }, { title: 'Published' }, 'Published'],
    ['its topic', { topic: 'Why goats dance' }, undefined, 'Why goats dance'],
    ['its first sentence', { script: 'A goat found coffee. It danced.' }, undefined, 'A goat found coffee'],
    ['its first sentence, of scenes', { scenes: [{ text: 'Hi there! Bye.' }] }, undefined, 'Hi there!'],
    ['in Japanese', { script: '猫がいる。犬もいる。' }, undefined, '猫がいる'],
  ])('%s', (_what, request, made, title) => expect(called(request, made)).toBe(title))

  it('is cut between words, and anywhere in one that is too long', () => {
    expect(called({ script: `${'word '.repeat(30)}.` })).toMatch(/^(word ){11}word …$/)
    expect([...called({ script: 'x'.repeat(680) })]).toHaveLength(62)
  })
})
