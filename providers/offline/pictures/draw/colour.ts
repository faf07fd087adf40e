// Colours as '#rrggbb', mixed in OKLab (https://bottosson.github.io/posts/oklab/) so that a blend of two
// hues stays as bright as its ends.

export type Lab = readonly [lightness: number, a: number, b: number]

/** `share` 0 gives `from`, 1 gives `to`. */
export function mix(from: string, to: string, share: number): string {
  const [l1, a1, b1] = toLab(from)
  const [l2, a2, b2] = toLab(to)
  return fromLab([l1 + (l2 - l1) * share, a1 + (a2 - a1) * share, b1 + (b2 - b1) * share])
}

/** The colour with an opacity of 0…1, as canvas wants it. */
export function alpha(colour: string, opacity: number): string {
  const [red, green, blue] = channels(colour)
  return `rgba(${red},${green},${blue},${Math.max(0, Math.min(1, opacity)).toFixed(3)})`
}

/** Multiplies the chroma and adds to the lightness (0…1). */
export function adjust(colour: string, chroma: number, lighten = 0): string {
  const [l, a, b] = toLab(colour)
  return fromLab([Math.max(0, Math.min(1, l + lighten)), a * chroma, b * chroma])
}

export const lightness = (colour: string): number => toLab(colour)[0]

/** Red, green and blue, 0…255. */
export function channels(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16)
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

export function toLab(colour: string): Lab {
  const known = labs.get(colour)
  if (known) return known
  const [red, green, blue] = channels(colour)
  const lab = rgbToLab(red, green, blue)
  if (labs.size < 5000) labs.set(colour, lab)
  return lab
}
const labs = new Map<string, Lab>()

/** From red, green and blue of 0…255. */
export function rgbToLab(red: number, green: number, blue: number): Lab {
  const [r, g, b] = [linear(red / 255), linear(green / 255), linear(blue / 255)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function fromLab([lightnessValue, a, b]: Lab): string {
  const l = (lightnessValue + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightnessValue - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightnessValue - 0.0894841775 * a - 1.291485548 * b) ** 3
  return (
    '#' +
    byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) +
    byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) +
    byte(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  )
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)

function byte(linearValue: number): string {
  const value = Math.max(0, linearValue)
  const display = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055
  return Math.min(255, Math.round(display * 255))
    .toString(16)
    .padStart(2, '0')
}
