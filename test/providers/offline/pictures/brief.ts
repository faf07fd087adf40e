import type { PictureBrief } from '../../../../core/ports.ts'

/** A small picture, so that tests are quick. */
export const brief = (part: Partial<PictureBrief>): PictureBrief => ({
  prompt: 'A horse on a mountain.',
  text: 'A horse on a mountain.',
  look: undefined,
  script: '',
  before: [],
  language: 'en',
  style: 'warm-fable',
  keywords: [],
  negativeKeywords: [],
  widthPx: 180,
  heightPx: 320,
  seed: 1,
  ...part,
})
