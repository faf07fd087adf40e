import { describe, expect, it } from 'vitest'
import { artOf, picturePromptOf } from '../../core/art.ts'
import { styles, type StyleId } from '../../core/catalog.ts'
import type { PictureBrief } from '../../core/ports.ts'

const styleIds = Object.keys(styles) as StyleId[]

const brief = (part: Partial<PictureBrief> = {}): PictureBrief => ({
  prompt: 'A young goat nibbles red berries on a hill, seen from below.',
  text: 'His goats had eaten the red berries.',
  look: 'Highlands of Ethiopia, long ago; Kaldi wears a white shawl',
  script: 'Legend says coffee was found by a goat.',
  before: [],
  language: 'en',
  style: 'warm-fable',
  keywords: ['coffee', 'mountains'],
  negativeKeywords: ['cars', 'crowds'],
  widthPx: 1080,
  heightPx: 1920,
  seed: 1,
  ...part,
})

describe('the art direction of each style', () => {
  it.each(styleIds)('%s is whole and its own', (style) => {
    const { medium, palette, light, composition, avoid } = styles[style].art
    for (const field of [medium, palette, light, composition]) expect(field.split(' ').length).toBeGreaterThanOrEqual(7)
    expect(avoid.length).toBeGreaterThanOrEqual(2)
    expect(artOf(style).length).toBeLessThan(700)
    for (const other of styleIds.filter((id) => id !== style)) expect(styles[other].art.medium).not.toBe(medium)
  })

  it('there are fifteen', () => {
    expect(styleIds).toHaveLength(15)
  })
})

describe('picturePromptOf', () => {
  it('says what is seen first, then what all share, the style, the framing, keywords, and what to leave out', () => {
    const prompt = picturePromptOf(brief())
    const order = [
      'A young goat nibbles',
      'Highlands of Ethiopia',
      styles['warm-fable'].art.medium,
      styles['warm-fable'].art.composition,
      'tall vertical portrait',
      'coffee, mountains',
      'Without: cars, crowds, ',
    ].map((part) => prompt.indexOf(part))
    expect(order).toEqual(order.toSorted((a, b) => a - b))
    expect(order[0]).toBe(0)
    for (const never of ['lettering', 'captions', 'watermarks', 'logos', 'borders', 'frames', 'split panels'])
      expect(prompt.split('Without: ')[1]).toContain(never)
  })

  it('is the same whatever comes before, the rest of the script and the seed', () => {
    const other = brief({ before: ['A ship.'], script: 'Another story.', seed: 99 })
    expect(picturePromptOf(other)).toBe(picturePromptOf(brief()))
    expect(picturePromptOf(brief({ prompt: 'A ship.' }))).not.toBe(picturePromptOf(brief()))
    expect(picturePromptOf(brief({ look: 'Venice' }))).not.toBe(picturePromptOf(brief()))
  })

  it.each([
    [1080, 1920, 'portrait'],
    [1920, 1080, 'landscape'],
    [1080, 1080, 'square'],
  ])('%i × %i is said in words', (widthPx, heightPx, shape) => {
    const prompt = picturePromptOf(brief({ widthPx, heightPx }))
    expect(prompt).toContain(`${shape} picture`)
    expect(prompt).not.toMatch(/1080|1920|px|pixel/)
  })

  it('tells words that are said from a prompt', () => {
    const { text } = brief()
    expect(picturePromptOf(brief({ prompt: text }))).toContain(`“${text}”`)
    expect(picturePromptOf(brief({ prompt: '' }))).toContain(`“${text}”`)
    expect(picturePromptOf(brief())).not.toContain(text)
  })

  it('stays under 4,000 characters and on its lines, whatever it is given', () => {
    const phrases = Array.from({ length: 30 }, (_, index) => `${index} ${'long phrase '.repeat(6)}`)
    const endless = { prompt: 'Goats\ndance\u0007 '.repeat(400), look: 'Hills 丘 '.repeat(400), text: 'x'.repeat(9000) }
    for (const style of styleIds) {
      const prompt = picturePromptOf(brief({ ...endless, style, keywords: phrases, negativeKeywords: phrases }))
      expect(prompt.length).toBeLessThan(4000)
      expect(prompt.split('\n')).toHaveLength(6)
      expect(prompt).not.toContain('\u0007')
    }
  })

  it('leaves out what there is nothing to say of', () => {
    const prompt = picturePromptOf(brief({ look: undefined, keywords: [], negativeKeywords: [] }))
    expect(prompt.split('\n')).toHaveLength(4)
    expect(prompt).not.toContain('undefined')
  })
})
