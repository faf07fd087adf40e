// Draws frames: the picture of each scene on screen at its place in its motion, crossfades mixed.
import { readFileSync } from 'node:fs'
import type { PreparedPicture } from './pictures.ts'
import { layersAt, type SceneOnScreen } from './segments.ts'
import { createKernel, type Source } from './motion/kernel.ts'
import { between } from './motion/view.ts'

/** One of a segment's scenes with its planes. */
export type PaintedScene = SceneOnScreen & { picture: PreparedPicture }

/**
 * Gives a function that draws one frame as YUV 4:2:0 planes; they are good until it is called again. It holds two
 * pictures at a time, all that a crossfade needs.
 */
export function createPainter(
  scenes: PaintedScene[],
  size: { widthPx: number; heightPx: number },
): (frame: number) => Uint8Array {
  const kernel = createKernel(size.widthPx, size.heightPx)
  const held: { path: string; source: Source }[] = []
  const pictures = new Map(scenes.map((scene) => [scene.index, scene.picture]))

  function sourceOf(scene: number, picture: PreparedPicture): Source {
    const slot = scene % 2 === 0 ? 0 : 1
    const before = held[slot]
    if (before?.path === picture.planesPath) return before.source
    const source = kernel.load(slot, { ...picture, bytes: readFileSync(picture.planesPath) })
    held[slot] = { path: picture.planesPath, source }
    return source
  }

  return (frame) => {
    for (const [order, { scene, progress, weight }] of layersAt(scenes, frame).entries()) {
      const picture = pictures.get(scene.index)!
      kernel.draw(sourceOf(scene.index, picture), between(picture.from, picture.to, progress), order === 0 ? 0 : 1)
      if (order > 0) kernel.blend(weight)
    }
    return kernel.frame()
  }
}
