import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { transitions, type TransitionId } from '../../core/editing.ts'
import type { Motion } from '../../core/timeline.ts'
import { workingPicture } from '../../render-container/motion/view.ts'
import { createPainter, type PaintedScene } from '../../render-container/painter.ts'
import { scenesOnScreen } from '../../render-container/segments.ts'
import { panLeft, stillMotion, temporaryFolder, timelineOf, zoomIn } from './media.ts'

const size = { widthPx: 180, heightPx: 320 }
const kinds = Object.keys(transitions).filter((kind) => kind !== 'cut') as TransitionId[]
const turning: Motion = {
  kind: 'rotate-zoom',
  from: { zoom: 1.1, x: 0.5, y: 0.5, rotateDeg: -2 },
  to: { zoom: 1.3, x: 0.5, y: 0.5, rotateDeg: 2 },
}

test.for(kinds)('%s goes on from the frames before it and into those after it', async (kind) => {
  const scenes = await paintedScenes([30, 30], kind, [zoomIn, turning])
  const frames = paintAll(scenes, 60)
  const steps = frames.slice(1).map((frame, before) => distance(frames[before]!, frame))
  // The transition is 24…35: steps[23] leads into it, steps[35] out of it.
  const largest = Math.max(...steps.slice(24, 35))
  expect(steps[23]).toBeLessThan(Math.max(0.5 * largest, 1.5 * steps[22]!))
  expect(steps[35]).toBeLessThan(Math.max(0.5 * largest, 1.5 * steps[36]!))
  // And it is a transition: no step is most of the way from one scene to the other.
  expect(largest).toBeLessThan(0.8 * distance(frames[23]!, frames[36]!))
})

test('a frame is the same wherever painting starts', async () => {
  for (const kind of kinds) {
    const scenes = await paintedScenes([20, 20, 20], kind, [stillMotion, panLeft, turning])
    const whole = paintAll(scenes, 60)
    for (const frame of [0, 17, 20, 22, 37, 40, 59]) expect(paintOnce(scenes, frame)).toEqual(whole[frame])
  }
})

test('a still is the same in every frame, whatever was drawn over the one before', async () => {
  const scenes = await paintedScenes([10, 10], 'cut', [stillMotion])
  const painter = createPainter(scenes, size)
  const seen = [0, 1, 2, 10, 11, 12].map((frame) => {
    const copy = painter.paint(frame).slice()
    painter.kernel.frame().fill(0)
    return copy
  })
  painter.close()
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
  expect(seen[4]).toEqual(seen[3])
  expect(distance(seen[0]!, seen[3]!)).toBeGreaterThan(5)
})

test('scenes shorter than a segment follow each other in one painter', async () => {
  const scenes = await paintedScenes([4, 4, 4, 4, 4], 'crossfade', [zoomIn, stillMotion, panLeft], 2)
  const whole = paintAll(scenes, 20)
  for (const frame of [1, 5, 9, 13, 17]) expect(paintOnce(scenes, frame)).toEqual(whole[frame])
})

function paintAll(scenes: PaintedScene[], frames: number): Uint8Array[] {
  const painter = createPainter(scenes, size)
  const all = Array.from({ length: frames }, (_, frame) => painter.paint(frame).slice())
  painter.close()
  return all
}

function paintOnce(scenes: PaintedScene[], frame: number): Uint8Array {
  const painter = createPainter(scenes, size)
  const bytes = painter.paint(frame).slice()
  painter.close()
  return bytes
}

/** Mean difference of two frames' luma. */
function distance(a: Uint8Array, b: Uint8Array): number {
  const pixels = size.widthPx * size.heightPx
  let sum = 0
  for (let at = 0; at < pixels; at++) sum += Math.abs(a[at]! - b[at]!)
  return sum / pixels
}

/** Each scene has waves of its own. */
async function paintedScenes(lengths: number[], transition: TransitionId, motions: Motion[], fade = 12) {
  const folder = await temporaryFolder()
  const timeline = timelineOf(lengths, { width: size.widthPx, height: size.heightPx, fade, transition, motions })
  return Promise.all(
    scenesOnScreen(timeline).map(async (scene): Promise<PaintedScene> => {
      const { widthPx, heightPx, from, to } = workingPicture(scene.motion, { widthPx: 240, heightPx: 400 }, size)
      const planesPath = join(folder, `${scene.index}.yuv`)
      await writeFile(planesPath, waves(widthPx, heightPx, scene.index))
      return { ...scene, prepared: { kind: 'picture', planesPath, widthPx, heightPx, from, to } }
    }),
  )
}

function waves(widthPx: number, heightPx: number, seed: number): Uint8Array {
  const bytes = new Uint8Array((widthPx * heightPx * 3) / 2).fill(128 + seed)
  for (let y = 0; y < heightPx; y++)
    for (let x = 0; x < widthPx; x++)
      bytes[y * widthPx + x] = 120 + 60 * Math.sin(x / (40 + 9 * seed) + 2 * seed) + 40 * Math.cos(y / (50 - seed))
  return bytes
}
