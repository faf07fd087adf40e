// What the finished file may be: how many pixels, how many frames, which codec, how good.
import type { FormatId } from './catalog.ts'
import { formats } from './catalog.ts'

/** By the shorter side, in pixels, as platforms name them. */
export const resolutions = {
  '720p': { name: '720p', aliases: ['HD'], shortSidePx: 720 },
  '1080p': { name: '1080p', aliases: ['Full HD'], shortSidePx: 1080 },
  '1440p': { name: '1440p', aliases: ['2K', 'QHD'], shortSidePx: 1440 },
  '4k': { name: '4K', aliases: ['2160p', 'UHD'], shortSidePx: 2160 },
} as const
export type ResolutionId = keyof typeof resolutions
export const defaultResolution: ResolutionId = '1080p'

export const frameRates = [24, 25, 30, 50, 60] as const
export type FrameRate = (typeof frameRates)[number]
export const defaultFrameRate: FrameRate = 30

export const codecs = {
  h264: { name: 'H.264', aliases: ['AVC'], description: 'plays everywhere' },
  hevc: {
    name: 'HEVC',
    aliases: ['H.265', 'h265'],
    description: 'smaller files, slower to make; plays on most devices of the last years',
  },
  av1: { name: 'AV1', description: 'the smallest files; plays in current browsers' },
} as const
export type CodecId = keyof typeof codecs
export const defaultCodec: CodecId = 'h264'

export const qualities = {
  draft: { name: 'Draft', description: 'for a look at it: in less than half the time' },
  standard: { name: 'Standard', description: 'for the platforms, which encode it again' },
  high: { name: 'High', description: 'for keeping: finer, larger and slower to make' },
} as const
export type QualityId = keyof typeof qualities
export const defaultQuality: QualityId = 'standard'

/** Width and height in pixels; always even. */
export function frameSize(format: FormatId, resolution: ResolutionId): { width: number; height: number } {
  const { width, height } = formats[format]
  const scale = resolutions[resolution].shortSidePx / Math.min(width, height)
  return { width: 2 * Math.round((width * scale) / 2), height: 2 * Math.round((height * scale) / 2) }
}
