// Words that a model left out or changed get a place beside those that it kept.
import { breakAfter, type Break } from '../../core/breaks.ts'
import type { Span } from '../../core/ports.ts'
import { scenesOf } from '../../core/scenes.ts'
import type { Word } from '../../core/words.ts'

/**
 * Each word's owner, for words of which some have none; never falling, like `owners` itself. A gap is parted at its
 * best break between the owners around it; owners between those, as far as `mayOwn`, have lost their words there and
 * get them back where there are enough.
 */
export function filled(
  owners: (number | undefined)[],
  words: Word[],
  language: string,
  mayOwn: (owner: number) => boolean,
): number[] {
  const whole: number[] = []
  while (whole.length < words.length) {
    const first = whole.length
    const owner = owners[first]
    if (owner !== undefined) {
      whole.push(owner)
      continue
    }
    let last = first
    while (last + 1 < words.length && owners[last + 1] === undefined) last++
    const gap = { first, last, before: whole.at(-1), after: owners[last + 1] }
    const lost = lostOwners(gap, mayOwn)
    whole.push(...(lost.length > 0 ? shared(gap, lost, words) : parted(gap, words, language)))
  }
  return whole
}

/** Runs of words with one owner. */
export function groupsOf(owners: number[]): (Span & { owner: number })[] {
  const groups: (Span & { owner: number })[] = []
  for (const [word, owner] of owners.entries()) {
    const group = groups.at(-1)
    if (group?.owner === owner) group.lastWord = word
    else groups.push({ firstWord: word, lastWord: word, owner })
  }
  return groups
}

type Gap = { first: number; last: number; before: number | undefined; after: number | undefined }

/** Fewer are a slip of the pen, not a scene. */
const LEAST_WORDS_LOST = 4
/** More owners than anybody plans: bounds the search behind the last one that was found. */
const MOST_OWNERS = 1000

function lostOwners({ first, last, before = -1, after }: Gap, mayOwn: (owner: number) => boolean): number[] {
  const lost: number[] = []
  for (let owner = before + 1; owner < (after ?? before + MOST_OWNERS); owner++) if (mayOwn(owner)) lost.push(owner)
  return lost.slice(0, Math.floor((last - first + 1) / LEAST_WORDS_LOST))
}

function shared({ first, last }: Gap, lost: number[], words: Word[]): number[] {
  const places = scenesOf(words.slice(first, last + 1), lost.length)
  return places.flatMap(({ firstWord, lastWord }, place) =>
    Array.from({ length: lastWord - firstWord + 1 }, () => lost[place] ?? lost.at(-1)!),
  )
}

function parted({ first, last, before, after }: Gap, words: Word[], language: string): number[] {
  const [left, right] = [before ?? after ?? 0, after ?? before ?? 0]
  let end = before === undefined ? first : first - 1
  for (let candidate = end + 1; candidate <= last; candidate++)
    if (rankOf(words, candidate, language) < rankOf(words, end, language)) end = candidate
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index <= end ? left : right))
}

const ranks = ['sentence', 'clause', 'comma', 'conjunction', 'preposition', 'genitive', 'plain', 'tight', 'bound']

function rankOf(words: Word[], word: number, language: string): number {
  return ranks.indexOf(breakAfter(words, word, language) satisfies Break)
}
