import type { PictureQuality } from '../../core/models.ts'

type Shape = { widthPx: number; heightPx: number }

/** As the API wants it: '1152x2048'. Exactly the shape where the model allows it, else the nearest that it has. */
export function pictureSizeOf(model: string, quality: PictureQuality, { widthPx, heightPx }: Shape): string {
  const exact = anySize.test(model) ? exactSize(widthPx, heightPx, pixels[quality]) : undefined
  if (exact) return `${exact.widthPx}x${exact.heightPx}`
  const ratio = widthPx / heightPx
  return ratio < 1 / squarest ? '1024x1536' : ratio > squarest ? '1536x1024' : '1024x1024'
}

/** Documented of these alone: edges that 16 divides, no longer than 3:1, over 2560 × 1440 experimental. */
const anySize = /^gpt-image-2(?:\.5-(?:sunburst|flare))?(?:-\d{4}-\d\d-\d\d)?$/
const edgeStepPx = 16
const longestRatio = 3
/** 720 × 1280, 960 × 960; 1152 × 2048, 1536 × 1536. */
const pixels: Record<PictureQuality, number> = { low: 720 * 1280, medium: 1152 * 2048, high: 1152 * 2048 }
/** Halfway, in proportion, between 1:1 and 3:2. */
const squarest = Math.sqrt(1.5)

/** The largest with at most so many pixels, and no fewer than half; undefined when there is none. */
function exactSize(widthPx: number, heightPx: number, mostPixels: number): Shape | undefined {
  const common = divisorOf(widthPx, heightPx)
  const [across, down] = [widthPx / common, heightPx / common]
  if (Math.max(across / down, down / across) > longestRatio) return undefined
  // The smallest of this shape with both edges a multiple of the step.
  const unit = Math.max(edgeStepPx / divisorOf(edgeStepPx, across), edgeStepPx / divisorOf(edgeStepPx, down))
  const times = Math.floor(Math.sqrt(mostPixels / (across * down)) / unit) * unit
  const size = { widthPx: across * times, heightPx: down * times }
  return size.widthPx * size.heightPx >= mostPixels / 2 ? size : undefined
}

function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b)
}
