// Timelines to be made of words and pictures that nothing else is known of.
import type { FrameRate } from '../../../core/output.ts'
import { randomOf } from '../../../core/random.ts'
import { type Cue, type SceneParts, type TimedWord, timedWords, type TimelineParts } from '../../../core/timeline.ts'

/** `lengths` are the words' in ms; a gap of 37 ms follows each, so that nothing falls on a frame by luck. */
export function wordsOf(lengths: number[], fps: number): TimedWord[] {
  const words = lengths.map((_, index) => ({ index, text: `w${index}`, spaceBefore: index > 0, sentence: 0 }))
  let atMs = 250
  const times = lengths.map((ms) => {
    const startMs = atMs
    atMs += ms + 37
    return { startMs, endMs: startMs + ms }
  })
  return timedWords(words, times, 'voice', fps)
}

export function partsOf(words: TimedWord[], scenes: SceneParts[], wishes: Partial<TimelineParts> = {}): TimelineParts {
  return {
    title: 't',
    language: 'en',
    width: 1080,
    height: 1920,
    fps: 30,
    durationMs: words.at(-1)!.endMs + 600,
    words,
    scenes,
    cues: cuesOf(words),
    narration: { key: 'speech' },
    music: undefined,
    seed: 1,
    transition: 'crossfade',
    motion: 'auto',
    soundEffects: false,
    captions: undefined,
    watermark: undefined,
    logo: undefined,
    progressBar: undefined,
    output: { codec: 'h264', quality: 'standard', hls: false },
    ...wishes,
  }
}

/** Scenes of `sceneLength` words, each with a picture. */
export function scenesOf(wordCount: number, sceneLength: number): SceneParts[] {
  return Array.from({ length: Math.ceil(wordCount / sceneLength) }, (_, index) => ({
    firstWord: index * sceneLength,
    lastWord: Math.min(wordCount, (index + 1) * sceneLength) - 1,
    prompt: `scene ${index}`,
    shows: { kind: 'picture', key: `p${index}`, isOwn: false },
  }))
}

/** One for each three words. */
function cuesOf(words: TimedWord[]): Cue[] {
  return Array.from({ length: Math.ceil(words.length / 3) }, (_, index) => {
    const [firstWord, lastWord] = [index * 3, Math.min(words.length, index * 3 + 3) - 1]
    const [first, last] = [words[firstWord]!, words[lastWord]!]
    return {
      index,
      text: '',
      startMs: first.startMs,
      endMs: last.endMs,
      firstFrame: first.firstFrame,
      lastFrame: words[lastWord + 1] ? words[lastWord + 1]!.firstFrame - 1 : last.firstFrame + 1,
      firstWord,
      lastWord,
      lines: [{ firstWord, lastWord }],
    }
  })
}

/** Any video: scenes of any length (some of one short word), pictures and clips of any kind, cards or none. */
export function anyParts(seed: number, fps: FrameRate): TimelineParts {
  const random = randomOf(seed)
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const oneOf = <Value>(values: readonly Value[]) => values[whole(0, values.length - 1)]!
  const words = wordsOf(
    Array.from({ length: whole(1, 120) }, () => whole(60, 900)),
    fps,
  )
  const scenes: SceneParts[] = []
  for (let firstWord = 0; firstWord < words.length;) {
    const lastWord = Math.min(words.length - 1, firstWord + oneOf([0, 0, 1, 4, 12]))
    scenes.push({ firstWord, lastWord, prompt: '', shows: anyShown(scenes.length, random, oneOf) })
    firstWord = lastWord + 1
  }
  const clip = (key: string) => ({ key, durationMs: oneOf([10, 40, 900, 5000, 12_345]), hasSound: random() < 0.5 })
  return partsOf(words, scenes, {
    fps,
    seed,
    transition: oneOf(['cut', 'crossfade', 'slide', 'zoom', 'wipe', 'dip']),
    soundEffects: random() < 0.5,
    ...(random() < 0.5 && { intro: clip('intro') }),
    ...(random() < 0.5 && {
      titleCard: oneOf(['Goats', 'A rather long title that takes a while to be read, and more']),
    }),
    ...(random() < 0.5 && { endCard: 'The end' }),
    ...(random() < 0.5 && { outro: clip('outro') }),
  })
}

function anyShown(
  index: number,
  random: () => number,
  oneOf: <Value>(values: readonly Value[]) => Value,
): SceneParts['shows'] {
  const fit = oneOf(['cover', 'contain', 'blur'] as const)
  const focus = random() < 0.3 ? { x: random(), y: random() } : undefined
  const key = `media${index}`
  if (random() < 0.7) return { kind: 'picture', key, isOwn: random() < 0.5, fit, focus }
  const durationMs = oneOf([40, 700, 2500, 60_000])
  const play = oneOf(['auto', 'trim', 'loop', 'slow'] as const)
  return { kind: 'clip', key, durationMs, fromMs: durationMs * random() * 0.9, play, fit, focus }
}
