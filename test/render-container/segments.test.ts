import { expect, test } from 'vitest'
import { planSegments, scenesOnScreen } from '../../render-container/segments.ts'
import { layersAt } from '../../render-container/transitions.ts'
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

test('a transition is a segment of its own, so that changing a scene leaves the other bodies alone', () => {
  const segments = planSegments(timelineOf([50, 50], { fade: 10 }))
  expect(segments.map(({ firstFrame, scenes }) => [firstFrame, scenes.map(({ index }) => index)])).toEqual([
    [0, [0]],
    [45, [0, 1]],
    [55, [1]],
  ])
})

test('the motion of a scene runs over its transitions too', () => {
  const [first, second] = scenesOnScreen(timelineOf([50, 50], { fade: 10 }))
  expect([first!.firstFrame, first!.lastFrame]).toEqual([0, 54])
  expect([second!.firstFrame, second!.lastFrame]).toEqual([45, 99])
  expect(layersAt([second!], 45)[0]!.progress).toBe(0)
  expect(layersAt([second!], 99)[0]!.progress).toBe(1)
})
