// What a user can choose from. Data only; `clipforge catalog` and the API print it as it stands.
// The styles and formats of the original ClipForge are all here under their own names; its voices are in voices.ts.
import type { TransitionId } from './editing.ts'

export const formats = {
  '9:16': { name: 'Portrait', width: 1080, height: 1920 },
  '16:9': { name: 'Landscape', width: 1920, height: 1080 },
  '1:1': { name: 'Square', width: 1080, height: 1080 },
} as const
export type FormatId = keyof typeof formats

/**
 * `art` is the art direction that every picture of a video shares: medium, palette, light, lens. `transition` is how
 * its scenes follow each other.
 */
export const styles = {
  'warm-fable': {
    name: 'Warm Fable',
    art: 'storybook illustration, soft rounded shapes, golden-hour light, warm ochre and rose palette',
    transition: 'crossfade',
  },
  'realistic-action-art': {
    name: 'Realistic Action Art',
    art: 'dynamic realistic painting, low wide-angle lens, dust and motion, strong rim light, saturated contrast',
    transition: 'zoom',
  },
  'bw-sketch': {
    name: 'B&W Sketch',
    art: 'black-and-white pencil drawing, cross-hatching on toothy paper, no colour',
    transition: 'wipe',
  },
  'comic-noir': {
    name: 'Comic Noir',
    art: 'high-contrast black-and-white comic inks, deep shadows, one red accent, halftone',
    transition: 'wipe',
  },
  'retro-noir': {
    name: 'Retro Noir',
    art: '1940s film still, monochrome silver tones, venetian-blind light, film grain',
    transition: 'dip',
  },
  'medieval-painting': {
    name: 'Medieval Painting',
    art: 'illuminated manuscript and tempera panel, gold leaf, flat perspective, aged vellum',
    transition: 'crossfade',
  },
  anime: {
    name: 'Anime',
    art: 'cel-shaded animation background, crisp shadows, luminous sky, towering clouds',
    transition: 'slide',
  },
  'hyper-realistic': {
    name: 'Hyper Realistic',
    art: 'photographic realism, 50 mm lens, natural light, shallow depth of field',
    transition: 'crossfade',
  },
  '3d-cartoon': {
    name: '3D Cartoon',
    art: 'rendered 3D cartoon, soft global illumination, rounded plastic forms, bright colours',
    transition: 'slide',
  },
  caricature: {
    name: 'Caricature',
    art: 'exaggerated caricature, oversized heads and features, loose ink line and watercolour wash',
    transition: 'wipe',
  },
  'modern-abstract': {
    name: 'Modern Abstract',
    art: 'modern abstract composition, flat geometric shapes, limited bold palette',
    transition: 'zoom',
  },
  'ink-sketch': {
    name: 'Ink Sketch',
    art: 'ink and brush drawing, splashes and dry strokes on off-white paper, sepia wash',
    transition: 'wipe',
  },
  'comic-book': {
    name: 'Comic Book',
    art: 'four-colour comic print, bold outlines, halftone dots, bright primaries',
    transition: 'slide',
  },
  'retro-anime': {
    name: 'Retro Anime',
    art: '1980s hand-painted animation, muted cel colours, soft bloom, slight film grain',
    transition: 'crossfade',
  },
  cyberpunk: {
    name: 'Cyberpunk',
    art: 'neon-lit night city, magenta and cyan, rain reflections, holograms, deep contrast',
    transition: 'zoom',
  },
} as const satisfies Record<string, { name: string; art: string; transition: TransitionId }>
export type StyleId = keyof typeof styles
export const defaultStyle: StyleId = 'warm-fable'

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
