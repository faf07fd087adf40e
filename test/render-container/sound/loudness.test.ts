import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createMeter, integratedLufs } from '../../../render-container/sound/loudness.ts'
import { createPeakMeter } from '../../../render-container/sound/true-peak.ts'
import { babble, chord, temporaryFolder, writeWav } from '../media.ts'
import { RATE, decibels, ffmpeg, noiseOf } from './listen.ts'

const { hear } = ffmpeg()

/** In pieces of whole blocks, as files are read. */
function measured(seconds: number, sampleAt: (timeS: number, channel: number) => number) {
  const count = Math.round(seconds * RATE)
  const samples = Float32Array.from({ length: 2 * count }, (_, at) => sampleAt((at >> 1) / RATE, at & 1))
  const powers = new Float32Array(Math.ceil(count / 32))
  const meter = createMeter(2, powers)
  const peaks = createPeakMeter(new Float32Array(powers.length + 1), 0.1)
  for (let at = 0; at < samples.length; at += 2 * 3200) {
    meter(samples.subarray(at, at + 2 * 3200))
    peaks.push(samples.subarray(at, at + 2 * 3200))
  }
  return { lufs: integratedLufs(powers), truePeakDb: decibels(Math.max(...peaks.end())) }
}

/** How far a tone that is suddenly there overshoots is a matter of the meter's filter. */
const soft = (t: number) => Math.min(1, 10 * t, 10 * (SECONDS - t))

const SECONDS = 4
let noise = noiseOf(3)

test.for([
  ['babble', (t: number) => babble(t)],
  ['a chord, louder in the second half', (t: number, c: number) => chord(t, c) * (t > 2 ? 2 : 0.1)],
  ['one channel', (t: number, c: number) => (c ? 0 : babble(t))],
  ['a tone of a quarter of the rate', (t: number) => soft(t) * 0.5 * Math.sin(24_000 * Math.PI * t + Math.PI / 4)],
  ['a high tone', (t: number) => soft(t) * 0.5 * Math.sin(2 * Math.PI * 17_001 * t)],
  ['clicks', (t: number) => (t % 0.5 < 1 / RATE ? 0.8 : 0.001 * noise())],
  ['noise', (t: number) => 0.4 * noise() * (t % 1)],
] as const)("loudness and true peak of %s agree with FFmpeg's meter", async ([, sampleAt]) => {
  const folder = await temporaryFolder()
  noise = noiseOf(3)
  const path = await writeWav(join(folder, 'sound.wav'), { rate: RATE, channels: 2, seconds: SECONDS }, sampleAt)
  noise = noiseOf(3)
  const [ours, theirs] = [measured(SECONDS, sampleAt), await hear(path)]
  expect(Math.abs(ours.lufs! - theirs.lufs)).toBeLessThan(0.06)
  expect(Math.abs(ours.truePeakDb - theirs.truePeakDb)).toBeLessThan(0.15)
})

test('silence has no loudness, and less than 0.4 s has that of all there is', () => {
  expect(measured(1, () => 0).lufs).toBeUndefined()
  expect(measured(1, () => 1e-5).lufs).toBeUndefined()
  expect(measured(0.2, (t) => 0.5 * Math.sin(2000 * Math.PI * t)).lufs).toBeCloseTo(-6, 0)
})
