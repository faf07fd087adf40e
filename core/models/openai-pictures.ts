// OpenAI's models that draw. A picture is billed by its output tokens, which grow with its area.
import type { Model, ModelLimits } from './model.ts'

const picture = { provider: 'openai', roles: ['illustrate'] } as const
/** One price for all current ones; the sources differ by generation. */
const prices = [{ perMillionInputTokens: 5, perMillionImageTokens: 30 }]
const unpublished = 'its tokens per picture are not published: estimated'

/** Published of GPT Image 1.5 at 1024x1536. */
const at1024x1536: ModelLimits = { maxCharacters: 32_000, pictureTokens: { low: 408, medium: 1584, high: 6240 } }
/** The same by area, at 720x1280 and at 1152x2048: these take any size. */
const atAnySize: ModelLimits = { maxCharacters: 32_000, pictureTokens: { low: 240, medium: 2380, high: 9360 } }
/** "Three to four times those of 2.5" at low and medium (laozhang.ai), at 1024x1536: three. Of high nothing is known. */
const since26: ModelLimits = { maxCharacters: 32_000, pictureTokens: { low: 1225, medium: 4750, high: 7000 } }

const of26 = {
  prices,
  pricedOn: '2026-11-05',
  priceSource: 'laozhang.ai, apiyi.com',
  estimate: unpublished,
  limits: since26,
}
const of25 = { prices, pricedOn: '2026-09-09', priceSource: 'apidog.com', estimate: unpublished, limits: atAnySize }
const ended = { limits: at1024x1536, replacement: 'gpt-image-2.6-flare' }
const dallE = {
  ...picture,
  ...ended,
  prices: [],
  pricedOn: '2026-04-15',
  priceSource: 'retired',
  retiresOn: '2026-05-12',
}

export const openaiPictureModels = {
  'gpt-image-2.6-flare': { ...picture, name: 'GPT Image 2.6 Flare', ...of26 },
  'gpt-image-2.6-sunburst': { ...picture, name: 'GPT Image 2.6 Sunburst', ...of26 },
  'gpt-image-2.5-flare': { ...picture, name: 'GPT Image 2.5 Flare', ...of25 },
  'gpt-image-2.5-sunburst': { ...picture, name: 'GPT Image 2.5 Sunburst', ...of25 },
  'gpt-image-2': {
    ...picture,
    name: 'GPT Image 2',
    prices,
    pricedOn: '2026-07-22',
    priceSource: 'pydantic/genai-prices',
    estimate: 'of its tokens per picture only those at high quality are known: the others are estimated',
    limits: { maxCharacters: 32_000, pictureTokens: { low: 310, medium: 2400, high: 7024 } },
  },
  'gpt-image-1.5': {
    ...picture,
    ...ended,
    name: 'GPT Image 1.5',
    prices: [{ perMillionInputTokens: 5, perMillionImageTokens: 32 }],
    pricedOn: '2026-07-24',
    priceSource: 'Wei-Shaw/model-price-repo',
    retiresOn: '2026-12-01',
  },
  'gpt-image-1-mini': {
    ...picture,
    ...ended,
    name: 'GPT Image 1 mini',
    prices: [{ perMillionInputTokens: 2, perMillionImageTokens: 8 }],
    pricedOn: '2026-07-24',
    priceSource: 'Wei-Shaw/model-price-repo',
    estimate: 'its price for what goes in is not known: estimated',
    retiresOn: '2026-12-01',
  },
  'chatgpt-image-latest': {
    ...picture,
    ...ended,
    name: 'ChatGPT Image',
    prices: [{ perMillionInputTokens: 5, perMillionImageTokens: 32 }],
    pricedOn: '2026-07-24',
    priceSource: 'counted like GPT Image 1.5',
    estimate: 'its own price is not known: counted like GPT Image 1.5',
    retiresOn: '2026-12-01',
  },
  'gpt-image-1': {
    ...picture,
    ...ended,
    name: 'GPT Image 1',
    prices: [{ perMillionInputTokens: 5, perMillionImageTokens: 40 }],
    pricedOn: '2026-07-24',
    priceSource: 'Wei-Shaw/model-price-repo',
    retiresOn: '2026-10-23',
  },
  'dall-e-3': { ...dallE, name: 'DALL·E 3' },
  'dall-e-2': { ...dallE, name: 'DALL·E 2' },
} satisfies Record<string, Model>
