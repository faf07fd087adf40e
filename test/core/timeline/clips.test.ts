import { describe, expect, it } from 'vitest'
import { clipMedia } from '../../../core/timeline/clips.ts'

const clip = { kind: 'clip', key: 'c', durationMs: 4000 } as const
const sceneMs = 5000

describe('clipMedia', () => {
  it('trims a clip that is longer than it is seen', () => {
    expect(clipMedia({ ...clip, durationMs: 9000 }, sceneMs)).toEqual({
      kind: 'clip',
      key: 'c',
      fit: 'cover',
      fromMs: 0,
      speed: 1,
    })
  })

  it('slows down a clip that lasts for at least half of it, and repeats a shorter one', () => {
    expect(clipMedia(clip, sceneMs)).toMatchObject({ speed: 0.8 })
    expect(clipMedia({ ...clip, durationMs: 2500 }, sceneMs)).toMatchObject({ speed: 0.5 })
    expect(clipMedia({ ...clip, durationMs: 2499 }, sceneMs)).toMatchObject({ speed: 1, loopMs: 2499 })
  })

  it('counts from where in the clip it is to start', () => {
    expect(clipMedia({ ...clip, fromMs: 1000 }, sceneMs)).toMatchObject({ fromMs: 1000, speed: 0.6 })
    expect(clipMedia({ ...clip, fromMs: 3000 }, sceneMs)).toMatchObject({ fromMs: 3000, loopMs: 1000 })
  })

  it.each([
    ['trim', { speed: 1 }],
    ['loop', { speed: 1, loopMs: 1000 }],
    ['slow', { speed: 0.2 }],
  ] as const)('does as it is told: %s', (play, how) => {
    expect(clipMedia({ ...clip, durationMs: 1000, play }, sceneMs)).toEqual({
      kind: 'clip',
      key: 'c',
      fit: 'cover',
      fromMs: 0,
      ...how,
    })
  })

  it('neither repeats nor hurries what is long enough', () => {
    for (const play of ['loop', 'slow'] as const)
      expect(clipMedia({ ...clip, durationMs: 60_000, play }, sceneMs)).toMatchObject({ fromMs: 0, speed: 1 })
    expect(clipMedia({ ...clip, durationMs: 60_000, play: 'loop' }, sceneMs)).not.toHaveProperty('loopMs')
  })
})
