// What the bench's video says: words with times, and the captions for them.
import { randomOf } from '../../../core/random.ts'
import type { Cue, TimedWord } from '../../../core/timeline.ts'

const TEXT = `The river starts as rain on a high grey ridge. It gathers in moss, slips under stones and finds the
others on the way down. By noon it turns a wheel, cools a forge, carries logs and letters. Children send boats of bark
towards the sea and never hear of them again. Towns grow where it bends, and every bridge has a story about the winter
when the ice would not let go. At night it sounds nearer than it is.`.split(/\s+/)

const WORDS_PER_CUE = 4
const WORDS_PER_LINE = 2
/** Silence before the first word and after the last. */
const MARGIN_MS = 300

/** As many words as `durationMs` takes at about 160 a minute, with pauses between sentences. */
export function speak(durationMs: number, fps: number): { words: TimedWord[]; cues: Cue[] } {
  const words = wordsIn(durationMs, fps)
  const count = Math.ceil(words.length / WORDS_PER_CUE)
  const cues = Array.from({ length: count }, (_, index) => cueOf(index, words, durationMs, fps))
  return { words, cues }
}

function wordsIn(durationMs: number, fps: number): TimedWord[] {
  const random = randomOf(5)
  const words: TimedWord[] = []
  let [sentence, atMs] = [0, MARGIN_MS]
  for (let index = 0; ; index++) {
    const text = TEXT[index % TEXT.length]!
    const saidMs = Math.round(130 + text.length * 38 + random() * 60)
    const endMs = atMs + saidMs
    if (endMs + MARGIN_MS > durationMs) return words
    const firstFrame = Math.round((atMs * fps) / 1000)
    words.push({ index, text, spaceBefore: index > 0, sentence, startMs: atMs, endMs, firstFrame, timeFrom: 'voice' })
    const ends = text.endsWith('.')
    if (ends) sentence++
    atMs = endMs + (ends ? 450 : text.endsWith(',') ? 200 : 30)
  }
}

function cueOf(index: number, words: TimedWord[], durationMs: number, fps: number): Cue {
  const firstWord = index * WORDS_PER_CUE
  const lastWord = Math.min(words.length, firstWord + WORDS_PER_CUE) - 1
  const next = words[lastWord + 1]
  const endMs = next ? next.startMs : durationMs
  const starts = [firstWord, firstWord + WORDS_PER_LINE].filter((word) => word <= lastWord)
  const lines = starts.map((word) => ({ firstWord: word, lastWord: Math.min(lastWord, word + WORDS_PER_LINE - 1) }))
  const textOf = (first: number, last: number) =>
    words
      .slice(first, last + 1)
      .map(({ text }) => text)
      .join(' ')
  return {
    index,
    text: lines.map((line) => textOf(line.firstWord, line.lastWord)).join('\n'),
    startMs: words[firstWord]!.startMs,
    endMs,
    firstFrame: words[firstWord]!.firstFrame,
    lastFrame: (next ? next.firstFrame : Math.round((durationMs * fps) / 1000)) - 1,
    firstWord,
    lastWord,
    lines,
  }
}
