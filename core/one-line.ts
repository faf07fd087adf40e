// Text from outside (a service's answer, a user's words) as a single line of bounded length.

/** At most `longest` UTF-16 units. Without what breaks a line or cannot be written; cut after a word where it is too long. */
export function oneLine(text: string, longest: number): string {
  const line = text.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFFD\s]+/gu, ' ').trim()
  if (line.length <= longest) return line
  const cut = line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')
  const lastSpace = cut.lastIndexOf(' ')
  return `${(lastSpace > cut.length / 2 ? cut.slice(0, lastSpace) : cut).replace(/[\s,;:–—-]+$/u, '')}…`
}
