import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { babble, chord, sharedChild, temporaryFolder, writeWav } from '../media.ts'
import { decibels, ffmpeg, master, momentaryLufs, onset, rmsDb, tone } from './listen.ts'

const run = sharedChild()
const { hear, make } = ffmpeg()
const ears = { run, hear }
const mono = { rate: 48_000, channels: 1 }
const stereo = { rate: 48_000, channels: 2 }
const a440 = (seconds: number, rate = 44_100, layout = 'stereo') =>
  `sine=f=440:r=${rate}:d=${seconds},aformat=channel_layouts=${layout}`

test.for([
  ['mp3', 'mp3', 'libmp3lame', a440(2)],
  ['m4a', 'mp4', 'aac', a440(2)],
  ['flac', 'flac', 'flac', a440(2, 96_000)],
  ['ogg', 'ogg', 'libvorbis', a440(2, 48_000)],
  ['opus', 'ogg', 'libopus', a440(2, 48_000)],
  ['wav', 'wav', 'pcm_u8', a440(2, 8000, 'mono')],
  ['wav', 'wav', 'pcm_f32le', a440(2, 22_050, 'mono')],
  ['wav', 'wav', 'pcm_s24le', a440(2, 48_000, '5.1')],
  ['aac', 'adts', 'aac', a440(2, 32_000)],
] as const)(
  'music as %s (%s, %s) is looped at one level, without a notice',
  async ([extension, format, codec, graph]) => {
    const folder = await temporaryFolder()
    const musicPath = await make({ sound: { graph, codec }, format, path: join(folder, `music.${extension}`) })
    const made = await master(ears, folder, { musicPath, seconds: 7 })
    expect(made.notices).toEqual([])
    expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
    const levels = Array.from({ length: 50 }, (_, at) => rmsDb(made.mid, 1 + at / 20, 1.05 + at / 20))
    expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(2)
  },
)

test('music with a cover picture is heard', async () => {
  const folder = await temporaryFolder()
  const musicPath = await make({
    sound: { graph: a440(2), codec: 'libmp3lame' },
    picture: { graph: 'color=red:s=64x64:r=25:d=0.04,format=yuvj420p', codec: 'mjpeg' },
    isCover: true,
    format: 'mp3',
    path: join(folder, 'music.mp3'),
  })
  const made = await master(ears, folder, { musicPath, seconds: 2 })
  expect(made.notices).toEqual([])
  expect(tone(made.mid, 440, 0.9, 1.2)).toBeGreaterThan(0.1)
})

test('a piece made to loop goes round without any change of level, also one shorter than a second', async () => {
  const folder = await temporaryFolder()
  // 0.5 s holds whole waves of 440 Hz.
  const musicPath = await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 0.5 }, (t) =>
    Math.sin(880 * Math.PI * t),
  )
  const made = await master(ears, folder, { musicPath, seconds: 5 })
  const levels = Array.from({ length: 90 }, (_, at) => tone(made.mid, 440, 1 + at / 50, 1.025 + at / 50))
  expect(Math.min(...levels) / Math.max(...levels)).toBeGreaterThan(0.98)
  // A click would be in every frequency.
  expect(decibels(tone(made.mid, 7000, 1, 3) / tone(made.mid, 440, 1, 3))).toBeLessThan(-60)
})

test('silence around music is skipped, a fade at its end is bridged, and both ends of the video are soft', async () => {
  const folder = await temporaryFolder()
  const musicPath = await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 8 }, (t, channel) =>
    t < 2 || t > 7 ? 0 : Math.min(1, (7 - t) / 1.5) * 2 * chord(t, channel),
  )
  const made = await master(ears, folder, { musicPath, seconds: 12 })
  const levels = momentaryLufs(made.mid).slice(8, -25)
  expect(Math.max(...levels) - Math.min(...levels)).toBeLessThan(8)
  expect(rmsDb(made.mid, 0, 0.02)).toBeLessThan(rmsDb(made.mid, 2, 4) - 25)
  expect(rmsDb(made.mid, 11.97, 11.99)).toBeLessThan(rmsDb(made.mid, 2, 4) - 25)
})

test('sound in the left channel only is heard on both sides, and channels that cancel each other out are heard', async () => {
  const folder = await temporaryFolder()
  const path = await writeWav(join(folder, 'left.wav'), { ...stereo, seconds: 3 }, (t, c) => (c ? 0 : babble(t)))
  const opposite = await writeWav(join(folder, 'opposite.wav'), { ...stereo, seconds: 3 }, (t, c) =>
    c ? -babble(t) : babble(t),
  )
  for (const parts of [
    { narration: { path, startMs: 0 } },
    { musicPath: path },
    { narration: { path: opposite, startMs: 0 } },
  ]) {
    const made = await master(ears, folder, { ...parts, seconds: 3 })
    expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
    expect(rmsDb(made.side, 0, 3)).toBeLessThan(rmsDb(made.mid, 0, 3) - 40)
  }
})

test.for([
  ['wav', 'wav', 'pcm_s16le', 0.5],
  ['flac', 'flac', 'flac', 0.5],
  ['m4a', 'mp4', 'aac', 0.5],
] as const)(
  'of a %s file that breaks off, what is there is used, with a notice',
  async ([extension, format, codec, share]) => {
    const folder = await temporaryFolder()
    const path = join(folder, `music.${extension}`)
    await make({ sound: { graph: `${a440(8)},volume=0.5`, codec }, format, path: `${path}.whole` })
    const whole = await readFile(`${path}.whole`)
    await writeFile(path, whole.subarray(0, whole.length * share))
    const made = await master(ears, folder, { musicPath: path, seconds: 6 })
    expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
    expect(made.notices).toEqual([expect.stringMatching(/^the music breaks off after [34]\.\d s/)])
  },
)

test('a file that is no sound is named by its role', async () => {
  const folder = await temporaryFolder()
  const path = join(folder, 'music.mp3')
  await writeFile(path, 'this is not a sound '.repeat(100))
  await expect(master(ears, folder, { musicPath: path, seconds: 1 })).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^the music cannot be decoded/),
  })
  await expect(master(ears, folder, { narration: { path, startMs: 0 }, seconds: 1 })).rejects.toThrow(
    /^the narration cannot be decoded/,
  )
  const clip = { path, fromMs: 0, startMs: 0, durationMs: 1000 }
  await expect(master(ears, folder, { clipSounds: [clip], seconds: 1 })).rejects.toThrow(/^the clip at 0.0 s cannot/)
  const missing = join(folder, 'missing.wav')
  await expect(master(ears, folder, { musicPath: missing, seconds: 1 })).rejects.toThrow(/^the music cannot be decoded/)
})

test("clips are heard from their place on at the narration's level, and the music is silent meanwhile", async () => {
  const folder = await temporaryFolder()
  const picture = { graph: 'color=red:s=64x64:r=25:d=4', codec: 'libx264' }
  // Soft, and a beep of 2 kHz at 2.5 s.
  const sound = {
    graph: "aevalsrc='0.02*sin(2*PI*700*t)+if(between(t,2.5,2.6),0.2*sin(2*PI*2000*t),0)':s=44100:d=4",
    codec: 'aac',
  }
  const intro = await make({ sound, picture, format: 'mp4', path: join(folder, 'intro.mp4') })
  const mute = await make({ picture, format: 'mp4', path: join(folder, 'mute.mp4') })
  const narration = await writeWav(join(folder, 'voice.wav'), { ...mono, seconds: 4 }, babble)
  const musicPath = await writeWav(join(folder, 'music.wav'), { ...stereo, seconds: 6 }, chord)
  const made = await master(ears, folder, {
    narration: { path: narration, startMs: 3500 },
    musicPath,
    clipSounds: [
      { path: intro, fromMs: 1500, startMs: 0, durationMs: 3000 },
      { path: mute, fromMs: 0, startMs: 9000, durationMs: 1000 },
    ],
    seconds: 10,
  })
  expect(made.notices).toEqual([])
  expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
  expect(Math.abs(onset(made.mid, 2000, 1) - 1)).toBeLessThanOrEqual(0.002)
  const levels = momentaryLufs(made.mid)
  expect(Math.abs(Math.max(...levels.slice(0, 20)) - Math.max(...levels.slice(36, 70)))).toBeLessThan(6)
  for (const hz of [220, 277, 330]) {
    expect(decibels(tone(made.mid, hz, 0.2, 2.4))).toBeLessThan(-70)
    expect(decibels(tone(made.mid, hz, 9.05, 9.95))).toBeLessThan(-70)
    expect(decibels(tone(made.mid, hz, 7.9, 8.5))).toBeGreaterThan(-45)
  }
})
