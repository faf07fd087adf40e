// What a user can choose from. Data only; `clipforge catalog` and the API print it as it stands.
// The styles, voices and formats of the original ClipForge are all here under their own names.

export const formats = {
  '9:16': { name: 'Portrait', width: 1080, height: 1920 },
  '16:9': { name: 'Landscape', width: 1920, height: 1080 },
  '1:1': { name: 'Square', width: 1080, height: 1080 },
} as const
export type FormatId = keyof typeof formats

/** `art` is the art direction that every picture of a video shares: medium, palette, light, lens. */
export const styles = {
  'warm-fable': {
    name: 'Warm Fable',
    art: 'storybook illustration, soft rounded shapes, golden-hour light, warm ochre and rose palette',
  },
  'realistic-action-art': {
    name: 'Realistic Action Art',
    art: 'dynamic realistic painting, low wide-angle lens, dust and motion, strong rim light, saturated contrast',
  },
  'bw-sketch': { name: 'B&W Sketch', art: 'black-and-white pencil drawing, cross-hatching on toothy paper, no colour' },
  'comic-noir': {
    name: 'Comic Noir',
    art: 'high-contrast black-and-white comic inks, deep shadows, one red accent, halftone',
  },
  'retro-noir': {
    name: 'Retro Noir',
    art: '1940s film still, monochrome silver tones, venetian-blind light, film grain',
  },
  'medieval-painting': {
    name: 'Medieval Painting',
    art: 'illuminated manuscript and tempera panel, gold leaf, flat perspective, aged vellum',
  },
  anime: { name: 'Anime', art: 'cel-shaded animation background, crisp shadows, luminous sky, towering clouds' },
  'hyper-realistic': {
    name: 'Hyper Realistic',
    art: 'photographic realism, 50 mm lens, natural light, shallow depth of field',
  },
  '3d-cartoon': {
    name: '3D Cartoon',
    art: 'rendered 3D cartoon, soft global illumination, rounded plastic forms, bright colours',
  },
  caricature: {
    name: 'Caricature',
    art: 'exaggerated caricature, oversized heads and features, loose ink line and watercolour wash',
  },
  'modern-abstract': {
    name: 'Modern Abstract',
    art: 'modern abstract composition, flat geometric shapes, limited bold palette',
  },
  'ink-sketch': {
    name: 'Ink Sketch',
    art: 'ink and brush drawing, splashes and dry strokes on off-white paper, sepia wash',
  },
  'comic-book': { name: 'Comic Book', art: 'four-colour comic print, bold outlines, halftone dots, bright primaries' },
  'retro-anime': {
    name: 'Retro Anime',
    art: '1980s hand-painted animation, muted cel colours, soft bloom, slight film grain',
  },
  cyberpunk: {
    name: 'Cyberpunk',
    art: 'neon-lit night city, magenta and cyan, rain reflections, holograms, deep contrast',
  },
} as const
export type StyleId = keyof typeof styles
export const defaultStyle: StyleId = 'warm-fable'

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

export const captionLooks = {
  highlight: { name: 'Highlight', description: 'the spoken word in colour' },
  pop: { name: 'Pop', description: 'the spoken word grows for a moment' },
  karaoke: { name: 'Karaoke', description: 'words fill with colour as they are said' },
  boxed: { name: 'Boxed', description: 'a box behind the spoken word' },
  none: { name: 'None', description: 'no captions in the picture; the caption files are still made' },
} as const
export type CaptionLookId = keyof typeof captionLooks
export const defaultCaptionLook: CaptionLookId = 'highlight'

export const musicMoods = {
  auto: { name: 'Auto', description: 'the mood that fits the script' },
  warm: { name: 'Warm', description: 'gentle, major, storytelling' },
  calm: { name: 'Calm', description: 'slow and airy' },
  uplifting: { name: 'Uplifting', description: 'bright and moving forward' },
  mysterious: { name: 'Mysterious', description: 'minor, sparse, questioning' },
  epic: { name: 'Epic', description: 'wide, low, growing' },
  playful: { name: 'Playful', description: 'light, plucked, bouncing' },
  none: { name: 'None', description: 'no music' },
} as const
export type MusicMoodId = keyof typeof musicMoods
export const defaultMusic: MusicMoodId = 'auto'
