import type { Model } from './model.ts'
import { openaiPictureModels } from './openai-pictures.ts'
import { openaiTextModels } from './openai-text.ts'

/** The vendor names a model for speech in dialogues, which can reword the text: no voice for a script. */
const speechEnds = { retiresOn: '2027-01-06', replacement: 'eleven_v4_turbo' }
const hearingEnds = { retiresOn: '2027-02-26', replacement: 'forced-alignment' }
const hears = { provider: 'openai', roles: [], limits: {}, unfit: 'it gives no times of words' } as const

export const openaiModels = {
  ...openaiTextModels,
  ...openaiPictureModels,
  'gpt-4o-mini-tts': {
    provider: 'openai',
    name: 'GPT-4o mini TTS',
    roles: ['narrate'],
    prices: [{ perMillionInputTokens: 0.6, perMillionAudioTokens: 12 }],
    pricedOn: '2026-07-16',
    priceSource: 'OpenAI model page as cited on hex.pm',
    estimate: 'the service reports no tokens: counted by length, about $0.015 a minute',
    limits: { maxCharacters: 4096, audioTokensPerSecond: 21 },
    ...speechEnds,
  },
  'tts-1': {
    provider: 'openai',
    name: 'TTS-1',
    roles: ['narrate'],
    prices: [{ perThousandCharacters: 0.015 }],
    pricedOn: '2025-11-15',
    priceSource: "a bill in sanand0's blog",
    limits: { maxCharacters: 4096 },
    ...speechEnds,
  },
  'tts-1-hd': {
    provider: 'openai',
    name: 'TTS-1 HD',
    roles: ['narrate'],
    prices: [{ perThousandCharacters: 0.03 }],
    pricedOn: '2025-11-15',
    priceSource: 'counted as twice TTS-1',
    estimate: 'its own price was not looked up: counted as twice TTS-1',
    limits: { maxCharacters: 4096 },
    ...speechEnds,
  },
  'gpt-realtime-2.1-mini': {
    provider: 'openai',
    name: 'GPT Realtime 2.1 mini',
    roles: [],
    prices: [{ perMillionInputTokens: 0.6, perMillionOutputTokens: 2.4, perMillionAudioTokens: 20 }],
    pricedOn: '2026-11-22',
    priceSource: 'OpenAI model page',
    limits: {},
    unfit: 'it speaks in dialogues and may say a script in other words',
  },
  'whisper-1': {
    provider: 'openai',
    name: 'Whisper',
    roles: ['align'],
    prices: [{ perMinute: 0.006 }],
    pricedOn: '2026-10-17',
    priceSource: 'OpenAI pricing as cited on Hugging Face',
    limits: {},
    ...hearingEnds,
  },
  'gpt-transcribe': {
    ...hears,
    name: 'GPT Transcribe',
    prices: [{ perMinute: 0.0045 }],
    pricedOn: '2026-10-17',
    priceSource: 'developersdigest',
  },
  'gpt-4o-transcribe': { ...hears, name: 'GPT-4o Transcribe', ...unlisted(), ...hearingEnds },
  'gpt-4o-mini-transcribe': { ...hears, name: 'GPT-4o mini Transcribe', ...unlisted(), ...hearingEnds },
  'gpt-4o-transcribe-diarize': { ...hears, name: 'GPT-4o Transcribe Diarize', ...unlisted(), ...hearingEnds },
} satisfies Record<string, Model>

function unlisted() {
  return { prices: [], pricedOn: '2026-11-22', priceSource: 'not looked up' }
}
