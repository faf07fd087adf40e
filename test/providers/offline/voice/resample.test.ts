import { expect, test } from 'vitest'
import { playFaster } from '../../../../providers/offline/voice/resample.ts'

const tone = (hz: number, samples: number) =>
  Float32Array.from({ length: samples }, (_, i) => Math.sin((2 * Math.PI * hz * i) / 16_000))
const level = (sound: Float32Array) => Math.sqrt(sound.reduce((sum, x) => sum + x * x, 0) / sound.length)

test('a tone played 8 % faster is 8 % higher and as loud', () => {
  const faster = playFaster(tone(1000, 16_000), 1.08)
  expect(faster.length).toBe(14_814)
  const wanted = tone(1080, faster.length)
  const inside = (sound: Float32Array) => sound.subarray(50, -50)
  const error = inside(faster).map((x, i) => x - inside(wanted)[i]!)
  expect(level(error)).toBeLessThan(0.005)
})

test('what would fold back below half the rate is taken away', () => {
  expect(level(playFaster(tone(7900, 16_000), 1.3).subarray(100, -100))).toBeLessThan(0.02)
})
