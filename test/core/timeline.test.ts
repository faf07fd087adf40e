import { describe, expect, it } from 'vitest'
import { frameRates } from '../../core/output.ts'
import { timedWords, type TimelineParts, timelineOf } from '../../core/timeline.ts'
import { anyParts, partsOf, scenesOf, wordsOf } from './timeline/parts.ts'

const fps = 30

function timeline(wordCount: number, sceneLength: number, wishes: Partial<TimelineParts> = {}) {
  const words = wordsOf(
    Array.from({ length: wordCount }, () => 300),
    wishes.fps ?? fps,
  )
  return timelineOf(partsOf(words, scenesOf(wordCount, sceneLength), wishes))
}

const clip = { key: 'clip', durationMs: 4000, hasSound: true }
const all = { intro: clip, titleCard: 'Goats', endCard: 'The end', outro: clip }

describe('timelineOf', () => {
  it('cuts within half a frame of the word, at the first minute and at the tenth', () => {
    const { scenes, words } = timeline(1800, 9)
    for (const scene of scenes.slice(1)) {
      const errorFrames = Math.abs(scene.firstFrame - (words[scene.firstWord]!.startMs * fps) / 1000)
      expect(errorFrames).toBeLessThanOrEqual(0.5)
    }
    expect(words.at(-1)!.startMs).toBeGreaterThan(600_000)
  })

  it('puts intro and title before the narration, end card and outro after it', () => {
    const { scenes, narration, words, cues, durationMs } = timeline(40, 10, all)
    const plain = timeline(40, 10)
    expect(scenes.map(({ role }) => role)).toEqual([
      'intro',
      'title',
      'scene',
      'scene',
      'scene',
      'scene',
      'end',
      'outro',
    ])
    expect(scenes.map(({ index }) => index)).toEqual([...scenes.keys()])
    const openingFrames = scenes[2]!.firstFrame
    expect(narration).toEqual({ key: 'speech', startMs: (openingFrames * 1000) / fps, durationMs: expect.any(Number) })
    expect(words.map(({ startMs }) => startMs - narration!.startMs)).toEqual(plain.words.map(({ startMs }) => startMs))
    expect(words.map(({ firstFrame }) => firstFrame - openingFrames)).toEqual(
      plain.words.map(({ firstFrame }) => firstFrame),
    )
    expect(cues.map(({ startMs }) => startMs)).toEqual(cues.map(({ firstWord }) => words[firstWord]!.startMs))
    expect(cues[1]!.lastFrame - plain.cues[1]!.lastFrame).toBe(openingFrames)
    // Two clips of 4 s, of which 0.2 s each are seen in the scene beside it, cards of 2.2 and 2.5 s.
    expect(durationMs).toBeCloseTo(plain.durationMs + 2 * 3800 + 2200 + 2500, 0)
  })

  it("says on the cards what is wanted, on the nearest scenes' pictures", () => {
    const { scenes } = timeline(40, 10, { titleCard: 'Goats', endCard: 'The end' })
    expect(scenes[0]).toMatchObject({
      card: { heading: 'Goats' },
      media: { kind: 'picture', key: 'p0', isBackdrop: true },
      text: '',
      firstWord: 0,
      lastWord: -1,
    })
    expect(scenes.at(-1)).toMatchObject({
      card: { heading: 'The end' },
      media: { kind: 'picture', key: 'p3', isBackdrop: true },
      firstWord: 40,
      lastWord: 39,
    })
    expect(scenes.slice(1, -1).some(({ media }) => 'isBackdrop' in media)).toBe(false)
  })

  it('takes another picture for a backdrop where the nearest scene shows a clip, and the clip where all do', () => {
    const words = wordsOf([300, 300], fps)
    const scenes = scenesOf(2, 1)
    const shows = { kind: 'clip', key: 'c', durationMs: 9000 } as const
    const mixed = timelineOf(partsOf(words, [{ ...scenes[0]!, shows }, scenes[1]!], { titleCard: 'Goats' }))
    expect(mixed.scenes[0]!.media).toMatchObject({ kind: 'picture', key: 'p1', isBackdrop: true })
    const clips = scenes.map((scene) => ({ ...scene, shows }))
    const only = timelineOf(partsOf(words, clips, { titleCard: 'Goats' }))
    expect(only.scenes[0]!.media).toMatchObject({ kind: 'clip', key: 'c' })
  })

  it('shows a long title for longer', () => {
    const long = 'How a goat found coffee, what the monks made of it, and why nobody slept that night'
    const lengthOf = (titleCard: string) => timeline(10, 5, { titleCard }).scenes[0]!.lastFrame + 1
    expect(lengthOf('Goats')).toBe(66)
    expect(lengthOf(long)).toBeGreaterThan(120)
  })

  it('lets the sound of intro and outro run with their pictures, and never into the narration', () => {
    const { clipSounds, durationMs, words } = timeline(40, 10, { intro: clip, outro: clip })
    expect(clipSounds).toEqual([
      { key: 'clip', fromMs: 0, startMs: 0, durationMs: 4000 },
      { key: 'clip', fromMs: 0, startMs: durationMs - 4000, durationMs: 4000 },
    ])
    expect(clipSounds[1]!.startMs).toBeGreaterThan(words.at(-1)!.endMs)
    const noTail = timeline(40, 10, { outro: clip, durationMs: wordsOf(Array(40).fill(300), fps).at(-1)!.endMs })
    expect(noTail.clipSounds[0]!.startMs).toBe(noTail.words.at(-1)!.endMs)
    expect(noTail.clipSounds[0]!.fromMs).toBeGreaterThan(150)
    expect(timeline(40, 10, { intro: { ...clip, hasSound: false } }).clipSounds).toEqual([])
  })

  it('opens with a cut, and follows with the wanted transition for as long as it takes', () => {
    const into = (wishes: Partial<TimelineParts>) => timeline(100, 9, wishes).scenes[1]!.transition
    expect(timeline(100, 9).scenes[0]!.transition).toEqual({ kind: 'cut', frames: 0 })
    expect(into({})).toEqual({ kind: 'crossfade', frames: 12 })
    expect(into({ transition: 'wipe', fps: 60 })).toEqual({ kind: 'wipe', frames: 24 })
    expect(into({ transition: 'dip', fps: 25 })).toEqual({ kind: 'dip', frames: 16 })
    expect(into({ transition: 'cut' })).toEqual({ kind: 'cut', frames: 0 })
  })

  it.each([
    ['slide', ['crossfade', 'slide', 'crossfade']],
    ['dip', ['dip', 'dip', 'dip']],
    ['cut', ['cut', 'cut', 'cut']],
  ] as const)('goes softly from and to cards when scenes %s', (transition, kinds) => {
    const { scenes } = timeline(20, 10, { titleCard: 'Goats', endCard: 'The end', transition })
    expect(scenes.slice(1).map((scene) => scene.transition.kind)).toEqual(kinds)
  })

  it('whooshes where narrated scenes follow each other, never twice within 1.5 s', () => {
    const often = timeline(60, 2, { ...all, soundEffects: true })
    const cutsMs = often.scenes.slice(3, -2).map(({ firstFrame }) => (firstFrame * 1000) / fps)
    expect(often.effects[0]!.atMs).toBeCloseTo(cutsMs[0]!, 2)
    for (const { atMs } of often.effects) expect(cutsMs.some((ms) => Math.abs(ms - atMs) < 0.01)).toBe(true)
    for (const [index, { atMs }] of often.effects.slice(1).entries())
      expect(atMs - often.effects[index]!.atMs).toBeGreaterThanOrEqual(1500)
    const rarely = timeline(60, 10, { soundEffects: true })
    expect(rarely.effects).toHaveLength(5)
    expect(timeline(60, 10).effects).toEqual([])
  })

  it('gives every scene a frame, even where a voice gives many words the same time', () => {
    const words = wordsOf([300, 0, 0, 0, 0, 300], fps).map((word) => ({ ...word, firstFrame: 18, startMs: 600 }))
    const { scenes, durationFrames } = timelineOf(partsOf(words, scenesOf(6, 1), { durationMs: 700 }))
    expect(scenes.map(({ firstFrame }) => firstFrame)).toEqual([0, 16, 17, 18, 19, 20])
    expect(scenes.at(-1)!.lastFrame).toBe(durationFrames - 1)
  })

  it('refuses words without a time each', () => {
    expect(() => timedWords([{ index: 0, text: 'a', spaceBefore: false, sentence: 0 }], [], 'voice', fps)).toThrow(
      /1 words but 0 times/,
    )
  })
})

describe.each(frameRates)('any timeline at %i frames a second', (rate) => {
  const timelines = Array.from({ length: 80 }, (_, seed) => timelineOf(anyParts(seed, rate)))

  it('covers every frame once with scenes, in order', () => {
    for (const { scenes, durationFrames, durationMs } of timelines) {
      let next = 0
      for (const { firstFrame, lastFrame } of scenes) {
        expect(firstFrame).toBe(next)
        expect(lastFrame).toBeGreaterThanOrEqual(firstFrame)
        next = lastFrame + 1
      }
      expect(next).toBe(durationFrames)
      expect(durationMs).toBeCloseTo((durationFrames * 1000) / rate, 2)
    }
  })

  it('starts every word in its scene, within half a frame of its time', () => {
    for (const { scenes, words } of timelines)
      for (const { firstWord, lastWord, firstFrame, lastFrame } of scenes)
        for (const word of words.slice(firstWord, lastWord + 1)) {
          expect(word.firstFrame).toBeGreaterThanOrEqual(firstFrame)
          expect(word.firstFrame).toBeLessThanOrEqual(lastFrame)
          expect(Math.abs((word.startMs * rate) / 1000 - word.firstFrame)).toBeLessThan(0.501)
        }
  })

  it('has words and cues between the cards, and the narration where the scenes begin', () => {
    for (const { scenes, words, cues, narration } of timelines) {
      const narrated = scenes.filter(({ role }) => role === 'scene')
      expect((narration!.startMs * rate) / 1000).toBeCloseTo(narrated[0]!.firstFrame, 2)
      expect(words[0]!.firstFrame).toBeGreaterThanOrEqual(narrated[0]!.firstFrame)
      expect(cues.at(-1)!.lastFrame).toBeLessThanOrEqual(narrated.at(-1)!.lastFrame)
      for (const cue of cues) expect(cue.firstFrame).toBe(words[cue.firstWord]!.firstFrame)
    }
  })

  it('never lets the transitions of one scene overlap, however short it is', () => {
    for (const { scenes } of timelines)
      for (const [index, { transition, firstFrame, lastFrame }] of scenes.entries()) {
        const after = scenes[index + 1]?.transition.frames ?? 0
        expect(transition.frames % 2).toBe(0)
        expect(transition.frames === 0).toBe(transition.kind === 'cut')
        expect((transition.frames + after) / 2).toBeLessThanOrEqual(lastFrame - firstFrame + 1)
      }
  })

  it('moves no picture as one of the two before it, and clips not at all', () => {
    for (const { scenes } of timelines)
      for (const [index, { motion, media }] of scenes.entries()) {
        const before = scenes.slice(Math.max(0, index - 2), index).map((scene) => scene.motion.kind)
        const isRight = media.kind === 'clip' ? motion.kind === 'still' : !before.includes(motion.kind)
        expect(isRight, `${motion.kind} after ${before.join(', ')}`).toBe(true)
      }
  })

  it('never asks a clip for what comes after its end, but of one that is to stop there', () => {
    for (const [seed, { scenes }] of timelines.entries())
      for (const [index, { role, media, firstFrame, lastFrame, transition, firstWord }] of scenes.entries()) {
        if (role !== 'scene' || media.kind !== 'clip') continue
        const shown = anyParts(seed, rate).scenes.find((scene) => scene.firstWord === firstWord)!.shows
        if (shown.kind !== 'clip' || shown.play === 'trim') continue
        const frames = lastFrame - firstFrame + (transition.frames + (scenes[index + 1]?.transition.frames ?? 0)) / 2
        const playedMs = ((frames * 1000) / rate) * media.speed
        const leftMs = Math.max(1, shown.durationMs - media.fromMs)
        expect(media.loopMs ?? playedMs).toBeLessThanOrEqual(leftMs + 1e-6)
      }
  })

  it('hears nothing else while a word is said, and nothing outside the video', () => {
    for (const { clipSounds, words, durationMs } of timelines)
      for (const { startMs, durationMs: heardMs, fromMs } of clipSounds) {
        expect(fromMs).toBeGreaterThanOrEqual(0)
        expect(startMs + heardMs).toBeLessThanOrEqual(durationMs + 0.001)
        expect(startMs + heardMs <= words[0]!.startMs + 0.001 || startMs >= words.at(-1)!.endMs - 0.001).toBe(true)
      }
  })
})
