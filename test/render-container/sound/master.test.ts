import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { babble, chord, sharedChild, temporaryFolder, writeWav } from '../media.ts'
import { RATE, decibels, ffmpeg, master, momentaryLufs, noiseOf, onset, rmsDb, tone } from './listen.ts'

const run = sharedChild()
const { hear, measure } = ffmpeg()
const ears = { run, hear }
const voice = { rate: 16_000, channels: 1 }
const stereo = { rate: 48_000, channels: 2 }
const voiceAt = (folder: string, seconds: number, sampleAt = babble, name = 'voice.wav') =>
  writeWav(join(folder, name), { ...voice, seconds }, sampleAt)
const musicAt = (folder: string, seconds: number, sampleAt = chord, name = 'music.wav') =>
  writeWav(join(folder, name), { ...stereo, seconds }, sampleAt)
/** A word of 1 kHz each second, from the half second on. */
const words = (t: number) => (t % 1 >= 0.5 && t % 1 < 0.9 ? 0.4 * Math.sin(2 * Math.PI * 1000 * t) : 0)

test('narration over music ends up at -14 LUFS and under -1 dBTP, as long as asked for, and the same each time', async () => {
  const folder = await temporaryFolder()
  const parts = {
    narration: { path: await voiceAt(folder, 6), startMs: 300 },
    musicPath: await musicAt(folder, 2),
    effects: [{ kind: 'whoosh' as const, atMs: 3000 }],
    seconds: 7.1,
  }
  const made = await master(ears, folder, parts)
  expect(made.notices).toEqual([])
  expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.3)
  expect(Math.abs(made.integratedLufs! - made.lufs)).toBeLessThanOrEqual(0.1)
  expect(made.truePeakDb).toBeLessThanOrEqual(-1)
  // The file itself ends with a whole block; joining it to the picture cuts that.
  expect(made.mid.length).toBe(Math.ceil((7.1 * RATE) / 1024) * 1024)
  const bytes = await readFile(made.path)
  await master(ears, folder, parts)
  expect((await readFile(made.path)).equals(bytes)).toBe(true)
})

test.for([
  ['music alone', undefined, 1],
  ['a quiet voice alone', 0.01, undefined],
  ['a clipped voice over loud music', 30, 5],
  ['a voice 40 dB softer than its music', 0.02, 2],
] as const)('%s is brought to -14 LUFS without peaks above -1 dB', async ([, voiceLevel, musicLevel]) => {
  const folder = await temporaryFolder()
  const path = voiceLevel && (await voiceAt(folder, 4, (t) => voiceLevel * babble(t)))
  const musicPath = musicLevel && (await musicAt(folder, 3, (t, c) => musicLevel * chord(t, c)))
  const made = await master(ears, folder, { narration: path ? { path, startMs: 0 } : undefined, musicPath, seconds: 4 })
  expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
  expect(made.truePeakDb).toBeLessThanOrEqual(-1)
})

test('bursts of noise, to whose peaks AAC adds most, stay under -1 dBTP', async () => {
  const folder = await temporaryFolder()
  const noise = noiseOf(1)
  const path = await voiceAt(folder, 5, (t) => (t % 1 < 0.3 ? 0.5 * noise() : 0.001 * noise()))
  const made = await master(ears, folder, { narration: { path, startMs: 0 }, seconds: 5 })
  expect(Math.abs(made.lufs + 14)).toBeLessThanOrEqual(0.5)
  expect(made.truePeakDb).toBeLessThanOrEqual(-1)
})

test('0.3 s works; silence, a silent narration and a narration after the end give a silent track', async () => {
  const folder = await temporaryFolder()
  const path = await voiceAt(folder, 0.3)
  const short = await master(ears, folder, { narration: { path, startMs: 0 }, seconds: 0.3 })
  expect(rmsDb(short.mid, 0, 0.3)).toBeGreaterThan(-24)
  expect(short.truePeakDb).toBeLessThanOrEqual(-1)
  const silent = await voiceAt(folder, 1, () => 0, 'silent.wav')
  for (const narration of [undefined, { path: silent, startMs: 0 }, { path, startMs: 2000 }]) {
    const made = await master(ears, folder, { narration, seconds: 1 })
    expect(made.integratedLufs).toBeUndefined()
    expect(made.mid.length).toBeGreaterThanOrEqual(RATE)
    expect(Math.max(...made.mid)).toBe(0)
  }
})

test('every word starts within 2 ms of where it must, with music, effects and a narration that starts late', async () => {
  const folder = await temporaryFolder()
  const made = await master(ears, folder, {
    narration: { path: await voiceAt(folder, 8, words), startMs: 1234 },
    musicPath: await musicAt(folder, 3),
    effects: [2100, 4700, 6000].map((atMs) => ({ kind: 'whoosh', atMs })),
    seconds: 9.5,
  })
  for (let second = 0; second < 8; second++) {
    const wanted = second + 0.5 + 1.234
    expect(Math.abs(onset(made.mid, 1000, wanted) - wanted), `word ${second}`).toBeLessThanOrEqual(0.002)
  }
})

test('levelling moves no word by as much as 1 ms', async () => {
  const folder = await temporaryFolder()
  const quietFrom4 = (t: number) => words(t) * (t > 4 ? 0.2 : 1)
  const made = await master(ears, folder, {
    narration: { path: await voiceAt(folder, 8, quietFrom4), startMs: 0 },
    seconds: 8,
  })
  for (let second = 0; second < 8; second++)
    expect(Math.abs(onset(made.mid, 1000, second + 0.5) - second - 0.5)).toBeLessThan(0.001)
})

test('the narration is at least 12 LU above the music while it speaks, also softly over music that swells', async () => {
  const folder = await temporaryFolder()
  // The music is each channel's opposite, so both can be heard apart afterwards.
  const swelling = (t: number, channel: number) => {
    const swell = t % 4 > 2 ? 1 : 0.15
    return (channel ? -1 : 1) * swell * chord(t, 0)
  }
  const softer = (t: number) => babble(t) * (t > 6 && t < 10 ? 0.25 : 1)
  const made = await master(ears, folder, {
    narration: { path: await voiceAt(folder, 12, softer), startMs: 2000 },
    musicPath: await musicAt(folder, 12, swelling),
    seconds: 16,
  })
  const [spoken, music] = [momentaryLufs(made.mid), momentaryLufs(made.side)]
  let closest = Infinity
  // The babble pauses in the last half second of every three; windows are 0.4 s long.
  for (const [at, lufs] of spoken.entries()) {
    const t = at / 10 - 2
    if (t >= 0 && t < 11.5 && t % 3 < 2) closest = Math.min(closest, lufs - music[at]!)
  }
  expect(closest).toBeGreaterThanOrEqual(12)
  // Before and after it, the music is there: it was ducked, not left out.
  expect(music[13]!).toBeGreaterThan(music[40]! + 6)
})

test('a long quiet passage is lifted, and a narration has the same level however loud it was recorded', async () => {
  const folder = await temporaryFolder()
  const quietAfter6 = (t: number) => babble(t) * (t > 6 ? 0.25 : 1)
  const level = async (gain: number) => {
    const path = await voiceAt(folder, 12, (t) => gain * quietAfter6(t))
    const { mid } = await master(ears, folder, { narration: { path, startMs: 0 }, seconds: 12 })
    return { loud: rmsDb(mid, 0, 3), quiet: rmsDb(mid, 9, 12) }
  }
  const [loud, soft] = [await level(1), await level(0.03)]
  expect(loud.loud - loud.quiet).toBeLessThan(5) // 12 dB before
  expect(loud.quiet).toBeLessThan(loud.loud)
  expect(Math.abs(loud.loud - soft.loud)).toBeLessThan(0.5)
  expect(Math.abs(loud.quiet - soft.quiet)).toBeLessThan(0.5)
})

test('DC, rumble, hum and the hiss in pauses go down, and a clean pause stays silent', async () => {
  const folder = await temporaryFolder()
  const noise = noiseOf(7)
  const made = async (extra: (t: number) => number) => {
    const path = await voiceAt(folder, 6, (t) => words(t) + extra(t))
    return master(ears, folder, { narration: { path, startMs: 0 }, seconds: 6 })
  }
  const humming = await made((t) => 0.1 + 0.05 * Math.sin(100 * Math.PI * t) + 0.05 * Math.sin(40 * Math.PI * t))
  const word = tone(humming.mid, 1000, 2.55, 2.85)
  expect(Math.abs(humming.mid.reduce((sum, sample) => sum + sample, 0) / humming.mid.length)).toBeLessThan(1e-3)
  // Before: 18 dB under the word.
  expect(decibels(tone(humming.mid, 50, 2, 3) / word)).toBeLessThan(-31)
  expect(decibels(tone(humming.mid, 20, 2, 3) / word)).toBeLessThan(-60)
  const hissing = await made(() => 0.004 * noise())
  const clean = await made(() => 0)
  // Under the word the noise would be as it was: 40 dB less than its 0.28 (RMS), without any gain.
  expect(rmsDb(hissing.mid, 2.2, 2.3) - rmsDb(hissing.mid, 2.55, 2.85)).toBeLessThan(-36 - 5)
  expect(rmsDb(clean.mid, 2.2, 2.3)).toBeLessThan(-70)
})

test('a whoosh is loudest at its time, heard in a gap, 10 LU under the narration, and never within a second of another', async () => {
  const folder = await temporaryFolder()
  const path = await voiceAt(folder, 8, (t) => (t < 3 ? babble(t % 2.5) : 0))
  const times = [5000, 5400, 6999, 7200]
  const effects = times.map((atMs) => ({ kind: 'whoosh' as const, atMs }))
  const made = await master(ears, folder, { narration: { path, startMs: 0 }, effects, seconds: 8 })
  const left = made.mid.map((mid, at) => Math.hypot(mid, made.side[at]!))
  const loudest = (fromS: number, toS: number) => {
    const windows = Array.from({ length: (toS - fromS) * 200 }, (_, at) => fromS + at / 200)
    return windows.toSorted((a, b) => rmsDb(left, b, b + 0.02) - rmsDb(left, a, a + 0.02))[0]! + 0.01
  }
  expect(Math.abs(loudest(4, 6) - 5)).toBeLessThan(0.02)
  expect(Math.abs(loudest(6, 8) - 6.999)).toBeLessThan(0.02)
  expect(rmsDb(left, 5.5, 6.5)).toBeLessThan(-75)
  const levels = momentaryLufs(left)
  const [speech, effect] = [Math.max(...levels.slice(0, 25)), Math.max(...levels.slice(40))]
  expect(speech - effect).toBeGreaterThanOrEqual(10)
  expect(effect).toBeGreaterThan(-32)
})

test('a hundred effects and nothing else stay as soft as they are beside a narration', async () => {
  const folder = await temporaryFolder()
  const made = await master(ears, folder, {
    effects: Array.from({ length: 100 }, (_, at) => ({ kind: 'whoosh' as const, atMs: at * 100 })),
    seconds: 10,
  })
  expect(made.lufs).toBeLessThan(-24)
  expect(made.truePeakDb).toBeLessThan(-6)
})

test('memory does not grow with the length', async () => {
  const folder = await temporaryFolder()
  const path = await voiceAt(folder, 30)
  const task = { narration: { path, startMs: 0 }, musicPath: path, clipSounds: [], effects: [] }
  const made = (seconds: number) => measure({ ...task, samples: seconds * RATE, path: join(folder, 'sound.m4a') })
  await made(3) // loads everything
  const short = await made(3)
  const long = await made(30)
  // Decoded, its three sources and the mix would be 35 MB.
  expect(long.rssMb - short.rssMb).toBeLessThan(20)
})
