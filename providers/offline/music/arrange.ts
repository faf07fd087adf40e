// Writes the notes of one loop: harmony, bass, arpeggio, tune and drums, from a mood's data and a seed. Times are
// in beats and a note may ring past the loop's end: the player wraps it around.
import { randomOf } from '../../../core/random.ts'
import { drums } from './drums.ts'
import type { Drum } from './drums.ts'
import type { Layer, MoodMusic } from './moods.ts'
import type { Timbre } from './timbres.ts'

/** `level` is relative amplitude, `pan` runs from -1 (left) to 1. */
type Placed = { atBeat: number; level: number; pan: number }
export type Note = Placed & { timbre: Timbre; beats: number; midi: number }
type Hit = Placed & { drum: Drum }
export type Arrangement = { notes: Note[]; hits: Hit[] }

export const beatsPerBar = 4
export const barsPerPhrase = 4

/** `beats` is the length of the loop; a last bar or phrase that it cuts short is cut short in the music too. */
export function arrange(mood: MoodMusic, beats: number, seed: number): Arrangement {
  const random = randomOf(seed)
  const plan = planOf(mood, random)
  const bars = Math.ceil(beats / beatsPerBar)
  const phrases = Math.ceil(bars / barsPerPhrase)
  const notes: Note[] = []
  const hits: Hit[] = []
  for (let index = 0; index < bars; index++) {
    const phrase = Math.floor(index / barsPerPhrase)
    const section = mood.form[Math.floor(((phrase + 0.5) * mood.form.length) / phrases)]!
    const degree = plan.progression[Math.floor(index / mood.barsPerChord) % plan.progression.length]!
    const step = (interval: number) => pitchOf(mood.scale, plan.tonic, degree + interval)
    const place = ({ atBeat, pan }: { atBeat: number; pan: number }, level: number): Placed => {
      const late = atBeat % 1 === 0.5 ? mood.swing / 2 : 0
      const touch = 0.85 + 0.3 * random()
      return { atBeat: index * beatsPerBar + atBeat + late, level: level * section.level * touch, pan }
    }
    for (const layer of section.layers) {
      if (layer === 'drums') {
        for (const hit of beatsOf(mood)) hits.push({ drum: hit.drum, ...place(hit, hit.level) })
        continue
      }
      const { timbre, level } = mood[layer]
      for (const tone of players[layer]({ index, mood, plan, step, random }))
        notes.push({ timbre, beats: tone.beats, midi: tone.midi, ...place(tone, level) })
    }
  }
  const inside = ({ atBeat }: Placed) => atBeat < beats
  return { notes: notes.filter(inside), hits: hits.filter(inside) }
}

/** What the seed decides once for the whole piece. */
type Plan = {
  tonic: number
  progression: readonly number[]
  bass: string
  arpeggio: string
  rhythm: string
  /** The tune's way up and down, in steps of the scale. */
  motif: number[]
}

function planOf(mood: MoodMusic, random: () => number): Plan {
  const pick = <Choice>(choices: readonly Choice[]) => choices[Math.floor(random() * choices.length)]!
  return {
    tonic: pick(mood.tonics),
    progression: pick(mood.progressions),
    bass: pick(mood.bass.patterns),
    arpeggio: pick(mood.arpeggio.patterns),
    rhythm: pick(mood.melody.rhythms),
    motif: Array.from({ length: 8 }, () => pick([-2, -1, -1, 1, 1, 2, 3])),
  }
}

/** `step` gives the pitch so many steps of the scale above the chord's root. */
type Bar = { index: number; mood: MoodMusic; plan: Plan; step: (interval: number) => number; random: () => number }
type Tone = { atBeat: number; beats: number; midi: number; pan: number }

/** From the root, which stands in the middle, upwards. */
const padPans = [0, -0.45, 0.45, -0.25, 0.25]

const players: Record<Exclude<Layer, 'drums'>, (bar: Bar) => Tone[]> = {
  pad({ index, mood: { pad, barsPerChord }, step }) {
    if (index % barsPerChord !== 0) return []
    // Each tone in its own octave: from chord to chord the voices move by small steps.
    return pad.tones.map((interval, voice) => ({
      atBeat: 0,
      beats: barsPerChord * beatsPerBar,
      midi: atOrAbove(step(interval), pad.lowestMidi + 12 * Math.floor(interval / 7)),
      pan: padPans[voice]!,
    }))
  },

  bass({ mood: { bass }, plan, step }) {
    const root = atOrAbove(step(0), bass.lowestMidi)
    const above = [0, step(4) - step(0), 12]
    return stepsOf(plan.bass).map(({ mark, ...time }) => ({ ...time, midi: root + above[Number(mark)]!, pan: 0 }))
  },

  arpeggio({ index, mood: { arpeggio }, plan, step, random }) {
    const root = atOrAbove(step(0), arpeggio.lowestMidi)
    const above = [0, 2, 4, 7].map((interval) => step(interval) - step(0))
    // The end of a phrase breathes.
    const breathes = index % barsPerPhrase === barsPerPhrase - 1
    return stepsOf(plan.arpeggio)
      .filter(({ atBeat }) => !(breathes && atBeat >= 2 && random() < 0.5))
      .map(({ mark, atBeat, beats }, nth) => ({
        atBeat,
        beats: beats * 2,
        midi: root + above[Number(mark)]!,
        pan: nth % 2 ? 0.45 : -0.45,
      }))
  },

  /** Two bars say the motif and the next two answer it, from lower down; on the beat stand tones of the chord. */
  melody({ index, mood: { melody }, plan, step }) {
    const root = atOrAbove(step(0), melody.lowestMidi - 5)
    const secondBar = index % 2
    let height = index % barsPerPhrase < 2 ? 2 : 0
    return stepsOf(plan.rhythm, 2)
      .map(({ atBeat }, nth) => {
        height += plan.motif[nth % plan.motif.length]!
        if (height > 7 || height < -2) height = 2
        return { atBeat, height: atBeat % 1 === 0 ? 2 * Math.round(height / 2) : height }
      })
      .filter(({ atBeat }) => Math.floor(atBeat / beatsPerBar) === secondBar)
      .map(({ atBeat, height: interval }) => ({
        atBeat: atBeat % beatsPerBar,
        beats: 1.5,
        midi: root + step(interval) - step(0),
        pan: secondBar ? 0.2 : -0.2,
      }))
  },
}

function beatsOf({ drums: { level, patterns } }: MoodMusic) {
  return drums.flatMap((drum) =>
    stepsOf(patterns[drum] ?? '').map(({ mark, atBeat }, nth) => ({
      drum,
      atBeat,
      level: level * (mark === 'x' ? 1 : 0.55),
      pan: nth % 2 ? 0.3 : -0.3,
    })),
  )
}

/** The marks of a pattern that are no rests, with their times in a pattern `bars` long. */
function stepsOf(pattern: string, bars = 1) {
  const beats = (bars * beatsPerBar) / pattern.length
  return [...pattern].map((mark, nth) => ({ mark, atBeat: nth * beats, beats })).filter(({ mark }) => mark !== '.')
}

function pitchOf(scale: readonly number[], tonic: number, degree: number): number {
  const octave = Math.floor(degree / scale.length)
  return tonic + 12 * octave + scale[degree - octave * scale.length]!
}

/** The same tone in the octave that begins at `lowestMidi`. */
function atOrAbove(midi: number, lowestMidi: number): number {
  return lowestMidi + ((((midi - lowestMidi) % 12) + 12) % 12)
}
