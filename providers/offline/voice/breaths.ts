// A script cut into what the voice says in one go: a sentence, or a part of a very long one.
import type { Word } from '../../../core/words.ts'
import { spokenSentence, type Spoken } from './spoken.ts'

/** `word` is the place in the line's words; ',' in `says` is a pause. */
type Saying = { word: number; says: string[] }
export type Breath = { sayings: Saying[]; text: string; endsSentence: boolean }

// A narrator breathes about every 15 seconds; longer utterances also keep the caller waiting (30 ms a second of sound).
const longestBreathWords = 45

/** What each word says, and the breaths that say it, in order. A part that says nothing is in no breath. */
export function breathsOf(words: Word[], language: string): { spoken: Spoken[]; breaths: Breath[] } {
  const sentences = Map.groupBy(
    words.map((word, at) => ({ ...word, at })),
    (word) => word.sentence,
  )
  const spoken: Spoken[] = []
  const breaths: Breath[] = []
  for (const sentence of sentences.values()) {
    const said = spokenSentence(
      sentence.map(({ text }) => text),
      language,
    )
    spoken.push(...said)
    const sayings = said.map(({ says }, i) => ({ word: sentence[i]!.at, says }))
    const parts = splitAtPauses(sayings)
    const mark = closingMark(sentence.map(({ text }) => text).join(' '))
    parts.forEach((part, i) => {
      const endsSentence = i === parts.length - 1
      const text = utteranceText(part, endsSentence ? mark : ',')
      if (/[a-z]/.test(text)) breaths.push({ sayings: part, text, endsSentence })
    })
  }
  return { spoken, breaths }
}

function splitAtPauses(sayings: Saying[]): Saying[][] {
  const lengths = sayings.map(({ says }) => says.length)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (total <= longestBreathWords || sayings.length < 2) return [sayings]
  let reach = 0
  const furthest = Math.max(
    1,
    lengths.findIndex((length) => (reach += length) > longestBreathWords),
  )
  const pause = sayings.slice(0, furthest).findLastIndex(({ says }) => says.at(-1) === ',') + 1
  const cut = pause > furthest / 2 ? pause : furthest
  return [sayings.slice(0, cut), ...splitAtPauses(sayings.slice(cut))]
}

/** Only the mark that closes the sentence: it bends the voice up or down. */
function closingMark(sentence: string): '?' | '!' | '.' {
  const mark = /[.!?]+(?=[^\p{L}\p{N}]*$)/u.exec(sentence)?.[0] ?? '.'
  return mark.includes('?') ? '?' : mark.includes('!') ? '!' : '.'
}

/** 'well, i never.': one comma where there are several, none at the start and none at the end. */
function utteranceText(sayings: Saying[], mark: string): string {
  const joined = sayings.flatMap(({ says }) => says).join(' ')
  return `${joined.replace(/( ,)+/g, ',').replace(/^[, ]+|[, ]+$/g, '')}${mark}`
}
