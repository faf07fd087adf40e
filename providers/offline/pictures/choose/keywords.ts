// The vendored keyword lists: words of a language to the icons they stand for. Read once a language.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export type Icon = {
  name: string
  /** Emojibase's subgroup: 'animal-mammal', 'food-fruit' … */
  kind: string
  emoji: string
}
/** How well a word names an icon: its whole label 3, a word of it 1.7, a tag 1.25, a word of a tag 0.6. */
export type Match = { icon: number; weight: number }

const folder = path.join(import.meta.dirname, '../keywords')
const locales = new Set('bn da de en es et fi fr hi hu it ja ko lt ms nb nl pl pt ru sv th uk vi zh zh-hant'.split(' '))

export const icons: readonly Icon[] = (read('icons') as [string, string, string][]).map(([name, kind, emoji]) => ({
  name,
  kind,
  emoji,
}))
const numbers = new Map(icons.map(({ name }, index) => [name, index]))
export const numberOf = (name: string): number | undefined => numbers.get(name)

export function matches(word: string, language: string): readonly Match[] {
  return listFor(language).get(word) ?? []
}

/** For languages that write compounds as one word: matches of the longest keyword that the word begins with. */
export function matchesOfBeginning(word: string, language: string): readonly Match[] {
  for (let length = word.length - 1; length >= 5; length--) {
    const found = listFor(language).get(word.slice(0, length))
    if (found) return found.map(({ icon, weight }) => ({ icon, weight: weight * 0.7 }))
  }
  return []
}

const indexes = new Map<string, Map<string, Match[]>>()

function listFor(language: string): Map<string, Match[]> {
  const known = indexes.get(language)
  if (known) return known
  const made = locales.has(language) ? build(read(language) as string[]) : new Map<string, Match[]>()
  indexes.set(language, made)
  return made
}

function build(lines: string[]): Map<string, Match[]> {
  const made = new Map<string, Match[]>()
  const add = (word: string, icon: number, weight: number) => {
    const found = made.get(word) ?? []
    made.set(word, found)
    const same = found.find((match) => match.icon === icon)
    if (same) same.weight = Math.max(same.weight, weight)
    else found.push({ icon, weight })
  }
  for (const [icon, line] of lines.entries()) {
    const [label = '', ...tags] = line.split('|')
    const words = label.split(/[\s,:()’'-]+/).filter(Boolean)
    if (label) add(label, icon, 3)
    for (const word of words) add(word, icon, words.length === 1 ? 3 : 1.7)
    for (const tag of tags) {
      add(tag, icon, 1.25)
      const parts = tag.split(/\s+/)
      if (parts.length > 1) for (const part of parts) add(part, icon, 0.6)
    }
  }
  return made
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8'))
}
