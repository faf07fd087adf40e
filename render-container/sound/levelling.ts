// The narration's gain over time: quiet passages lifted, loud words held, hiss between sentences turned down. Worked
// out from its levels before it is played, so nothing is delayed and no word moves.
import { BLOCKS_PER_SECOND, gained, linear, smoothed } from './blocks.ts'
import { NARRATION_LUFS } from './chain.ts'
import { integratedLufs, lufsOf, momentaryPowers } from './loudness.ts'

export type LevelledVoice = {
  /** On the edges of its blocks. */
  gains: Float32Array
  /** K-weighted, with the gains. */
  powers: Float32Array
  /** By block: 1 while somebody speaks, pauses for breath included. */
  isSpeech: Uint8Array
}

/** Where the compressor gets it: loud words are held, quiet ones left alone. */
const COMPRESSED_FROM_LUFS = -20
const THRESHOLD_LUFS = -21
const RATIO = 3
const KNEE_DB = 6
const ATTACK_S = 0.008
const RELEASE_S = 0.12

/** Undefined for silence. `powers` are K-weighted, by block. */
export function levelVoice(powers: Float32Array): LevelledVoice | undefined {
  const overall = integratedLufs(powers)
  if (overall === undefined) return undefined
  const speech = speechGate(powers, overall)
  const isSpeech = speechOf(powers, speech.gateLufs)
  const level = levelGains(powers, speech, isSpeech)
  const before = scaledTo(level, powers, COMPRESSED_FROM_LUFS)
  const held = compressed(before, gained(powers, before))
  const gains = scaledTo(held, powers, NARRATION_LUFS)
  return { gains, powers: gained(powers, gains), isSpeech }
}

function scaledTo(gains: Float32Array, powers: Float32Array, lufs: number): Float32Array {
  const gain = linear(lufs - (integratedLufs(gained(powers, gains)) ?? lufs))
  return gains.map((value) => value * gain)
}

type SpeechGate = { overall: number; gateLufs: number; floorLufs: number }

/**
 * What is above the gate is speech: anything down to 25 LU below the whole, but well above the noise in the pauses.
 * A recording without pauses has no noise to tell from speech, hence the 16.
 */
function speechGate(powers: Float32Array, overall: number): SpeechGate {
  const sorted = momentaryPowers(powers).toSorted()
  const floorLufs = lufsOf(sorted[Math.floor(sorted.length / 20)]!)
  return { overall, floorLufs, gateLufs: Math.max(overall - 25, Math.min(floorLufs + 8, overall - 16)) }
}

const SYLLABLE_REACH = 0.02 * BLOCKS_PER_SECOND
/** A word begins and ends more softly than it sounds. */
const BEFORE_SPEECH = 0.15 * BLOCKS_PER_SECOND
const AFTER_SPEECH = 0.3 * BLOCKS_PER_SECOND

function speechOf(powers: Float32Array, gateLufs: number): Uint8Array {
  const isSpeech = new Uint8Array(powers.length)
  const gate = 10 ** ((gateLufs + 0.691) / 10)
  const short = smoothed(powers, SYLLABLE_REACH)
  let filled = 0
  for (let at = 0; at < short.length; at++) {
    if (short[at]! < gate) continue
    const to = Math.min(short.length, at + AFTER_SPEECH)
    isSpeech.fill(1, Math.max(filled, at - BEFORE_SPEECH), to)
    filled = to
  }
  return isSpeech
}

/** How far around a moment its level is looked at: longer than a sentence's rise and fall, shorter than a paragraph. */
const LOOK_S = 1.5
/** Not all of the way: a whisper stays softer than a shout. */
const SHARE = 0.85
const MOST_LIFT_DB = 12
const MOST_CUT_DB = 6

/** Slow: brings passages together, and turns the noise between them down when there is any to hear. */
function levelGains(powers: Float32Array, gate: SpeechGate, isSpeech: Uint8Array): Float32Array {
  const windows = momentaryPowers(powers)
  const lifts = Float64Array.from(windows, (_, at) => {
    const local = localLufs(windows, at, gate)
    return Math.max(-MOST_CUT_DB, Math.min(MOST_LIFT_DB, SHARE * (gate.overall - local)))
  })
  const inPauses = linear(pauseDb(gate))
  const quieter = smoothed(
    Float32Array.from(isSpeech, (speech) => (speech ? 1 : inPauses)),
    PAUSE_REACH,
  )
  return Float32Array.from({ length: powers.length + 1 }, (_, edge) => {
    // The first window's middle is 0.2 s from the start, the next one's 0.1 s later.
    const position = Math.max(0, Math.min(lifts.length - 1, (edge / BLOCKS_PER_SECOND - 0.2) * 10))
    const [before, after] = [lifts[Math.floor(position)]!, lifts[Math.ceil(position)]!]
    const lift = before + (after - before) * (position % 1)
    return linear(lift) * quieter[Math.min(edge, powers.length - 1)]!
  })
}

/** The level of what is said around a window, near things counting most; a little of the whole where all is quiet. */
function localLufs(windows: Float64Array, centre: number, { overall, gateLufs }: SpeechGate): number {
  const reach = 3 * LOOK_S * 10
  let [sum, weights] = [0.05 * overall, 0.05]
  for (let at = Math.max(0, centre - reach); at <= Math.min(windows.length - 1, centre + reach); at++) {
    const lufs = lufsOf(windows[at]!)
    if (lufs < gateLufs) continue
    const weight = Math.exp(-(((at - centre) / (LOOK_S * 10)) ** 2) / 2)
    sum += weight * lufs
    weights += weight
  }
  return sum / weights
}

const PAUSE_REACH = 0.06 * BLOCKS_PER_SECOND
const INAUDIBLE_LUFS = NARRATION_LUFS - 55
const MOST_PAUSE_CUT_DB = 12

/** How much the pauses are turned down: as far as the noise in them can be heard, and no more. */
function pauseDb({ overall, floorLufs, gateLufs }: SpeechGate): number {
  if (floorLufs >= gateLufs) return 0
  const noiseLufs = floorLufs - overall + NARRATION_LUFS
  return -Math.max(0, Math.min(MOST_PAUSE_CUT_DB, noiseLufs - INAUDIBLE_LUFS))
}

/** Fast: a compressor with a soft knee. It only ever looks back, so the start of a word comes through. */
function compressed(gains: Float32Array, powers: Float32Array): Float32Array {
  const [attack, release] = [ATTACK_S, RELEASE_S].map((seconds) => 1 - Math.exp(-1 / (seconds * BLOCKS_PER_SECOND)))
  let envelope = 0
  return gains.map((gain, edge) => {
    const power = powers[edge - 1] ?? 0
    envelope += (power > envelope ? attack! : release!) * (power - envelope)
    const overDb = envelope > 0 ? lufsOf(envelope) - THRESHOLD_LUFS : -Infinity
    const bentDb =
      overDb <= -KNEE_DB / 2 ? 0 : overDb >= KNEE_DB / 2 ? overDb : (overDb + KNEE_DB / 2) ** 2 / (2 * KNEE_DB)
    return bentDb === 0 ? gain : gain * linear(-bentDb * (1 - 1 / RATIO))
  })
}
