// Who can be chosen to speak. The original ClipForge's voices are all here under their own names.
import type { ServiceId } from './models.ts'

/** What a voice sounds like, for choosing the nearest one elsewhere. */
type Voice = {
  name: string
  aliases?: readonly string[]
  gender: 'female' | 'male' | 'neutral'
  description: string
  elevenLabsId?: string
  /** Of a voice that ElevenLabs does not have, the one there that is most like it. */
  nearestElevenLabsId?: string
  /** The most like it by gender, age and character. */
  openai: OpenAIVoice
  gemini: GeminiVoice
  /** The embedded voice that speaks when no service does. */
  embedded: EmbeddedVoice
}
export type EmbeddedVoice = 'clara' | 'miles' | 'angus'
/** Those that all of its models have: ballad, verse, marin and cedar are not for tts-1. */
type OpenAIVoice = 'alloy' | 'ash' | 'coral' | 'echo' | 'fable' | 'nova' | 'onyx' | 'sage' | 'shimmer'
/** Its prebuilt ones. */
type GeminiVoice =
  | 'Achernar'
  | 'Achird'
  | 'Algenib'
  | 'Algieba'
  | 'Alnilam'
  | 'Aoede'
  | 'Autonoe'
  | 'Callirrhoe'
  | 'Charon'
  | 'Despina'
  | 'Enceladus'
  | 'Erinome'
  | 'Fenrir'
  | 'Gacrux'
  | 'Iapetus'
  | 'Kore'
  | 'Laomedeia'
  | 'Leda'
  | 'Orus'
  | 'Puck'
  | 'Pulcherrima'
  | 'Rasalgethi'
  | 'Sadachbia'
  | 'Sadaltager'
  | 'Schedar'
  | 'Sulafat'
  | 'Umbriel'
  | 'Vindemiatrix'
  | 'Zephyr'
  | 'Zubenelgenubi'

export const voices = {
  clara: {
    name: 'Clara',
    gender: 'female',
    description: 'embedded, American, even',
    embedded: 'clara',
    nearestElevenLabsId: 'EXAVITQu4vr4xnSDxMaL',
    openai: 'sage',
    gemini: 'Kore',
  },
  miles: {
    name: 'Miles',
    gender: 'male',
    description: 'embedded, American, lively',
    embedded: 'miles',
    nearestElevenLabsId: 'TX3LPaxmHKxFdv7VOQHJ',
    openai: 'ash',
    gemini: 'Sadachbia',
  },
  angus: {
    name: 'Angus',
    gender: 'male',
    description: 'embedded, Scottish, unhurried',
    embedded: 'angus',
    nearestElevenLabsId: 'JBFqnCBsd6RMkjVDRZzb',
    openai: 'fable',
    gemini: 'Schedar',
  },
  roger: {
    name: 'Roger',
    gender: 'male',
    description: 'confident, easygoing',
    elevenLabsId: 'CwhRBWXzGAHq8TQ4Fs17',
    embedded: 'miles',
    openai: 'ash',
    gemini: 'Umbriel',
  },
  sarah: {
    name: 'Sarah',
    aliases: ['Shelby'],
    gender: 'female',
    description: 'warm, reassuring',
    elevenLabsId: 'EXAVITQu4vr4xnSDxMaL',
    embedded: 'clara',
    openai: 'coral',
    gemini: 'Sulafat',
  },
  laura: {
    name: 'Laura',
    gender: 'female',
    description: 'bright, quirky',
    elevenLabsId: 'FGY2WhTYpPnrIDTdsKH5',
    embedded: 'clara',
    openai: 'nova',
    gemini: 'Zephyr',
  },
  charlie: {
    name: 'Charlie',
    gender: 'male',
    description: 'energetic, Australian',
    elevenLabsId: 'IKne3meq5aSn9XLyUdCD',
    embedded: 'miles',
    openai: 'echo',
    gemini: 'Puck',
  },
  george: {
    name: 'George',
    aliases: ['James'],
    gender: 'male',
    description: 'warm storyteller, British',
    elevenLabsId: 'JBFqnCBsd6RMkjVDRZzb',
    embedded: 'angus',
    openai: 'fable',
    gemini: 'Achird',
  },
  callum: {
    name: 'Callum',
    aliases: ['B.Giffen'],
    gender: 'male',
    description: 'husky, mischievous',
    elevenLabsId: 'N2lVS1w4EtoT3dr4eOWO',
    embedded: 'angus',
    openai: 'ash',
    gemini: 'Algenib',
  },
  river: {
    name: 'River',
    gender: 'neutral',
    description: 'relaxed, informative',
    elevenLabsId: 'SAz9YHcvj6GT2YYXdXww',
    embedded: 'clara',
    openai: 'alloy',
    gemini: 'Callirrhoe',
  },
  liam: {
    name: 'Liam',
    gender: 'male',
    description: 'young, energetic',
    elevenLabsId: 'TX3LPaxmHKxFdv7VOQHJ',
    embedded: 'miles',
    openai: 'echo',
    gemini: 'Fenrir',
  },
  alice: {
    name: 'Alice',
    gender: 'female',
    description: 'clear, engaging, British',
    elevenLabsId: 'Xb7hH8MSUJpSbSDYk0k2',
    embedded: 'clara',
    openai: 'sage',
    gemini: 'Erinome',
  },
  matilda: {
    name: 'Matilda',
    gender: 'female',
    description: 'knowledgeable, upbeat',
    elevenLabsId: 'XrExE9yKIg1WjnnlVkGX',
    embedded: 'clara',
    openai: 'nova',
    gemini: 'Laomedeia',
  },
  jessica: {
    name: 'Jessica',
    aliases: ['Lulu Lollipop'],
    gender: 'female',
    description: 'playful, bright',
    elevenLabsId: 'cgSgspJ2msm6clMCkdW9',
    embedded: 'clara',
    openai: 'shimmer',
    gemini: 'Leda',
  },
  eric: {
    name: 'Eric',
    gender: 'male',
    description: 'smooth, trustworthy',
    elevenLabsId: 'cjVigY5qzO86Huf0OWal',
    embedded: 'miles',
    openai: 'onyx',
    gemini: 'Algieba',
  },
  chris: {
    name: 'Chris',
    gender: 'male',
    description: 'down-to-earth',
    elevenLabsId: 'iP95p4xoKVk53GoZ742B',
    embedded: 'miles',
    openai: 'echo',
    gemini: 'Zubenelgenubi',
  },
  brian: {
    name: 'Brian',
    gender: 'male',
    description: 'deep, comforting',
    elevenLabsId: 'nPczCjzI2devNBz1zQrb',
    embedded: 'miles',
    openai: 'onyx',
    gemini: 'Enceladus',
  },
  daniel: {
    name: 'Daniel',
    gender: 'male',
    description: 'steady broadcaster, British',
    elevenLabsId: 'onwK4e9ZLuTAKqWW03F9',
    embedded: 'angus',
    openai: 'fable',
    gemini: 'Charon',
  },
  lily: {
    name: 'Lily',
    gender: 'female',
    description: 'velvety, British',
    elevenLabsId: 'pFZP5JQG7iQjIQuC4Bku',
    embedded: 'clara',
    openai: 'shimmer',
    gemini: 'Despina',
  },
  adam: {
    name: 'Adam',
    gender: 'male',
    description: 'firm, dominant',
    elevenLabsId: 'pNInz6obpgDQGcFmaJgB',
    embedded: 'miles',
    openai: 'onyx',
    gemini: 'Orus',
  },
  bill: {
    name: 'Bill',
    gender: 'male',
    description: 'wise, mature',
    elevenLabsId: 'pqHfZKP75CvOlQylNhV4',
    embedded: 'angus',
    openai: 'ash',
    gemini: 'Sadaltager',
  },
} as const satisfies Record<string, Voice>
export type VoiceId = keyof typeof voices
export const defaultVoice: VoiceId = 'clara'

/** What to send to a service that it speaks with this voice, or with the most like it: an id or a name of its own. */
export function voiceFor(service: ServiceId, voice: string): string {
  const meant: Voice = Object.hasOwn(voices, voice) ? voices[voice as VoiceId] : voices[defaultVoice]
  if (service === 'openai') return meant.openai
  if (service === 'gemini') return meant.gemini
  return meant.elevenLabsId ?? meant.nearestElevenLabsId ?? voices.sarah.elevenLabsId
}
