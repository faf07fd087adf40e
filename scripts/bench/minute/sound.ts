// A voice and a music bed as WAV files, by arithmetic. Nobody is meant to enjoy them: they have the levels, the
// syllables and the pauses that ducking and loudness work on.
import { open } from 'node:fs/promises'
import type { TimedWord } from '../../../core/timeline.ts'

const VOICE_HZ = 24_000
const MUSIC_HZ = 48_000
const SYLLABLE_MS = 180

/** One burst of harmonics for each syllable of each word, silence between words. */
export async function writeVoice(path: string, words: TimedWord[], durationMs: number): Promise<void> {
  const samples = new Int16Array(Math.ceil((durationMs * VOICE_HZ) / 1000))
  for (const { index, startMs, endMs } of words) {
    const first = Math.round((startMs * VOICE_HZ) / 1000)
    const count = Math.round(((endMs - startMs) * VOICE_HZ) / 1000)
    const syllables = Math.max(1, Math.round((endMs - startMs) / SYLLABLE_MS))
    const pitchHz = 115 + 12 * Math.sin(index * 1.7)
    for (let at = 0; at < count && first + at < samples.length; at++) {
      const envelope = Math.sin(Math.PI * (((at * syllables) / count) % 1)) ** 0.6
      samples[first + at] = 9000 * envelope * voiceAt(at / VOICE_HZ, pitchHz)
    }
  }
  await writeWav(path, { rateHz: VOICE_HZ, channels: 1 }, samples)
}

/** Overtones as a vowel has them. */
const OVERTONES = [1, 2, 3, 5, 6, 11, 17].map((number) => ({ number, level: 0.7 / Math.sqrt(number) }))

function voiceAt(timeS: number, pitchHz: number): number {
  return (
    OVERTONES.reduce(
      (sum, { number, level }) => sum + level * Math.sin(2 * Math.PI * pitchHz * number * timeS + number),
      0,
    ) / 2
  )
}

const CHORDS_HZ = [
  [220, 277.2, 329.6],
  [174.6, 220, 261.6],
  [196, 246.9, 293.7],
  [164.8, 207.7, 246.9],
]

/** 16 s, stereo, that loop: four chords with a beat. */
export async function writeMusic(path: string): Promise<void> {
  const chordS = 4
  const samples = new Int16Array(CHORDS_HZ.length * chordS * MUSIC_HZ * 2)
  for (let at = 0; at < samples.length; at++) {
    const timeS = Math.floor(at / 2) / MUSIC_HZ
    const chord = CHORDS_HZ[Math.floor(timeS / chordS)]!
    const inChordS = timeS % chordS
    const fade = Math.min(1, inChordS * 20, (chordS - inChordS) * 20)
    const tone = chord.reduce((sum, hz) => sum + Math.sin(2 * Math.PI * hz * timeS + (at % 2) * 0.6), 0) / 3
    const beat = Math.exp(-12 * (timeS % 0.5)) * Math.sin(2 * Math.PI * 60 * timeS)
    samples[at] = 9000 * (fade * tone + 0.6 * beat)
  }
  await writeWav(path, { rateHz: MUSIC_HZ, channels: 2 }, samples)
}

async function writeWav(path: string, { rateHz, channels }: { rateHz: number; channels: number }, samples: Int16Array) {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0)
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rateHz, 24)
  header.writeUInt32LE(rateHz * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(samples.byteLength, 40)
  await using file = await open(path, 'w')
  await file.writeFile(Buffer.concat([header, new Uint8Array(samples.buffer)]))
}
