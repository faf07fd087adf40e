// Words with times → cues, and cues → caption files: ASS (drawn into the picture), SRT and VTT (beside it).
import { assScript } from './captions/ass.ts'
import { type Drawable, drawableOf, eventsOf } from './captions/drawable.ts'
import { layoutOf } from './captions/layout.ts'
import { lineBreakerOf } from './captions/line-breaker.ts'
import type { Look } from './captions/paint.ts'
import { captionFontFor, shownWords } from './captions/shown-words.ts'
import { phrasesOf } from './phrases.ts'
import type { CaptionOptions, Cue, CueLine, TimedWord, Timeline } from './timeline.ts'
import { textOf } from './words.ts'

/** A cue stays this long after its last word, unless the next one comes. */
const holdMs = 300
/** A shorter pause between two cues is closed: text that blinks off and on again draws the eye. */
const shortestPauseMs = 300

/**
 * The cues for all words of the video, in order and never overlapping, each one or two lines that fit the frame's safe
 * area as these captions are drawn (one word at a time: as usual captions would be). A cue starts on its first word's
 * frame; the last one ends with the video at the latest. Their text is as the script has it.
 *
 * @param captions What the timeline will have; the usual look when it has none.
 * @param phraseEnds Words after which the plan would end a phrase.
 * @throws InputError when a character is in no font.
 */
export function cuesOf(
  words: TimedWord[],
  frame: Pick<Timeline, 'width' | 'height' | 'fps' | 'durationFrames'>,
  language: string,
  captions: CaptionOptions = { look: 'highlight' },
  phraseEnds?: number[],
): Cue[] {
  if (words.length === 0) return []
  const shown = shownWords(words, language, captions.isUpperCase)
  const font = captionFontFor(shown, language, captions)
  const inPhrases = captions.look === 'single' ? { look: 'highlight' as const } : captions
  const layout = layoutOf(frame, font, inPhrases)
  const breaker = lineBreakerOf(words, shown, font, layout, language)
  const phrases = phrasesOf(words, breaker.fits, { language, ...layout.phrase, ends: new Set(phraseEnds) })
  return phrases.map(({ firstWord, lastWord }, index) => {
    const lines = breaker.lines(firstWord, lastWord)
    const next = phrases[index + 1]
    const endMs = cueEndMs(words[lastWord]!, next && words[next.firstWord], frame)
    const nextFrame = next ? words[next.firstWord]!.firstFrame : frame.durationFrames
    const { startMs, firstFrame } = words[firstWord]!
    return {
      index,
      text: lines.map((line) => textOf(words, line.firstWord, line.lastWord)).join('\n'),
      startMs,
      endMs,
      firstFrame,
      lastFrame: Math.max(firstFrame, Math.min(Math.ceil((endMs * frame.fps) / 1000), nextFrame) - 1),
      firstWord,
      lastWord,
      lines,
    }
  })
}

function cueEndMs(
  lastWord: TimedWord,
  next: TimedWord | undefined,
  frame: Pick<Timeline, 'fps' | 'durationFrames'>,
): number {
  const videoEndMs = Math.floor((frame.durationFrames * 1000) / frame.fps)
  if (!next) return Math.min(lastWord.endMs + holdMs, videoEndMs)
  const pauseMs = next.startMs - lastWord.endMs
  if (pauseMs < shortestPauseMs) return next.startMs
  return lastWord.endMs + Math.min(holdMs, pauseMs - shortestPauseMs)
}

/**
 * An ASS script of only what is drawn (captions, text of cards, watermark) in some frames of the video. Its time 0 is
 * the video's frame `baseFrame`. Whatever stands at the same distance from it in another video has the same text.
 */
export type CaptionTrack = {
  ass: string
  baseFrame: number
  /**
   * Rising frame numbers of the video at which what libass draws differs from the frame before; the first is the
   * track's first frame. Between two, every frame looks the same.
   */
  changes: number[]
}

/**
 * What is drawn in the frames from `firstFrame` up to the one before `firstFrame + frameCount`; undefined when that is
 * nothing. libass must be given assets/fonts as its fonts folder. The timeline must not be changed between calls: what
 * all its tracks share is worked out once.
 *
 * @throws InputError when a character is in no font.
 */
export function captionTrackOf(timeline: Timeline, firstFrame: number, frameCount: number): CaptionTrack | undefined {
  const endFrame = firstFrame + frameCount
  const events = eventsOf(drawableOnce(timeline), { firstFrame, endFrame })
  if (events.length === 0) return undefined
  const { width, height, fps } = timeline
  const bounds = events.flatMap((event) => [event.firstFrame, event.endFrame])
  const changes = [...new Set([firstFrame, ...bounds])].filter((frame) => frame < endFrame).toSorted((a, b) => a - b)
  return { ass: assScript({ width, height, fps }, events, firstFrame), baseFrame: firstFrame, changes }
}

/**
 * The whole video's ASS script, which libass draws frame-exactly: a word's highlight is there first on the word's
 * `firstFrame`. Undefined when there is nothing to draw.
 *
 * @param fileLook For the file that goes with the video: it has captions even when the picture has none, then in this
 *   look, and karaoke as one event a line, which other players and editors fill smoothly themselves.
 * @throws InputError when a character is in no font.
 */
export function captionsAssOf(timeline: Timeline, fileLook?: Look): string | undefined {
  const { title, width, height, fps, durationFrames } = timeline
  const captions = timeline.captions ?? (fileLook && { look: fileLook })
  const drawable = drawableOf({ ...timeline, captions }, { isForPlayers: fileLook !== undefined })
  const events = eventsOf(drawable, { firstFrame: 0, endFrame: durationFrames })
  return events.length === 0 ? undefined : assScript({ title, width, height, fps }, events)
}

const drawables = new WeakMap<Timeline, Drawable>()

function drawableOnce(timeline: Timeline): Drawable {
  const known = drawables.get(timeline) ?? drawableOf(timeline)
  drawables.set(timeline, known)
  return known
}

/** SubRip, UTF-8. */
export function srtOf(cues: Cue[]): string {
  return cues
    .map((cue) => `${cue.index + 1}\n${clock(cue.startMs, ',')} --> ${clock(cue.endMs, ',')}\n${cue.text}\n`)
    .join('\n')
}

/** WebVTT with a time for every word, which players show as karaoke. */
export function vttOf(cues: Cue[], words: TimedWord[], language: string): string {
  const blocks = cues.map((cue) => {
    const lines = cue.lines.map((line) => vttLine(line, cue, words))
    return `${clock(cue.startMs, '.')} --> ${clock(cue.endMs, '.')}\n${lines.join('\n')}\n`
  })
  return [`WEBVTT\nKind: captions\nLanguage: ${language}\n`, ...blocks].join('\n')
}

/** A word's time must lie inside its cue and after the word before it; others are left out. */
function vttLine({ firstWord, lastWord }: CueLine, cue: Cue, words: TimedWord[]): string {
  return words
    .slice(firstWord, lastWord + 1)
    .map((word) => {
      const before = words[word.index - 1]?.startMs ?? -1
      const hasTime = word.startMs > Math.max(cue.startMs, before) && word.startMs < cue.endMs
      const text = word.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      return `${word.spaceBefore && word.index > firstWord ? ' ' : ''}${hasTime ? `<${clock(word.startMs, '.')}>` : ''}${text}`
    })
    .join('')
}

function clock(ms: number, separator: ',' | '.'): string {
  const rounded = Math.round(ms)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = `${two(rounded / 3_600_000)}:${two((rounded / 60_000) % 60)}:${two((rounded / 1000) % 60)}`
  return `${seconds}${separator}${String(rounded % 1000).padStart(3, '0')}`
}
