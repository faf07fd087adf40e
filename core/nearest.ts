import { distance } from 'fastest-levenshtein'

/** Of some names, the one that was probably meant: by its spelling, or that of one of its words ('noir' is in 'comic-noir'). */
export function nearest(input: string, names: string[]): string {
  const away = (name: string) => Math.min(...[name, ...name.split('-')].map((part) => distance(input, part)))
  return names.toSorted((a, b) => away(a) - away(b) || distance(input, a) - distance(input, b))[0]!
}
