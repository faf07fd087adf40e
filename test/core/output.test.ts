import { describe, expect, it } from 'vitest'
import { type FormatId, formats } from '../../core/catalog.ts'
import { frameSize, type ResolutionId, resolutions } from '../../core/output.ts'

describe('frameSize', () => {
  it.each([
    ['9:16', '1080p', 1080, 1920],
    ['16:9', '4k', 3840, 2160],
    ['9:16', '720p', 720, 1280],
    ['1:1', '1440p', 1440, 1440],
  ] as const)('of %s in %s is %i by %i', (format, resolution, width, height) => {
    expect(frameSize(format, resolution)).toEqual({ width, height })
  })

  it('has even sides of the format’s shape', () => {
    for (const format of Object.keys(formats) as FormatId[])
      for (const resolution of Object.keys(resolutions) as ResolutionId[]) {
        const { width, height } = frameSize(format, resolution)
        expect([width % 2, height % 2]).toEqual([0, 0])
        expect(width / height).toBeCloseTo(formats[format].width / formats[format].height, 3)
      }
  })

  it('is the format’s own in 1080p', () => {
    for (const format of Object.keys(formats) as FormatId[])
      expect(formats[format]).toMatchObject(frameSize(format, '1080p'))
  })
})
