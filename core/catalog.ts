// What a user can choose from. Data only; `clipforge catalog` and the API print it as it stands.
// The styles and formats of the original ClipForge are all here under their own names; its voices are in voices.ts.

export const formats = {
  '9:16': { name: 'Portrait', width: 1080, height: 1920 },
  '16:9': { name: 'Landscape', width: 1920, height: 1080 },
  '1:1': { name: 'Square', width: 1080, height: 1080 },
} as const
export type FormatId = keyof typeof formats

export { defaultStyle, styles, type StyleId } from './styles.ts'

export const captionLooks = {
  highlight: { name: 'Highlight', description: 'the spoken word in colour' },
  pop: { name: 'Pop', description: 'the spoken word grows for a moment' },
  karaoke: { name: 'Karaoke', description: 'words fill with colour as they are said' },
  boxed: { name: 'Boxed', description: 'a box behind the spoken word' },
  minimal: { name: 'Minimal', description: 'small plain lines, no word picked out' },
  single: { name: 'Single', description: 'one large word at a time' },
  none: { name: 'None', description: 'no captions in the picture; the caption files are still made' },
} as const
export type CaptionLookId = keyof typeof captionLooks
export const defaultCaptionLook = 'highlight' satisfies CaptionLookId

export const captionPositions = {
  bottom: { name: 'Bottom' },
  middle: { name: 'Middle' },
  top: { name: 'Top' },
} as const
export type CaptionPosition = keyof typeof captionPositions

export const captionSizes = {
  small: { name: 'Small', scale: 0.8 },
  medium: { name: 'Medium', scale: 1 },
  large: { name: 'Large', scale: 1.3 },
} as const
export type CaptionSize = keyof typeof captionSizes

/** Faces of assets/fonts for scripts that they have; other scripts keep their own face. */
export const captionFonts = {
  montserrat: { name: 'Montserrat', description: 'bold and geometric' },
  inter: { name: 'Inter', description: 'plain and clear' },
  anton: { name: 'Anton', description: 'narrow and heavy, for few words' },
  bangers: { name: 'Bangers', description: 'comic lettering, capitals only' },
  'dm-serif': { name: 'DM Serif Display', description: 'a serif with high contrast' },
} as const
export type CaptionFontId = keyof typeof captionFonts

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
