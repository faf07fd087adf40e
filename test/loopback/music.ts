import { mp3File } from './mp3.ts'

const rateHz = 44_100
/** A bar each: C, A minor, F, G. */
const chords = [
  [261.6, 329.6, 392],
  [220, 261.6, 329.6],
  [174.6, 261.6, 349.2],
  [196, 246.9, 392],
]
const barSeconds = 2
const made = new Map<number, Buffer>()

/** Something like music, stereo. The same length, the same bytes. */
export function musicMp3(lengthMs: number): Buffer {
  const known = made.get(lengthMs)
  if (known) return known
  const count = Math.round((lengthMs / 1000) * rateHz)
  const sides = loopSides().map((loop) => Float32Array.from({ length: count }, (_, at) => loop[at % loop.length]!))
  const bytes = mp3File(sides, rateHz)
  made.set(lengthMs, bytes)
  return bytes
}

function loopSides(): Float32Array[] {
  const bar = rateHz * barSeconds
  return [0, 1].map((side) =>
    Float32Array.from({ length: bar * chords.length }, (_, at) => {
      const swell = Math.sin((Math.PI * (at % bar)) / bar)
      const tones = chords[Math.floor(at / bar)]!
      return 0.1 * swell * tones.reduce((sum, hz) => sum + Math.sin((2 * Math.PI * hz * at) / rateHz + side), 0)
    }),
  )
}
