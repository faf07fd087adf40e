// Which parts of the frame something is laid over (captions, card texts, watermark, logo, progress bar): a picture
// behind them may stand still or turn black while they go on changing, and the other way round.
import type { Timeline } from '../../core/timeline.ts'
import { logoArea } from '../overlay/logo.ts'
import { barHeightPx } from '../overlay/progress-bar.ts'

/** The frame's width and height are divided into so many. */
const CELLS = 32

/** 1 for each cell that is covered, row by row; plain data. Places are parts of the frame's width and height, 0…1. */
export type Cover = Uint8Array

/** Covered by what every frame has. */
export function coverOf({ width, height, logo, progressBar }: Timeline): Cover {
  const cover = new Uint8Array(CELLS * CELLS)
  const format = { widthPx: width, heightPx: height }
  if (logo) {
    const { left, top, right, bottom } = logoArea(format)
    addBox(cover, left / width, top / height, right / width, bottom / height)
  }
  if (progressBar) {
    const part = barHeightPx(format) / height
    if (progressBar.edge === 'top') addBox(cover, 0, 0, 1, part)
    else addBox(cover, 0, 1 - part, 1, 1)
  }
  return cover
}

/** With the cells around it: of captions, only some are drawn to see where they are. */
export function addToCover(cover: Cover, x: number, y: number): void {
  const around = 1 / CELLS
  addBox(cover, x - around, y - around, x + around, y + around)
}

export function isCovered(cover: Cover, x: number, y: number): boolean {
  return cover[cellOf(y) * CELLS + cellOf(x)] === 1
}

function addBox(cover: Cover, left: number, top: number, right: number, bottom: number): void {
  for (let y = cellOf(top); y <= cellOf(bottom); y++)
    cover.fill(1, y * CELLS + cellOf(left), y * CELLS + cellOf(right) + 1)
}

const cellOf = (part: number) => Math.max(0, Math.min(CELLS - 1, Math.floor(part * CELLS)))
