// The cheapest way through a sound on which all that was to be said is said once, in order: dynamic time warping,
// frame after frame of the sound, with a silence of any length allowed before each word.
import type { Features } from './features.ts'
import { phraseStart } from './reference.ts'
import type { Turns } from './turns.ts'

export type Course = {
  heard: Features
  said: Features
  /** Of each frame said: what begins there (reference.ts). One more for the end. */
  starts: Uint8Array
  /** What it costs to call a heard frame silence. */
  silenceCosts: Float32Array
  /** The frames said that can be heard at a heard frame, both included; never going back. */
  band: (heardFrame: number) => { from: number; to: number }
}
/** `at`: of each heard frame, the frame said; -1 − n: the silence before frame n. `cost` is a mean over heard frames. */
export type Path = { at: Int32Array; cost: number }

// In the unit of distances between frames: 1–4 where the same is said, 4–5 where it is not.
// By how many frames said are left behind with one heard: to go as fast as the reference is free.
const stepCosts = [1, 0, 1, 2.2]
const pauseCost = 12
const expectedPauseCost = 2
const never = 1e30
// A move is how many frames said are stepped on by, or comes out of the silence before the frame; and, of the silence
// before the same frame, whether speech led into it.
const stepMask = 7
const fromSilence = 4
const intoSilence = 8

/** Undefined when no way lies in the band. */
export async function cheapestPath(course: Course, turns: Turns): Promise<Path | undefined> {
  const { heard, said, starts, silenceCosts, band } = course
  const rows: { from: number; moves: Uint8Array }[] = []
  let speech = new Float32Array(said.count + 2).fill(never)
  let silence = new Float32Array(said.count + 2).fill(never)
  let [nextSpeech, nextSilence] = [speech.slice(), silence.slice()]
  let reached = -1
  for (let frame = 0; frame < heard.count; frame++) {
    if (turns.due()) await turns.take()
    const { from, to } = band(frame)
    for (let i = reached + 1; i <= to + 1; i++) speech[i] = silence[i] = never
    const moves = new Uint8Array(to - from + 1)
    const quiet = silenceCosts[frame]!
    for (let i = from; i <= to; i++) {
      let best = speech[i]! + stepCosts[0]!
      let move = 0
      for (let step = 1; step <= 3 && step <= i; step++) {
        const cost = speech[i - step]! + stepCosts[step]!
        if (cost >= best) continue
        best = cost
        move = step
      }
      if (silence[i]! < best) {
        best = silence[i]!
        move = fromSilence
      }
      if (frame === 0) best = i === 0 ? 0 : never
      nextSpeech[i] = i < said.count && best < never ? best + distance(heard, frame, said, i) : never
      nextSilence[i] = never
      if (starts[i]) {
        const entry = starts[i] === phraseStart ? expectedPauseCost : pauseCost
        let bestQuiet = frame === 0 && i === 0 ? 0 : silence[i]!
        if (i > 0 && speech[i - 1]! + entry < bestQuiet) {
          bestQuiet = speech[i - 1]! + entry
          move |= intoSilence
        }
        nextSilence[i] = bestQuiet < never ? bestQuiet + quiet : never
      }
      moves[i - from] = move
    }
    for (let i = Math.max(0, from - 3); i < from; i++) nextSpeech[i] = nextSilence[i] = never
    reached = to
    rows.push({ from, moves })
    ;[speech, nextSpeech] = [nextSpeech, speech]
    ;[silence, nextSilence] = [nextSilence, silence]
  }
  const endsSilent = silence[said.count]! < speech[said.count - 1]!
  const total = endsSilent ? silence[said.count]! : speech[said.count - 1]!
  if (total >= never) return undefined
  return { at: traced(rows, said.count, endsSilent), cost: total / heard.count }
}

function traced(rows: { from: number; moves: Uint8Array }[], end: number, endsSilent: boolean): Int32Array {
  const at = new Int32Array(rows.length)
  let isSilent = endsSilent
  let state = endsSilent ? end : end - 1
  for (let frame = rows.length - 1; frame >= 0; frame--) {
    at[frame] = isSilent ? -1 - state : state
    const move = rows[frame]!.moves[state - rows[frame]!.from]!
    if (isSilent) {
      if (move & intoSilence) [isSilent, state] = [false, state - 1]
    } else if ((move & stepMask) === fromSilence) isSilent = true
    else state -= move & stepMask
  }
  return at
}

function distance(heard: Features, frame: number, said: Features, other: number): number {
  const { width } = heard
  const [a, b] = [heard.values, said.values]
  let [i, j] = [frame * width, other * width]
  let sum = 0
  for (const end = i + width; i < end; i++, j++) {
    const difference = a[i]! - b[j]!
    sum += difference * difference
  }
  return Math.sqrt(sum)
}
