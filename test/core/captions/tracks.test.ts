import { describe, expect, test } from 'vitest'
import { captionsAssOf, captionTrackOf } from '../../../core/captions.ts'
import { accents, type Look } from '../../../core/captions/paint.ts'
import type { Timeline } from '../../../core/timeline.ts'
import { captioned, cardScene, draw, later, type Picture } from './draw.ts'

const looks = Object.keys(accents) as Look[]
const size = { width: 256, height: 144, fps: 30 }
const text = 'Fire warms us.'

describe.each(looks)('tracks of the look %s', (look) => {
  test.each([24, 25, 30, 50, 60])('draw what the whole script draws, and say when it changes, at %i fps', (fps) => {
    const timeline = withCard(look, fps)
    const whole = drawnFrames(captionsAssOf(timeline)!, timeline, 0, timeline.durationFrames)
    // Cuts in the middle of everything that moves.
    const length = Math.round(fps * 0.77)
    for (let firstFrame = 0; firstFrame < timeline.durationFrames; firstFrame += length) {
      const frameCount = Math.min(length, timeline.durationFrames - firstFrame)
      const track = captionTrackOf(timeline, firstFrame, frameCount)!
      expect(track.baseFrame).toBe(firstFrame)
      expect(track.changes[0]).toBe(firstFrame)
      const part = drawnFrames(track.ass, timeline, 0, frameCount)
      const seen = whole.slice(firstFrame, firstFrame + frameCount)
      expect(Math.max(...part.map((picture, n) => mostDifferent(picture, seen[n]!)))).toBeLessThanOrEqual(2)
      const changing = part.flatMap((picture, n) =>
        n === 0 || mostDifferent(picture, part[n - 1]!) > 0 ? [firstFrame + n] : [],
      )
      expect(track.changes).toEqual(expect.arrayContaining(changing))
      const unseen = track.changes.filter((frame) => !changing.includes(frame))
      // What moves may move by less than can be seen.
      expect(unseen.filter((frame) => !moves(look, timeline, frame))).toEqual([])
    }
  })

  test('are the same wherever in a video they stand', () => {
    const timeline = withCard(look, 30)
    // 7, 1001: no whole number of seconds or milliseconds.
    for (const frames of [7, 1001, 90_000]) {
      const moved = later(timeline, frames)
      for (let firstFrame = 0; firstFrame < timeline.durationFrames; firstFrame += 11) {
        const track = captionTrackOf(timeline, firstFrame, 11)!
        const other = captionTrackOf(moved, firstFrame + frames, 11)!
        expect(other.ass).toBe(track.ass)
        expect(other.changes.map((frame) => frame - frames)).toEqual(track.changes)
      }
    }
  })
})

test('a track tells nothing of the video but what it draws', () => {
  const timeline = withCard('highlight', 30)
  const other: Timeline = { ...timeline, title: 'Another', durationFrames: 9000, scenes: [] }
  const { firstFrame } = timeline.words[0]!
  expect(captionTrackOf(other, firstFrame, 10)).toEqual(captionTrackOf(timeline, firstFrame, 10))
})

test('where nothing is drawn there is no track', () => {
  const timeline = captioned(text, 'en', size, { captions: { look: 'pop' } })
  expect(captionTrackOf(timeline, 0, timeline.words[0]!.firstFrame)).toBeUndefined()
  expect(captionTrackOf(timeline, 0, timeline.words[0]!.firstFrame + 1)!.changes).toEqual([
    0,
    timeline.words[0]!.firstFrame,
  ])
  expect(captionTrackOf({ ...timeline, captions: undefined }, 0, timeline.durationFrames)).toBeUndefined()
})

/** The watermark all the time, words from 0.24 s on, and a card where the last word has gone. */
function withCard(look: Look, fps: number): Timeline {
  const timeline = captioned(text, 'en', { ...size, fps }, { captions: { look, emphasised: [2] }, watermark: '@me' })
  const firstFrame = timeline.cues.at(-1)!.lastFrame + 1
  const durationFrames = firstFrame + Math.round(0.9 * fps)
  const card = cardScene({ heading: 'The end', line: 'of it all' }, firstFrame, durationFrames - 1)
  return { ...timeline, durationFrames, scenes: [card] }
}

function moves(look: Look, { words, scenes, fps }: Timeline, frame: number): boolean {
  const secondsAfter = (first: number) => (frame - first) / fps
  const card = scenes[0]!
  if (frame >= card.firstFrame) return secondsAfter(card.firstFrame) < 0.45 || secondsAfter(card.lastFrame) > -0.35
  const word = words.findLast(({ firstFrame }) => firstFrame < frame)
  if (!word) return false
  if (look === 'karaoke') return (frame - 1) / fps < word.endMs / 1000
  return (look === 'pop' || look === 'single') && secondsAfter(word.firstFrame) < 0.08 + 1 / fps
}

function drawnFrames(ass: string, timeline: Timeline, firstFrame: number, count: number): Picture[] {
  const frames = Array.from({ length: count }, (_, n) => firstFrame + n)
  return draw(ass, timeline, frames, (picture) => picture).seen
}

function mostDifferent(picture: Picture, other: Picture): number {
  if (picture.equals(other)) return 0
  let most = 0
  for (let at = 0; at < picture.length; at++) most = Math.max(most, Math.abs(picture[at]! - other[at]!))
  return most
}
