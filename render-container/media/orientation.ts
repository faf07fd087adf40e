import { createCanvas, type Canvas, type Image } from '@napi-rs/canvas'

/** Where across and down go in the upright picture, by EXIF's orientation (2 to 8). */
const turns: Record<number, { across: [number, number]; down: [number, number] }> = {
  2: { across: [-1, 0], down: [0, 1] },
  3: { across: [-1, 0], down: [0, -1] },
  4: { across: [1, 0], down: [0, -1] },
  5: { across: [0, 1], down: [1, 0] },
  6: { across: [0, 1], down: [-1, 0] },
  7: { across: [0, -1], down: [-1, 0] },
  8: { across: [0, -1], down: [1, 0] },
}

/** The picture as it is meant to be seen; itself when it is not turned (1) or the value is none of EXIF's. */
export function turnedUpright(image: Image, orientation: number): Image | Canvas {
  const turn = turns[orientation]
  if (!turn) return image
  const { across, down } = turn
  const isLying = across[0] === 0
  const canvas = isLying ? createCanvas(image.height, image.width) : createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  const left = across[0] + down[0] < 0 ? canvas.width : 0
  const top = across[1] + down[1] < 0 ? canvas.height : 0
  context.setTransform(across[0], across[1], down[0], down[1], left, top)
  context.drawImage(image, 0, 0)
  return canvas
}
