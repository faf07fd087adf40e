// Words with times → cues, and cues → caption files: ASS (drawn into the picture), SRT and VTT (beside it).
import { assScript, assText, type Drawn, sizeTags } from './captions/ass.ts'
import { type Layout, layoutOf, lineBreakerOf } from './captions/layout.ts'
import { accents, drawLine, type Look } from './captions/looks.ts'
import { type Captioned, placedLines } from './captions/placement.ts'
import type { CaptionLookId } from './catalog.ts'
import { type Font, fontFor } from './fonts.ts'
import { phrasesOf } from './phrases.ts'
import type { Cue, CueLine, TimedWord, Timeline } from './timeline.ts'
import { textOf } from './words.ts'

/** A cue stays this long after its last word, unless the next one comes. */
const holdMs = 300
/** A shorter pause between two cues is closed: text that blinks off and on again draws the eye. */
const shortestPauseMs = 300

/**
 * The cues for all words of the video, in order and never overlapping, each one or two lines that fit the frame's safe
 * area. A cue starts on its first word's frame; the last one ends with the video at the latest.
 *
 * @throws InputError when a character is in no font.
 */
export function cuesOf(
  words: TimedWord[],
  frame: Pick<Timeline, 'width' | 'height' | 'fps' | 'durationFrames'>,
  language: string,
): Cue[] {
  if (words.length === 0) return []
  const font = fontFor(words.map((word) => word.text).join(' '), language)
  const layout = layoutOf(frame, font)
  const breaker = lineBreakerOf(words, font, layout, language)
  const phrases = phrasesOf(words, breaker.fits, { language, ...layout.phrase })
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
 * An ASS script that libass draws frame-exactly: a word's highlight is there first on the word's `firstFrame`.
 * Undefined when there is nothing to draw (look 'none' and no watermark).
 *
 * @param font What `fontFor` gives for all words and the watermark; libass must be given assets/fonts as its fonts folder.
 * @param accent '#rrggbb' instead of the look's own colour.
 */
export function assOf(
  timeline: Captioned & Pick<Timeline, 'title' | 'height' | 'durationFrames' | 'watermark'>,
  look: CaptionLookId,
  font: Font,
  accent?: string,
): string | undefined {
  const layout = layoutOf(timeline, font)
  const drawn = look === 'none' ? [] : captions(timeline, look, font, layout, accent)
  if (timeline.watermark) drawn.push(...watermark(timeline.watermark, timeline.durationFrames, font, layout))
  return drawn.length === 0 ? undefined : assScript(timeline, font.primary, layout.emPx, drawn)
}

function captions(captioned: Captioned, look: Look, font: Font, layout: Layout, accent = accents[look]): Drawn[] {
  return placedLines(captioned, font, layout).flatMap((line) => drawLine(line, look, accent, captioned.fps))
}

/** Small and half transparent, from the first frame to the last. */
function watermark(label: string, durationFrames: number, font: Font, layout: Layout): Drawn[] {
  const { leftPx, topPx, emPx } = layout.watermark
  const text = assText(label, font, emPx)
  const tags = String.raw`\an7\pos(${leftPx},${topPx})${sizeTags(font.primary, emPx)}\alpha&H70&\4a&HC0&`
  return text === '' ? [] : [{ layer: 3, firstFrame: 0, endFrame: durationFrames, text: `{${tags}}${text}` }]
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
