// OpenAI's models that write. All retirements are the vendor's announcements.
import type { Model } from './model.ts'

const text = { provider: 'openai', roles: ['write', 'plan'], limits: {} } as const
const ofModelPage = { pricedOn: '2026-11-22', priceSource: 'OpenAI model page' }
const ofPriceRepository = { pricedOn: '2026-07-24', priceSource: 'Wei-Shaw/model-price-repo' }
const unpriced = {
  prices: [],
  pricedOn: '2026-11-22',
  priceSource: 'none found',
  estimate: 'its price is not known: counted as 0',
}

export const openaiTextModels = {
  'gpt-6-luna': {
    ...text,
    name: 'GPT-6 Luna',
    prices: [{ perMillionInputTokens: 0.1, perMillionOutputTokens: 0.5 }],
    ...ofModelPage,
  },
  'gpt-6.1-terra': {
    ...text,
    name: 'GPT-6.1 Terra',
    prices: [{ perMillionInputTokens: 1, perMillionOutputTokens: 5 }],
    pricedOn: '2026-10-27',
    priceSource: 'PromptFuel',
  },
  'gpt-6-sol': {
    ...text,
    name: 'GPT-6 Sol',
    prices: [{ perMillionInputTokens: 2, perMillionOutputTokens: 10 }],
    pricedOn: '2026-09-22',
    priceSource: 'codexometer',
  },
  'gpt-6.1-sol': { ...text, name: 'GPT-6.1 Sol', ...unpriced },
  'gpt-6-astra': { ...text, name: 'GPT-6 Astra', ...unpriced },
  'gpt-5.6-luna': {
    ...text,
    name: 'GPT-5.6 Luna',
    prices: [{ perMillionInputTokens: 0.2, perMillionOutputTokens: 1.2 }],
    ...ofModelPage,
  },
  'gpt-5.6-terra': { ...text, name: 'GPT-5.6 Terra', ...unpriced },
  'gpt-5.6-sol': { ...text, name: 'GPT-5.6 Sol', ...unpriced },
  'gpt-5.5': { ...text, name: 'GPT-5.5', ...unpriced },
  'gpt-5.4': { ...text, name: 'GPT-5.4', ...unpriced },
  'gpt-5.4-mini': {
    ...text,
    name: 'GPT-5.4 mini',
    prices: [{ perMillionInputTokens: 0.75, perMillionOutputTokens: 4.5 }],
    ...ofPriceRepository,
  },
  'gpt-5.4-nano': { ...text, name: 'GPT-5.4 nano', ...unpriced, retiresOn: '2027-04-01', replacement: 'gpt-6-luna' },
  'gpt-5.2': { ...text, name: 'GPT-5.2', ...unpriced },
  'gpt-5.1': { ...text, name: 'GPT-5.1', ...unpriced, retiresOn: '2027-04-01', replacement: 'gpt-6-luna' },
  'gpt-5': { ...text, name: 'GPT-5', ...unpriced, retiresOn: '2026-12-11', replacement: 'gpt-6-luna' },
  'gpt-5-mini': {
    ...text,
    name: 'GPT-5 mini',
    prices: [{ perMillionInputTokens: 0.25, perMillionOutputTokens: 2 }],
    ...ofPriceRepository,
    retiresOn: '2026-12-11',
    replacement: 'gpt-6-luna',
  },
  'gpt-5-nano': { ...text, name: 'GPT-5 nano', ...unpriced, retiresOn: '2026-12-11', replacement: 'gpt-6-luna' },
  o3: { ...text, name: 'o3', ...unpriced, retiresOn: '2026-12-11', replacement: 'gpt-6-luna' },
  'gpt-4.1': { ...text, name: 'GPT-4.1', ...unpriced, retiresOn: '2027-01-14', replacement: 'gpt-6-luna' },
  'gpt-4.1-mini': {
    ...text,
    name: 'GPT-4.1 mini',
    prices: [{ perMillionInputTokens: 0.4, perMillionOutputTokens: 1.6 }],
    ...ofPriceRepository,
    retiresOn: '2027-01-14',
    replacement: 'gpt-6-luna',
  },
  'gpt-4o': { ...text, name: 'GPT-4o', ...unpriced, retiresOn: '2027-01-14', replacement: 'gpt-6-luna' },
  'gpt-4o-mini': {
    ...text,
    name: 'GPT-4o mini',
    prices: [{ perMillionInputTokens: 0.15, perMillionOutputTokens: 0.6 }],
    ...ofPriceRepository,
    retiresOn: '2027-01-14',
    replacement: 'gpt-6-luna',
  },
} satisfies Record<string, Model>
