import type { ServiceId } from './model.ts'

type Service = {
  name: string
  /** Environment variables that may hold the key; the first that is set wins. */
  keyNames: readonly string[]
  baseUrlName: string
  /** Where credit is bought, and where keys are made. */
  billingUrl: string
  keysUrl: string
  /** Where to start; what an account really allows is learned from its answers. */
  limits: { concurrency: number; requestsPerMinute: number }
}

export const services: Record<ServiceId, Service> = {
  openai: {
    name: 'OpenAI',
    keyNames: ['OPENAI_API_KEY'],
    baseUrlName: 'OPENAI_BASE_URL',
    billingUrl: 'https://platform.openai.com/settings/organization/billing',
    keysUrl: 'https://platform.openai.com/api-keys',
    // Conservative for a fresh paid account, whose text and speech limits are 500 a minute.
    limits: { concurrency: 20, requestsPerMinute: 300 },
  },
  elevenlabs: {
    name: 'ElevenLabs',
    keyNames: ['ELEVENLABS_API_KEY'],
    baseUrlName: 'ELEVENLABS_BASE_URL',
    billingUrl: 'https://elevenlabs.io/app/subscription',
    keysUrl: 'https://elevenlabs.io/app/settings/api-keys',
    // The free plan's two at once; its answers say what the account really has.
    limits: { concurrency: 2, requestsPerMinute: 120 },
  },
  gemini: {
    name: 'Gemini',
    keyNames: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
    baseUrlName: 'GOOGLE_GEMINI_BASE_URL',
    billingUrl: 'https://aistudio.google.com/billing',
    keysUrl: 'https://aistudio.google.com/apikey',
    // Conservative for a fresh paid account.
    limits: { concurrency: 20, requestsPerMinute: 300 },
  },
}
