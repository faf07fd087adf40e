// Plays an arrangement into a loop: every note is added where it sounds, wrapped around the loop's end.
import { setImmediate } from 'node:timers/promises'
import type { Arrangement, Note } from './arrange.ts'
import { strike } from './drums.ts'
import type { Drum } from './drums.ts'
import { panned, sampleRate, silence } from './loop.ts'
import type { Stereo } from './loop.ts'
import { timbreShapes } from './timbres.ts'

/** Each note is some 5 ms of work: between blocks of so many the process sees to other things, an abort among them. */
const notesPerBlock = 16
const tableSize = 2048
const sine = Float64Array.from({ length: tableSize }, (_, i) => Math.sin((2 * Math.PI * i) / tableSize))

/** Gives the sound itself and what of it goes to the reverb. */
export async function play({ notes, hits }: Arrangement, length: number, samplesPerBeat: number, signal: AbortSignal) {
  const dry = silence(length)
  const wet = silence(length)
  const tables = new Map<string, Tables>()
  for (const [index, note] of notes.entries()) {
    if (index % notesPerBlock === 0) await breathe(signal)
    addNote(note, tablesOf(note, tables), samplesPerBeat, dry, wet)
  }
  await breathe(signal)
  const strokes = new Map<Drum, ReturnType<typeof strike>>()
  for (const { drum, atBeat, level, pan } of hits) {
    const stroke = strokes.get(drum) ?? strike(drum)
    strokes.set(drum, stroke)
    const [left, right] = panned(pan)
    const from = Math.round(atBeat * samplesPerBeat)
    for (const [side, gain] of [
      [dry, level],
      [wet, level * stroke.send],
    ] as const) {
      mix(stroke.samples, side.left, from, left * gain)
      mix(stroke.samples, side.right, from, right * gain)
    }
  }
  return { dry, wet }
}

/** Lets the process see to other things; throws when the work is no longer wanted. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

function mix(samples: Float32Array, into: Float32Array, from: number, gain: number) {
  for (let i = 0, at = from % into.length; i < samples.length; i++) {
    into[at]! += samples[i]! * gain
    if (++at === into.length) at = 0
  }
}

function addNote(note: Note, { dark, bright }: Tables, samplesPerBeat: number, dry: Stereo, wet: Stereo) {
  const shape = timbreShapes[note.timbre]
  const length = dry.left.length
  const inSamples = (ms: number) => (ms * sampleRate) / 1000
  const held = Math.max(note.beats * samplesPerBeat, inSamples(shape.attackMs))
  const release = inSamples(shape.releaseMs)
  const rise = 1 / inSamples(shape.attackMs)
  const decay = shape.decayMs ? Math.exp(-1 / inSamples(shape.decayMs)) : 1
  // A struck tone loses its brightness three times as fast as its strength; a held one breathes once.
  const dulling = shape.decayMs ? decay ** 3 : 1
  const breath = Math.PI / (held + release)
  const [panLeft, panRight] = panned(note.pan)
  const spread = 2 ** (shape.detuneCents / 2400)
  const perSample = (hzOf(note.midi) * tableSize) / sampleRate
  const [stepLeft, stepRight] = [perSample / spread, perSample * spread]
  let [phaseLeft, phaseRight] = [0, shape.decayMs ? 0 : tableSize / 3]
  let [strength, brightness] = [note.level, 1]
  const total = Math.floor(held + release)
  for (let i = 0, at = Math.round(note.atBeat * samplesPerBeat) % length; i < total; i++) {
    const begun = Math.min(1, i * rise)
    const ended = Math.min(1, (total - i) / release)
    const envelope = strength * begun * begun * (3 - 2 * begun) * ended * ended
    const blend = shape.decayMs ? brightness : 0.15 + 0.85 * Math.sin(i * breath) ** 2
    const left = blended(dark, bright, phaseLeft, blend) * envelope * panLeft
    const right = blended(dark, bright, phaseRight, blend) * envelope * panRight
    dry.left[at]! += left
    dry.right[at]! += right
    wet.left[at]! += left * shape.send
    wet.right[at]! += right * shape.send
    if ((phaseLeft += stepLeft) >= tableSize) phaseLeft -= tableSize
    if ((phaseRight += stepRight) >= tableSize) phaseRight -= tableSize
    strength *= decay
    brightness *= dulling
    if (++at === length) at = 0
  }
}

function blended(dark: Float32Array, bright: Float32Array, phase: number, blend: number): number {
  const i = Math.floor(phase)
  const part = phase - i
  const low = dark[i]! + (dark[i + 1]! - dark[i]!) * part
  const high = bright[i]! + (bright[i + 1]! - bright[i]!) * part
  return low + (high - low) * blend
}

type Tables = { dark: Float32Array; bright: Float32Array }

function tablesOf({ timbre, midi }: Note, known: Map<string, Tables>): Tables {
  const name = `${timbre} ${midi}`
  const found = known.get(name)
  if (found) return found
  const { darkHz, brightHz, slope, even } = timbreShapes[timbre]
  const wave = (bendHz: number) => {
    const table = new Float32Array(tableSize + 1)
    // Enough harmonics to be 30 dB down, and none near half the sample rate: nothing folds back.
    const harmonics = Math.max(2, Math.min(40, Math.floor(Math.min(bendHz * 6, 12_000) / hzOf(midi))))
    for (let h = 1; h <= harmonics; h++) {
      const bend = 1 / (1 + ((h * hzOf(midi)) / bendHz) ** 2)
      const amplitude = h ** -slope * (h % 2 ? 1 : even) * (h === 1 ? 1 : bend)
      for (let i = 0; i <= tableSize; i++) table[i]! += amplitude * sine[(h * i) % tableSize]!
    }
    return table
  }
  const made = { dark: wave(darkHz), bright: wave(brightHz) }
  known.set(name, made)
  return made
}

function hzOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12)
}
