import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { SoundTask } from '../../../render-container/sound/master.ts'
import { babble, chord, decodeSound, sharedChild, temporaryFolder, writeWav } from '../media.ts'

const RATE = 48_000
const run = sharedChild()
const voice = { rate: 16_000, channels: 1 }
const stereo = { rate: 48_000, channels: 2 }

test('narration over music ends up at -14 LUFS, as long as asked for, to the sample', async () => {
  const folder = await temporaryFolder()
  const made = await master({
    narrationPath: await writeWav(join(folder, 'voice.wav'), { ...voice, seconds: 6 }, babble),
    musicPath: await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 2 }, chord),
    seconds: 7.1,
    folder,
  })
  expect(made.integratedLufs).toBeCloseTo(-14, 0)
  expect(Math.abs(made.integratedLufs! + 14)).toBeLessThanOrEqual(0.5)
  // The file itself ends with a whole block; joining it to the picture cuts that.
  expect(made.samples.length - 7.1 * RATE).toBeLessThan(1024)
  expect(peakDb(made.samples)).toBeLessThan(-1)
})

test.for([
  ['music alone', undefined, 1],
  ['a quiet voice alone', 0.01, undefined],
  ['a clipped voice over loud music', 30, 5],
] as const)('%s is brought to -14 LUFS without peaks above -1 dB', async ([, voiceLevel, musicLevel]) => {
  const folder = await temporaryFolder()
  const made = await master({
    narrationPath:
      voiceLevel &&
      (await writeWav(join(folder, 'voice.wav'), { ...voice, seconds: 4 }, (t) => voiceLevel * babble(t))),
    musicPath:
      musicLevel &&
      (await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 3 }, (t, c) => musicLevel * chord(t, c))),
    seconds: 4,
    folder,
  })
  expect(Math.abs(made.integratedLufs! + 14)).toBeLessThanOrEqual(0.5)
  expect(peakDb(made.samples)).toBeLessThan(-1)
})

test('one second works, and no source at all gives a silent track', async () => {
  const folder = await temporaryFolder()
  const path = await writeWav(join(folder, 'voice.wav'), { ...voice, seconds: 1 }, babble)
  const short = await master({ narrationPath: path, musicPath: undefined, seconds: 1, folder })
  expect(Math.abs(short.integratedLufs! + 14)).toBeLessThanOrEqual(0.5)
  const silent = await master({ narrationPath: undefined, musicPath: undefined, seconds: 1, folder })
  expect(silent.integratedLufs).toBeUndefined()
  expect(silent.samples.length).toBeGreaterThanOrEqual(RATE)
  expect(Math.max(...silent.samples)).toBe(0)
})

test('every word stays where it was, within 5 ms, and the music goes down by 12 LU or more under it', async () => {
  const folder = await temporaryFolder()
  // A "word" of 1 kHz each second, from the half second on; the music has none of that frequency.
  const isWord = (t: number) => t % 1 >= 0.5 && t % 1 < 0.9
  const made = await master({
    narrationPath: await writeWav(join(folder, 'voice.wav'), { ...voice, seconds: 8 }, (t) =>
      isWord(t) ? 0.4 * Math.sin(2 * Math.PI * 1000 * t) : 0,
    ),
    musicPath: await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 8 }, chord),
    seconds: 8,
    folder,
  })
  for (let second = 1; second < 7; second++) {
    const words = toneLevels(made.samples, 1000, second + 0.3, second + 0.7, 0.004)
    const half = Math.max(...words.map(({ level }) => level)) / 2
    const onset = words.find(({ level }) => level >= half)!
    expect(Math.abs(onset.atS - (second + 0.5))).toBeLessThanOrEqual(0.005)
    // While the word is said, after the ducking has set in: the tone against the loudest note of the music.
    const [word, ...notes] = [1000, 220, 277, 330].map((hz) => tone(made.samples, hz, second + 0.65, second + 0.88))
    const music = Math.hypot(...notes)
    expect(20 * Math.log10(word! / music)).toBeGreaterThanOrEqual(12)
  }
})

test('music shorter than the video loops without a gap', async () => {
  const folder = await temporaryFolder()
  const made = await master({
    narrationPath: undefined,
    // 0.5 s holds whole waves of 440 Hz, so the loop is seamless in itself.
    musicPath: await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 0.5 }, (t) =>
      Math.sin(880 * Math.PI * t),
    ),
    seconds: 5,
    folder,
  })
  // Within the fades at both ends the level never changes by more than a hair.
  const levels = toneLevels(made.samples, 440, 1.2, 3.6, 0.025).map(({ level }) => level)
  expect(Math.min(...levels) / Math.max(...levels)).toBeGreaterThan(0.95)
})

async function master({
  folder,
  seconds,
  ...sources
}: Pick<SoundTask, 'narrationPath' | 'musicPath'> & { folder: string; seconds: number }) {
  const path = join(folder, 'sound.mp4')
  const task = { ...sources, samples: Math.round(seconds * RATE), path }
  const report = await run('sound', task, 'sound')
  return { ...report, samples: await decodeSound(path) }
}

const peakDb = (samples: Float32Array) =>
  20 * Math.log10(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0))

/** Amplitude of one frequency between two times (a single bin of a Fourier transform). */
function tone(samples: Float32Array, hz: number, fromS: number, toS: number): number {
  const [from, to] = [Math.round(fromS * RATE), Math.round(toS * RATE)]
  let [real, imaginary] = [0, 0]
  for (let at = from; at < to; at++) {
    real += samples[at]! * Math.cos((2 * Math.PI * hz * at) / RATE)
    imaginary += samples[at]! * Math.sin((2 * Math.PI * hz * at) / RATE)
  }
  return (2 * Math.hypot(real, imaginary)) / (to - from)
}

/** The level of one frequency over windows of this length, one each 0.5 ms, by the middle of the window. */
function toneLevels(samples: Float32Array, hz: number, fromS: number, toS: number, windowS: number) {
  return Array.from({ length: Math.floor((toS - fromS) / 0.0005) }, (_, index) => {
    const atS = fromS + index * 0.0005
    return { atS, level: tone(samples, hz, atS - windowS / 2, atS + windowS / 2) }
  })
}
