import type { Model } from './model.ts'

const ofLiteLlm = { pricedOn: '2026-11-22', priceSource: 'LiteLLM price list' }
const unpriced = {
  prices: [],
  pricedOn: '2026-11-22',
  priceSource: 'none found',
  estimate: 'its price is not known: counted as 0',
}
/** Speech comes at 25 tokens a second (Gemini API documentation on tokens). */
const audioTokensPerSecond = 25
const picture = { provider: 'gemini', roles: ['illustrate'] } as const
const ended = {
  ...picture,
  prices: [],
  pricedOn: '2026-11-22',
  priceSource: 'retired',
  limits: {},
  replacement: 'gemini-nano-banana-2.1',
}
const imagen = { ...ended, retiresOn: '2026-08-17' }

export const geminiModels = {
  'gemini-3.8-flash': {
    provider: 'gemini',
    name: 'Gemini 3.8 Flash',
    roles: ['write', 'plan'],
    prices: [
      { perMillionInputTokens: 0.75, perMillionOutputTokens: 3.75 },
      { from: '2027-01-01', perMillionInputTokens: 1.5, perMillionOutputTokens: 7.5 },
    ],
    ...ofLiteLlm,
    limits: {},
  },
  'gemini-4-argon': { provider: 'gemini', name: 'Gemini 4 Argon', roles: ['write', 'plan'], ...unpriced, limits: {} },
  'gemini-4-carbon': { provider: 'gemini', name: 'Gemini 4 Carbon', roles: ['write', 'plan'], ...unpriced, limits: {} },
  'gemini-3.8-flash-tts': {
    provider: 'gemini',
    name: 'Gemini 3.8 Flash TTS',
    roles: ['narrate'],
    prices: [
      { perMillionInputTokens: 0.5, perMillionAudioTokens: 9 },
      { from: '2027-01-01', perMillionInputTokens: 1, perMillionAudioTokens: 18 },
    ],
    ...ofLiteLlm,
    // 8,192 tokens go in; a token can be as little as one character (Chinese, Japanese).
    limits: { maxCharacters: 4000, audioTokensPerSecond },
  },
  'gemini-3.8-flash-lite-tts': {
    provider: 'gemini',
    name: 'Gemini 3.8 Flash-Lite TTS',
    roles: ['narrate'],
    prices: [
      { perMillionInputTokens: 0.5, perMillionAudioTokens: 6 },
      { from: '2027-01-01', perMillionInputTokens: 1, perMillionAudioTokens: 12 },
    ],
    ...ofLiteLlm,
    limits: { maxCharacters: 4000, audioTokensPerSecond },
  },
  'gemini-nano-banana-2.1': {
    ...picture,
    name: 'Gemini Nano Banana 2.1',
    prices: [{ perMillionInputTokens: 1.5, perMillionOutputTokens: 7.5, perMillionImageTokens: 30 }],
    ...ofLiteLlm,
    // 1120 for a 1K picture are $0.0336; of 2K pictures the count is an estimate.
    limits: { maxCharacters: 32_000, pictureTokens: { low: 1120, medium: 1120, high: 1680 } },
  },
  'gemini-3-pro-image': {
    ...picture,
    name: 'Gemini 3 Pro Image',
    prices: [{ perMillionInputTokens: 2, perMillionOutputTokens: 12, perMillionImageTokens: 120 }],
    ...ofLiteLlm,
    estimate: 'only its price per picture, $0.134, is known: its tokens are derived from it',
    limits: { maxCharacters: 32_000, pictureTokens: { low: 1120, medium: 1120, high: 1120 } },
  },
  'gemini-3.1-flash-lite-image': {
    ...picture,
    name: 'Gemini 3.1 Flash-Lite Image',
    ...unpriced,
    limits: { maxCharacters: 32_000 },
  },
  'gemini-3.1-flash-image': {
    ...ended,
    name: 'Gemini 3.1 Flash Image',
    prices: [{ perMillionImageTokens: 60 }],
    pricedOn: '2026-07-22',
    priceSource: 'pydantic/genai-prices',
    retiresOn: '2026-10-29',
  },
  'gemini-2.5-flash-image': { ...ended, name: 'Gemini 2.5 Flash Image', retiresOn: '2026-10-02' },
  'imagen-4': { ...imagen, name: 'Imagen 4' },
  'imagen-4.0-generate-001': { ...imagen, name: 'Imagen 4' },
  'imagen-4.0-fast-generate-001': { ...imagen, name: 'Imagen 4 Fast' },
  'imagen-4.0-ultra-generate-001': { ...imagen, name: 'Imagen 4 Ultra' },
  'gemini-3.5-transcribe': {
    provider: 'gemini',
    name: 'Gemini 3.5 Transcribe',
    roles: [],
    ...unpriced,
    limits: {},
    unfit: 'no times of words are documented for it',
  },
  'gemini-omni-1.2-flash': {
    provider: 'gemini',
    name: 'Gemini Omni 1.2 Flash',
    roles: [],
    ...unpriced,
    limits: {},
    unfit: 'it makes clips, not pictures',
  },
  'lyria-3.5': {
    provider: 'gemini',
    name: 'Lyria 3.5',
    roles: [],
    ...unpriced,
    limits: {},
    unfit: 'music comes from ElevenLabs or is embedded',
  },
} satisfies Record<string, Model>
