// What stands on the page of a video that was changed, without asking anybody who understands it.
import { oneLine } from './one-line.ts'
import type { Publishing } from './ports.ts'
import type { Script } from './stages/write.ts'
import type { VideoRequest } from './video.ts'
import type { Word } from './words.ts'

const longestDescription = 200

/** Of what is said otherwise now, the words themselves are the description. In another language there is a title, too. */
export function publishingOf(
  publishing: Publishing,
  base: Script,
  script: Script,
  { title, keywords }: Pick<VideoRequest, 'title' | 'keywords'>,
): Publishing {
  const description = oneLine(script.text, longestDescription)
  // Tags are found in any language.
  if (script.language !== base.language) return { ...publishing, title: script.title, description }
  const same = { ...publishing, title: title ?? publishing.title }
  return script.text === base.text
    ? same
    : { ...same, description, tags: tagsNow(publishing.tags, base, script, keywords) }
}

/** The longest words of a script say what it is about. */
export function tellingWords(words: Word[]): string[] {
  return words
    .map(({ text }) => text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((text) => /\p{L}/u.test(text))
    .toSorted((one, other) => other.length - one.length)
}

/** Those that named something which is not said any more make room for what was not said before. */
function tagsNow(tags: string[], base: Script, script: Script, keywords: string[]): string[] {
  const [before, now] = [base, script].map(({ text }) => plain(text)) as [string, string]
  const kept = tags.filter((tag) => keywords.includes(tag) || !before.includes(plain(tag)) || now.includes(plain(tag)))
  const told = tellingWords(script.words).filter((word) => !before.includes(plain(word)))
  const found = new Map(told.map((word) => [plain(word), word]))
  return [...kept, ...[...found.values()].slice(0, tags.length - kept.length)]
}

function plain(text: string): string {
  return ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `
}
