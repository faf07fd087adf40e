// How pictures and clips fill the frame, move, and follow each other.

export const transitions = {
  cut: { name: 'Cut', description: 'from one frame to the next' },
  crossfade: { name: 'Crossfade', aliases: ['Fade', 'Dissolve'], description: 'one picture melts into the next' },
  slide: { name: 'Slide', aliases: ['Push'], description: 'the next picture pushes the one before out to the left' },
  zoom: { name: 'Zoom', description: 'through one picture into the next' },
  wipe: { name: 'Wipe', description: 'the next picture is uncovered from the left by a soft edge' },
  dip: { name: 'Dip to black', aliases: ['Fade to black'], description: 'out to black, and in again' },
} as const
export type TransitionId = keyof typeof transitions

export const transitionWishes = {
  auto: { name: 'Auto', description: 'the one that suits the style' },
  ...transitions,
} as const

export const motionWishes = {
  auto: { name: 'Auto', description: 'pictures zoom, glide and turn slowly, each otherwise than the two before' },
  still: { name: 'Still', description: 'pictures stand still' },
} as const
export type MotionWish = keyof typeof motionWishes

export const edges = {
  top: { name: 'Top' },
  bottom: { name: 'Bottom' },
} as const

export const fits = {
  cover: { name: 'Cover', aliases: ['Fill', 'Crop'], description: 'fills the frame; what reaches beyond is cut off' },
  contain: { name: 'Contain', aliases: ['Letterbox'], description: 'all of the picture, on black' },
  blur: { name: 'Blur', description: 'all of the picture, on a blurred copy of itself' },
} as const
export type FitId = keyof typeof fits
export const defaultFit: FitId = 'cover'

export const clipPlays = {
  auto: {
    name: 'Auto',
    description: 'trimmed when longer than the scene, slowed down to a half when shorter, looped when shorter still',
  },
  trim: { name: 'Trim', description: 'at its own speed; the last picture stays when it is over' },
  loop: { name: 'Loop', description: 'from its start again when it is over' },
  slow: { name: 'Slow', description: 'slowed to the length of the scene' },
} as const
export type ClipPlayId = keyof typeof clipPlays
