import { describe, expect, it } from 'vitest'
import { timedWords, timelineOf } from '../../core/timeline.ts'

const fps = 30

/** A script of `count` words, each 300 ms with a gap of 37 ms, so that nothing falls on a frame by luck. */
function wordsOf(count: number) {
  const words = Array.from({ length: count }, (_, index) => ({
    index,
    text: `w${index}`,
    spaceBefore: index > 0,
    sentence: 0,
  }))
  const times = words.map((_, i) => ({ startMs: 250 + i * 337, endMs: 250 + i * 337 + 300 }))
  return timedWords(words, times, 'voice', fps)
}

function timeline(wordCount: number, sceneLength: number, seed = 1) {
  const words = wordsOf(wordCount)
  const scenes = Array.from({ length: Math.ceil(wordCount / sceneLength) }, (_, i) => ({
    firstWord: i * sceneLength,
    lastWord: Math.min(wordCount, (i + 1) * sceneLength) - 1,
    prompt: '',
    picture: `p${i}`,
  }))
  return timelineOf({
    title: 't',
    language: 'en',
    width: 1080,
    height: 1920,
    fps,
    durationMs: words.at(-1)!.endMs + 600,
    words,
    scenes,
    cues: [],
    narration: undefined,
    music: undefined,
    captions: undefined,
    watermark: undefined,
    seed,
  })
}

describe('timelineOf', () => {
  it('covers every frame once with scenes, in order', () => {
    const { scenes, durationFrames } = timeline(100, 9)
    expect(scenes[0]!.firstFrame).toBe(0)
    expect(scenes.at(-1)!.lastFrame).toBe(durationFrames - 1)
    scenes.slice(1).forEach((scene, i) => expect(scene.firstFrame).toBe(scenes[i]!.lastFrame + 1))
  })

  it('cuts within half a frame of the word, at the first minute and at the tenth', () => {
    const { scenes, words } = timeline(1800, 9)
    for (const scene of scenes.slice(1)) {
      const errorFrames = Math.abs(scene.firstFrame - (words[scene.firstWord]!.startMs * fps) / 1000)
      expect(errorFrames).toBeLessThanOrEqual(0.5)
    }
    expect(words.at(-1)!.startMs).toBeGreaterThan(600_000)
  })

  it('never lets the transitions of one scene overlap, however short it is', () => {
    const { scenes } = timeline(60, 1)
    scenes.forEach((scene, i) => {
      const into = scene.transition.frames / 2
      const out = (scenes[i + 1]?.transition.frames ?? 0) / 2
      expect(into + out).toBeLessThanOrEqual(scene.lastFrame - scene.firstFrame + 1)
    })
  })

  it('opens with a cut and crossfades between scenes that are long enough', () => {
    const { scenes } = timeline(100, 9)
    expect(scenes[0]!.transition).toEqual({ kind: 'cut', frames: 0 })
    expect(scenes[1]!.transition).toEqual({ kind: 'crossfade', frames: 12 })
  })

  it('chooses motion by seed, never the same twice in a row', () => {
    const kinds = timeline(900, 9).scenes.map(({ motion }) => motion.kind)
    kinds.slice(1).forEach((kind, i) => expect(kind).not.toBe(kinds[i]))
    expect(new Set(kinds).size).toBeGreaterThan(3)
    expect(timeline(900, 9).scenes.map(({ motion }) => motion.kind)).toEqual(kinds)
    expect(timeline(900, 9, 2).scenes.map(({ motion }) => motion.kind)).not.toEqual(kinds)
  })

  it('refuses words without a time each', () => {
    expect(() => timedWords([{ index: 0, text: 'a', spaceBefore: false, sentence: 0 }], [], 'voice', fps)).toThrow(
      /1 words but 0 times/,
    )
  })
})
