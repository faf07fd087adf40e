// What stands on the page of a video, in the bounds of every platform, whatever a model answered.
import { oneLine } from '../../core/one-line.ts'
import type { PlanBrief, Publishing } from '../../core/ports.ts'
import { tellingWords } from '../../core/publishing.ts'
import { textOf } from '../../core/words.ts'

/** Title of 1 to 100 characters, description of 1 to 600, at most 12 tags, 3 at least where the script has the words. */
export function publishingFrom(answer: Publishing, { words, keywords }: PlanBrief): Publishing {
  const text = textOf(words, 0, words.length - 1)
  const plain = (line: string) => (/[\p{L}\p{N}]/u.test(line) ? line.replace(/^["'“„«#\s]+|["'”“»\s]+$/gu, '') : '')
  return {
    title: oneLine(plain(answer.title), LONGEST_TITLE) || oneLine(text, FALLBACK_TITLE),
    description: oneLine(answer.description, LONGEST_DESCRIPTION) || oneLine(text, FALLBACK_DESCRIPTION),
    tags: tagsFrom(answer.tags, [...keywords, ...tellingWords(words)]),
  }
}

const LONGEST_TITLE = 100
const LONGEST_DESCRIPTION = 600
const [FALLBACK_TITLE, FALLBACK_DESCRIPTION] = [60, 200]
const LONGEST_TAG = 40
const [FEWEST_TAGS, MOST_TAGS] = [3, 12]

/** Some answer '#a #b' or 'a, b' in one string. */
function tagsFrom(given: string[], spare: string[]): string[] {
  const tags: string[] = []
  const add = (text: string) => {
    const tag = oneLine(text.replaceAll(/[#＃"“”]/gu, ' '), LONGEST_TAG)
    const isNew = tags.every((other) => other.toLowerCase() !== tag.toLowerCase())
    if (/[\p{L}\p{N}]/u.test(tag) && isNew && tags.length < MOST_TAGS) tags.push(tag)
  }
  for (const text of given) for (const part of text.split(/[,;、，\n]|\s(?=[#＃])/u)) add(part)
  for (const text of spare) if (tags.length < FEWEST_TAGS) add(text)
  return tags
}
