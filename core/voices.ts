// Who can be chosen to speak. The original ClipForge's voices are all here under their own names.

/** What a voice sounds like, for choosing the nearest one elsewhere. */
type Voice = {
  name: string
  aliases?: readonly string[]
  gender: 'female' | 'male' | 'neutral'
  description: string
  elevenLabsId?: string
  /** The embedded voice that speaks when no service does. */
  embedded: EmbeddedVoice
}
export type EmbeddedVoice = 'clara' | 'miles' | 'angus'

export const voices = {
  clara: { name: 'Clara', gender: 'female', description: 'embedded, American, even', embedded: 'clara' },
  miles: { name: 'Miles', gender: 'male', description: 'embedded, American, lively', embedded: 'miles' },
  angus: { name: 'Angus', gender: 'male', description: 'embedded, Scottish, unhurried', embedded: 'angus' },
  roger: {
    name: 'Roger',
    gender: 'male',
    description: 'confident, easygoing',
    elevenLabsId: 'CwhRBWXzGAHq8TQ4Fs17',
    embedded: 'miles',
  },
  sarah: {
    name: 'Sarah',
    aliases: ['Shelby'],
    gender: 'female',
    description: 'warm, reassuring',
    elevenLabsId: 'EXAVITQu4vr4xnSDxMaL',
    embedded: 'clara',
  },
  laura: {
    name: 'Laura',
    gender: 'female',
    description: 'bright, quirky',
    elevenLabsId: 'FGY2WhTYpPnrIDTdsKH5',
    embedded: 'clara',
  },
  charlie: {
    name: 'Charlie',
    gender: 'male',
    description: 'energetic, Australian',
    elevenLabsId: 'IKne3meq5aSn9XLyUdCD',
    embedded: 'miles',
  },
  george: {
    name: 'George',
    aliases: ['James'],
    gender: 'male',
    description: 'warm storyteller, British',
    elevenLabsId: 'JBFqnCBsd6RMkjVDRZzb',
    embedded: 'angus',
  },
  callum: {
    name: 'Callum',
    aliases: ['B.Giffen'],
    gender: 'male',
    description: 'husky, mischievous',
    elevenLabsId: 'N2lVS1w4EtoT3dr4eOWO',
    embedded: 'angus',
  },
  river: {
    name: 'River',
    gender: 'neutral',
    description: 'relaxed, informative',
    elevenLabsId: 'SAz9YHcvj6GT2YYXdXww',
    embedded: 'clara',
  },
  liam: {
    name: 'Liam',
    gender: 'male',
    description: 'young, energetic',
    elevenLabsId: 'TX3LPaxmHKxFdv7VOQHJ',
    embedded: 'miles',
  },
  alice: {
    name: 'Alice',
    gender: 'female',
    description: 'clear, engaging, British',
    elevenLabsId: 'Xb7hH8MSUJpSbSDYk0k2',
    embedded: 'clara',
  },
  matilda: {
    name: 'Matilda',
    gender: 'female',
    description: 'knowledgeable, upbeat',
    elevenLabsId: 'XrExE9yKIg1WjnnlVkGX',
    embedded: 'clara',
  },
  jessica: {
    name: 'Jessica',
    aliases: ['Lulu Lollipop'],
    gender: 'female',
    description: 'playful, bright',
    elevenLabsId: 'cgSgspJ2msm6clMCkdW9',
    embedded: 'clara',
  },
  eric: {
    name: 'Eric',
    gender: 'male',
    description: 'smooth, trustworthy',
    elevenLabsId: 'cjVigY5qzO86Huf0OWal',
    embedded: 'miles',
  },
  chris: {
    name: 'Chris',
    gender: 'male',
    description: 'down-to-earth',
    elevenLabsId: 'iP95p4xoKVk53GoZ742B',
    embedded: 'miles',
  },
  brian: {
    name: 'Brian',
    gender: 'male',
    description: 'deep, comforting',
    elevenLabsId: 'nPczCjzI2devNBz1zQrb',
    embedded: 'miles',
  },
  daniel: {
    name: 'Daniel',
    gender: 'male',
    description: 'steady broadcaster, British',
    elevenLabsId: 'onwK4e9ZLuTAKqWW03F9',
    embedded: 'angus',
  },
  lily: {
    name: 'Lily',
    gender: 'female',
    description: 'velvety, British',
    elevenLabsId: 'pFZP5JQG7iQjIQuC4Bku',
    embedded: 'clara',
  },
  adam: {
    name: 'Adam',
    gender: 'male',
    description: 'firm, dominant',
    elevenLabsId: 'pNInz6obpgDQGcFmaJgB',
    embedded: 'miles',
  },
  bill: {
    name: 'Bill',
    gender: 'male',
    description: 'wise, mature',
    elevenLabsId: 'pqHfZKP75CvOlQylNhV4',
    embedded: 'angus',
  },
} as const satisfies Record<string, Voice>
export type VoiceId = keyof typeof voices
export const defaultVoice: VoiceId = 'clara'
