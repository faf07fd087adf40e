// Draws frames: each scene on screen at its place in its motion or its clip, and the transitions between them.
import { readFileSync } from 'node:fs'
import { openClip } from './media/clip.ts'
import type { PreparedClip, PreparedMedia, PreparedPicture } from './media/prepared.ts'
import { createKernel, type Filter, type Kernel, type Source } from './motion/kernel.ts'
import { between, zoomed, type Rectangle } from './motion/view.ts'
import type { SceneOnScreen } from './segments.ts'
import { layersAt, wipeWeight, type Layer } from './transitions.ts'

/** One of a segment's scenes with what it shows. */
export type PaintedScene = SceneOnScreen & { prepared: PreparedMedia }

export type Painter = {
  /** Draws a frame of the video: the kernel's frame 0, good until the next call; it may be drawn over. */
  paint: (frame: number) => Uint8Array
  kernel: Kernel
  /** Ends what reads the clips, and the kernel. */
  close: () => void
}

/** It holds two pictures at a time, all that a transition needs. */
export function createPainter(
  scenes: PaintedScene[],
  size: { widthPx: number; heightPx: number },
  filter?: Filter,
): Painter {
  const kernel = createKernel(size.widthPx, size.heightPx, filter)
  const pictures = createPair<Source>()
  const stills = createPair<number>()
  const clips = new Map<number, ReturnType<typeof openClip>>()

  function drawPicture({ scene, progress, zoom }: Layer, picture: PreparedPicture, onto: 0 | 1): void {
    const seen = between(picture.from, picture.to, progress)
    if (zoom === 1 && isSame(picture.from, picture.to)) drawStill(scene.index, picture, onto)
    else kernel.draw(sourceOf(scene.index, picture), zoomed(seen, zoom), onto)
  }

  /** What does not move is drawn once and copied from then on. */
  function drawStill(scene: number, picture: PreparedPicture, onto: 0 | 1): void {
    const bytes = kernel.frame().length
    const held = stills.find(scene)
    if (held !== undefined) return kernel.copy(new Uint8Array(kernel.memory.buffer, held, bytes), onto)
    kernel.draw(sourceOf(scene, picture), picture.from, onto)
    const address = stills.replace(scene, (_slot, before) => before ?? kernel.reserve(bytes))
    new Uint8Array(kernel.memory.buffer, address, bytes).set(kernel.frame(onto))
  }

  function sourceOf(scene: number, picture: PreparedPicture): Source {
    const load = (slot: number) => kernel.load(slot, { ...picture, bytes: readFileSync(picture.planesPath) })
    return pictures.find(scene) ?? pictures.replace(scene, load)
  }

  function drawClip({ scene, zoom }: Layer, clip: PreparedClip, frame: number, onto: 0 | 1): void {
    if (!clips.has(scene.index)) clips.set(scene.index, openClip(clip))
    const bytes = clips.get(scene.index)!.planesAt(frame - scene.firstFrame)
    if (zoom === 1) return kernel.copy(bytes, onto)
    const whole = { left: 0, top: 0, width: size.widthPx, height: size.heightPx }
    const source = pictures.replace(undefined, (slot) => kernel.load(slot, { ...size, bytes }))
    kernel.draw(source, zoomed(whole, zoom), onto)
  }

  function drawLayer(layer: Layer<PaintedScene>, frame: number, onto: 0 | 1): void {
    const { prepared } = layer.scene
    if (prepared.kind === 'clip') drawClip(layer, prepared, frame, onto)
    else drawPicture(layer, prepared, onto)
    const { join, light } = layer
    if (join?.kind === 'blend') kernel.blend(join.weight)
    if (join?.kind === 'push') kernel.push(join.part)
    if (join?.kind === 'wipe') kernel.blend((across) => wipeWeight(join.part, across))
    if (light === 1) return
    kernel.blacken(1)
    kernel.blend(1 - light)
  }

  return {
    paint: (frame) => {
      const layers = layersAt(scenes, frame)
      for (const [order, layer] of layers.entries()) drawLayer(layer, frame, order === 0 ? 0 : 1)
      return kernel.frame()
    },
    kernel,
    close: () => {
      for (const clip of clips.values()) clip.close()
      clips.clear()
      kernel.close()
    },
  }
}

function isSame(a: Rectangle, b: Rectangle): boolean {
  const edges = ['left', 'top', 'width', 'height'] as const
  return edges.every((edge) => a[edge] === b[edge]) && (a.rotateDeg ?? 0) === (b.rotateDeg ?? 0)
}

/** Two places for what the scenes on screen need; something new goes where the last one used does not lie. */
function createPair<Held>() {
  const held: { key: number | undefined; value: Held }[] = []
  let last = 1
  return {
    find: (key: number): Held | undefined => {
      const slot = held.findIndex((one) => one?.key === key)
      if (slot >= 0) last = slot
      return held[slot]?.value
    },
    /** `make` is given the place, and what was held there. Without a key it will not be found again. */
    replace: (key: number | undefined, make: (slot: number, before: Held | undefined) => Held): Held => {
      last = 1 - last
      const value = make(last, held[last]?.value)
      held[last] = { key, value }
      return value
    },
  }
}
