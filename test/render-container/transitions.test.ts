import { expect, test } from 'vitest'
import { transitions, type TransitionId } from '../../core/editing.ts'
import type { SceneOnScreen } from '../../render-container/segments.ts'
import { layersAt, wipeWeight } from '../../render-container/transitions.ts'
import { stillMotion } from './media.ts'

const kinds = Object.keys(transitions).filter((kind) => kind !== 'cut') as TransitionId[]

test('a cut goes from one scene to the next between two frames', () => {
  const scenes = [scene(0, 0, 9, 0, 'cut'), scene(1, 10, 19, 0, 'cut')]
  expect(layersAt(scenes, 9).map((layer) => layer.scene.index)).toEqual([0])
  expect(layersAt(scenes, 10).map((layer) => layer.scene.index)).toEqual([1])
})

test.for(kinds)('%s shows no scene before or after its own frames, and one alone outside the transition', (kind) => {
  for (const frames of [2, 4, 12, 24]) {
    const scenes = pair(kind, frames)
    for (let frame = 0; frame < 100; frame++) {
      const layers = layersAt(scenes, frame)
      for (const layer of layers) {
        expect(frame).toBeGreaterThanOrEqual(layer.scene.firstFrame)
        expect(frame).toBeLessThanOrEqual(layer.scene.lastFrame)
        expect(layer.progress).toBeGreaterThanOrEqual(0)
        expect(layer.progress).toBeLessThanOrEqual(1)
      }
      if (frame >= 50 - frames / 2 && frame < 50 + frames / 2) continue
      const index = frame < 50 ? 0 : 1
      expect(layers).toMatchObject([{ scene: { index }, zoom: 1, light: 1 }])
      expect(layers[0]).not.toHaveProperty('join')
    }
  }
})

test('a crossfade is even at the cut, which lies between its two middle frames', () => {
  const weights = [49, 50].map((frame) => {
    const join = layersAt(pair('crossfade', 12), frame)[1]!.join!
    return join.kind === 'blend' ? join.weight : Number.NaN
  })
  expect(weights[0]! + weights[1]!).toBeCloseTo(1)
  expect(weights[1]).toBeGreaterThan(weights[0]!)
})

test('a dip is black in the two frames at the cut', () => {
  for (const frames of [2, 6, 12])
    for (const frame of [49, 50]) expect(layersAt(pair('dip', frames), frame)).toMatchObject([{ light: 0 }])
})

test('a zoom never shows less than what lies inside the pictures', () => {
  for (let frame = 44; frame < 56; frame++)
    for (const layer of layersAt(pair('zoom', 12), frame)) expect(layer.zoom).toBeGreaterThanOrEqual(1)
})

test('a wipe starts and ends outside the frame, and its edge is an eighth of the width', () => {
  const places = Array.from({ length: 1001 }, (_, place) => place / 1000)
  expect(places.map((across) => wipeWeight(0, across)).every((weight) => weight === 0)).toBe(true)
  expect(places.map((across) => wipeWeight(1, across)).every((weight) => weight === 1)).toBe(true)
  const soft = places.filter((across) => wipeWeight(0.5, across) > 0 && wipeWeight(0.5, across) < 1)
  expect(soft.length / 1000).toBeCloseTo(1 / 8, 2)
  expect(wipeWeight(0.5, 0.2)).toBe(1)
  expect(wipeWeight(0.5, 0.8)).toBe(0)
})

/** Two scenes of 50 frames each, and the transition between them centred on the cut. */
function pair(kind: TransitionId, frames: number): SceneOnScreen[] {
  return [scene(0, 0, 49 + frames / 2, 0, 'cut'), scene(1, 50 - frames / 2, 99, frames, kind)]
}

function scene(
  index: number,
  firstFrame: number,
  lastFrame: number,
  frames: number,
  kind: TransitionId,
): SceneOnScreen {
  const media = { kind: 'picture', key: `picture-${index}`, fit: 'cover' } as const
  return { index, firstFrame, lastFrame, motion: stillMotion, media, transition: { kind, frames } }
}
