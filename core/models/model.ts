// What is known about a model. Prices are US dollars as the vendors publish them.

export type ServiceId = 'openai' | 'elevenlabs' | 'gemini'
export type Role = 'write' | 'plan' | 'illustrate' | 'narrate' | 'align' | 'score'
export type PictureQuality = 'low' | 'medium' | 'high'

/** As it is named to its service: 'gpt-6-luna'. Users may put the service before it: 'openai/gpt-6-luna'. */
export type ModelId = string

/** Who does what in one video: a model's id or 'embedded'. Decided when the video is created, so that it stays. */
export type Choices = Record<Role, string> & { pictureQuality: PictureQuality }

/** US dollars. Several may hold at once: text that goes in and a picture that comes out. */
export type Price = {
  /** The first day (YYYY-MM-DD) on which it holds; without it, since ever. */
  from?: string
  perMillionInputTokens?: number
  perMillionOutputTokens?: number
  perMillionImageTokens?: number
  perMillionAudioTokens?: number
  perThousandCharacters?: number
  perMinute?: number
  perHour?: number
}

export type ModelLimits = {
  /** Of the text that is said in one call, or of the prompt. */
  maxCharacters?: number
  /** Output tokens of one picture in 9:16, in the size asked for at that quality: for quotes, the bill has the real ones. */
  pictureTokens?: Record<PictureQuality, number>
  /** Output tokens of one second of speech: where the service reports none, the bill counts with them. */
  audioTokensPerSecond?: number
}

export type Model = {
  provider: ServiceId
  /** For people. */
  name: string
  roles: readonly Role[]
  /** In the order in which they come to hold; empty = not known, and counted as 0. */
  prices: readonly Price[]
  /** The day (YYYY-MM-DD) on which the price was looked up, and where. */
  pricedOn: string
  priceSource: string
  /** Why what it costs can only be estimated; absent where the price and what is counted are published. */
  estimate?: string
  limits: ModelLimits
  /** Why it can do none of the roles. */
  unfit?: string
  /** The day (YYYY-MM-DD) from which the service no longer answers for it. */
  retiresOn?: string
  /** Who takes its place: a model's id of any service. */
  replacement?: ModelId
}

/** What a call used, as the answer reports it; of a picture without tokens, what is usual is counted. */
export type Usage = {
  inputTokens?: number
  outputTokens?: number
  imageTokens?: number
  audioTokens?: number
  characters?: number
  seconds?: number
  images?: number
  /** Of the images, where their tokens are not known; 'low' without it. */
  quality?: PictureQuality
}
