// Light markup (Markdown, a few HTML tags) as people paste it from a notes app or a chat, made plain.
// Stage directions such as '[laughs]' or '(pause)' are text, and stay.

/** Headings, list items and deliberate line breaks become paragraphs of their own, with '\n\n' between them; one of marks only is dropped. */
export function plainTextOf(text: string): string {
  return withoutTags(text)
    .split('\n')
    .map((line) => line.trim())
    .map((line) => (isRule(line) ? '' : withoutBlockMarks(line)))
    .join('\n')
    .split(/\n{2,}/)
    .flatMap((block) => paragraphsOf(block.split('\n').filter(Boolean)))
    .map((paragraph) => withoutInlineMarks(paragraph).replace(/ {2,}/g, ' ').trim())
    .filter((paragraph) => /[\p{L}\p{N}]/u.test(paragraph))
    .join('\n\n')
}

function withoutTags(text: string): string {
  return text
    .replace(/<\/?(?:p|br|div|li|ul|ol|h[1-6])\b[^<>]*>/gi, '\n\n')
    .replace(/<\/?(?:a|b|i|u|s|em|strong|small|sup|sub|span|code|mark)\b[^<>]*>/gi, '')
}

/** A line of nothing but marks: '---', '* * *', '====', '```js'. */
function isRule(line: string): boolean {
  return /^(?:([-*_=~])(?: ?\1){2,}|```\w*)$/.test(line)
}

// A heading or an item stands alone: '\n' on both sides makes it a paragraph. An item's number is read out.
const heading = /^#{1,6} +(.*?)(?: +#+)?$/
const bullet = /^[-*+•‣▪◦·●○■] +(?:\[[ xX]\] +)?(.*)$/
const numbered = /^(\d{1,2}[.)] .*)$/

function withoutBlockMarks(line: string): string {
  const bare = line.replace(/^(?:> ?)+/, '')
  for (const mark of [heading, bullet, numbered]) if (mark.test(bare)) return `\n${bare.replace(mark, '$1')}\n`
  return bare
}

/** Lines that somebody's editor wrapped are joined; a line that was ended on purpose is a paragraph. */
function paragraphsOf(lines: string[]): string[] {
  const longest = Math.max(...lines.map((line) => line.length))
  const paragraphs: string[] = []
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (before === undefined || !isWrapped(before, line, longest)) paragraphs.push(line)
    else paragraphs.push(`${paragraphs.pop()}${glue(before, line)}${line}`)
  }
  return paragraphs
}

/** Nobody wraps text narrower than this; shorter lines are verse or a list. */
const NARROWEST_WRAP_CHARACTERS = 40

/** A line was wrapped if the next one's first word would not have fitted, or if it stops in the middle of a clause. */
function isWrapped(line: string, next: string, longest: number): boolean {
  if (/^\p{Ll}/u.test(next) || /[,、，،]$/.test(line)) return true
  const wide = unspacedEdge.test(next)
  const firstWord = wide ? 1 : (next.split(' ')[0] ?? '').length + 1
  return longest * (wide ? 2 : 1) >= NARROWEST_WRAP_CHARACTERS && line.length + firstWord > longest
}

const unspacedEdge = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function glue(line: string, next: string): string {
  return unspacedEdge.test(next) && /[^\p{ASCII}]$/u.test(line) ? '' : ' '
}

function withoutInlineMarks(paragraph: string): string {
  return paragraph
    .replace(/!\[[^[\]]*\]\([^()\s]*\)/g, '')
    .replace(/\[([^[\]]+)\]\((?:https?:|mailto:|[/#.])[^()\s]*\)/g, '$1')
    .replace(/(\*\*|__|~~)(?=\S)(.+?)(?<=\S)\1/g, '$2')
    .replace(/(?<![\p{L}\p{N}*\\])\*(?=[^\s*])([^*]*?[^\s*\\])\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_\\])_(?=[^\s_])([^_]*?[^\s_\\])_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .replace(/\\([*_#`~[\]])/g, '$1')
}
