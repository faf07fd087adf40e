import { expect, test } from 'vitest'
import { layersAt, planSegments, scenesOnScreen } from '../../render-container/segments.ts'
import { timelineOf } from './media.ts'

test('segments cover every frame once, in order, and none is longer than four seconds', () => {
  for (const scenes of [[1], [119], [120], [121], [400, 95, 31], [20, 20, 20, 500]]) {
    const timeline = timelineOf(scenes)
    const segments = planSegments(timeline)
    let next = 0
    for (const [index, segment] of segments.entries()) {
      expect(segment).toMatchObject({ index, firstFrame: next })
      expect(segment.frameCount).toBeGreaterThan(0)
      expect(segment.frameCount).toBeLessThanOrEqual(120)
      next += segment.frameCount
    }
    expect(next).toBe(timeline.durationFrames)
  }
})

test('a crossfade is a segment of its own, so that changing a scene leaves the other bodies alone', () => {
  const segments = planSegments(timelineOf([50, 50], { fade: 10 }))
  expect(segments.map(({ firstFrame, scenes }) => [firstFrame, scenes.map(({ index }) => index)])).toEqual([
    [0, [0]],
    [45, [0, 1]],
    [55, [1]],
  ])
})

test('a crossfade is even at the cut, which lies before the first frame of the scene', () => {
  const scenes = scenesOnScreen(timelineOf([50, 50], { fade: 10 }))
  const weight = (frame: number) => layersAt(scenes, frame)[1]?.weight ?? 0
  expect(weight(49) + weight(50)).toBeCloseTo(1)
  expect(weight(49)).toBeLessThan(0.5)
  for (const apart of [1, 2, 3, 4]) expect(weight(49 - apart) + weight(50 + apart)).toBeCloseTo(1)
  expect(layersAt(scenes, 44).map(({ scene }) => scene.index)).toEqual([0])
  expect(layersAt(scenes, 55).map(({ scene }) => scene.index)).toEqual([1])
})

test('the motion of a scene runs over its crossfades too', () => {
  const [first, second] = scenesOnScreen(timelineOf([50, 50], { fade: 10 }))
  expect([first!.firstFrame, first!.lastFrame]).toEqual([0, 54])
  expect([second!.firstFrame, second!.lastFrame]).toEqual([45, 99])
  expect(layersAt([second!], 45)[0]!.progress).toBe(0)
  expect(layersAt([second!], 99)[0]!.progress).toBe(1)
})

test('a cut changes the picture from one frame to the next', () => {
  const timeline = timelineOf([30, 30], { fade: 0 })
  const scenes = scenesOnScreen(timeline)
  expect([29, 30].map((frame) => layersAt(scenes, frame).map(({ scene }) => scene.index))).toEqual([[0], [1]])
})
