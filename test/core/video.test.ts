import { describe, expect, it } from 'vitest'
import { parseRequest } from '../../core/video.ts'

const wrong = (request: unknown) => {
  try {
    parseRequest(request)
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`
  }
  return 'accepted'
}

describe('parseRequest', () => {
  it('fills in everything that a script alone leaves open', () => {
    expect(parseRequest({ script: 'A goat.' })).toEqual({
      script: 'A goat.',
      format: '9:16',
      style: 'warm-fable',
      voice: 'clara',
      captions: 'highlight',
      music: 'auto',
      scenes: 'auto',
      keywords: [],
      negativeKeywords: [],
    })
  })

  it.each([
    [{ style: 'Comic Noir' }, { style: 'comic-noir' }],
    [{ style: 'B&W Sketch' }, { style: 'bw-sketch' }],
    [{ voice: 'lulu lollipop' }, { voice: 'jessica' }],
    [{ voice: 'SHELBY' }, { voice: 'sarah' }],
  ])("takes the original's names: %j", (given, meant) => {
    expect(parseRequest({ script: 'A goat.', ...given })).toMatchObject(meant)
  })

  it.each([
    [{ format: '9:17' }, /^InputError: format: '9:17' .*nearest is '9:16'/],
    [{ voice: 'sara' }, /voice: 'sara' .*nearest is 'sarah'/],
    [{ musik: 'calm' }, /musik: no such field; the nearest is 'music'/],
    [{ scenes: [{ txt: 'a' }] }, /scenes\.0\.txt: no such field; the nearest is 'text'/],
    [{ scenes: 0 }, /scenes: must be a whole number from 1 to 120 \(it is 0\)/],
    [{ scenes: 'many' }, /scenes: must be 'auto', a whole number or a list/],
    [{ seed: 1.5 }, /seed: must be a whole number/],
    [{ webhookUrl: 'http://a.example' }, /webhookUrl: must be an https address/],
    [{ language: 'English!' }, /language: must be a BCP 47 tag/],
  ])('names the field, the rule and the value: %j', (given, message) => {
    expect(wrong({ script: 'A goat.', ...given })).toMatch(message)
  })

  it('wants one source of words', () => {
    expect(wrong({})).toMatch(/script: is missing/)
    expect(wrong({ script: 'a', topic: 'goats' })).toMatch(/topic: stands beside a script/)
    expect(wrong({ script: 'a', scenes: [{ text: 'b' }] })).toMatch(/script: is given twice/)
    expect(wrong({ scenes: [{ text: 'b' }, {}] })).toMatch(/scenes: 1 of 2 bring a text/)
  })

  it.each([[null], [[]], [7], ['script']])('refuses %j as a request in one line', (raw) => {
    expect(wrong(raw)).toMatch(/^InputError: the request: [^\n]+$/)
  })

  it('puts several mistakes on one line', () => {
    const message = wrong({ script: 'a', format: 'x', voice: 'x', seed: -1, scenes: 0, captions: 'x' })
    expect(message.split('\n')).toHaveLength(1)
    expect(message).toMatch(/and 2 more$/)
  })
})
