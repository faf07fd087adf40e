// The colours of captions: what the look has, what the user chose, and what stays readable with it.
import type { CaptionOptions } from '../timeline.ts'

export type Look = CaptionOptions['look']
export type Paint = {
  letters: string
  outline: string
  /** Of the word being said: its letters, or the box behind it. */
  accent: string
  /** Letters of emphasised words that are not being said, and of a word in its box. */
  emphasis: string
  inBox: string
}

/** Bright, to stand out from white letters over any picture; the box dark, to carry white letters (8:1). */
export const accents: Record<Look, string> = {
  highlight: '#ffd23f',
  pop: '#6dffb0',
  karaoke: '#4fc8ff',
  boxed: '#5b2bd9',
  minimal: '#ffd98f',
  single: '#ffd23f',
}

export const white = '#ffffff'
export const dark = '#100e14'
/** Contrast ratios of WCAG 2.2: what large letters need, and what the level AAA asks for small ones. */
const leastContrast = 3
const goodContrast = 7

export function paintOf(options: CaptionOptions): Paint {
  const letters = options.colour ?? white
  const outline = options.outlineColour ?? (contrast(letters, dark) >= leastContrast ? dark : white)
  const accent = options.accent ?? accents[options.look]
  return {
    letters,
    outline,
    accent,
    emphasis: emphasisOf(options.look, { accent, outline, letters }),
    inBox: [letters, white, dark].find((colour) => contrast(colour, accent) >= leastContrast) ?? white,
  }
}

function emphasisOf(look: Look, { accent, outline, letters }: Pick<Paint, 'accent' | 'outline' | 'letters'>): string {
  // Where colour alone shows which word is being said, the others have one of their own.
  if (look === 'highlight') return readableOn(outline, turned(accent, emphasisTurnDeg), letters)
  // A box's colour is chosen to lie behind letters; as theirs it may be too dark.
  return look === 'boxed' ? readableOn(outline, accent, letters) : accent
}

/** From the usual yellow to orange. */
const emphasisTurnDeg = -30

/** With another hue, as light and as strong (HSL); white, black and grey stay. */
function turned(colour: string, turnDeg: number): string {
  const [red, green, blue] = levelsOf(colour) as [number, number, number]
  const [least, most] = [Math.min(red, green, blue), Math.max(red, green, blue)]
  const range = most - least
  if (range === 0) return colour
  const sixth =
    most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range
  const levels = [0, 4, 2].map((from) => {
    const turn = (((sixth + turnDeg / 60 + from) % 6) + 6) % 6
    return least + range * Math.min(1, Math.max(0, Math.abs(turn - 3) - 1))
  })
  return hexOf(levels)
}

/** `colour` with as little of `letters` in it as makes it stand out from the edge. */
function readableOn(edge: string, colour: string, letters: string): string {
  const mixed = [0, 0.2, 0.4, 0.6, 0.8].map((part) => mix(colour, letters, part))
  return mixed.find((candidate) => contrast(candidate, edge) >= goodContrast) ?? letters
}

function mix(colour: string, other: string, part: number): string {
  return hexOf(levelsOf(colour).map((level, i) => level + (levelsOf(other)[i]! - level) * part))
}

function hexOf(levels: number[]): string {
  return `#${levels.map((level) => Math.round(level).toString(16).padStart(2, '0')).join('')}`
}

/** 1…21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = levelsOf(colour).map((level) => {
    const part = level / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function levelsOf(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
