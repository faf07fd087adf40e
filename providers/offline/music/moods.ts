// Each mood as data: scale, harmony, tempo, who plays what, and how bright and far away it all is. Patterns are
// one bar long, a character a step: '.' rests; in tunes a digit picks a tone of the chord, counted upwards from its
// root; in drums 'x' hits and 'o' hits softly.
import type { Mood } from '../../../core/mood.ts'
import type { Drum } from './drums.ts'
import type { Timbre } from './timbres.ts'

export type Layer = 'pad' | 'bass' | 'arpeggio' | 'melody' | 'drums'
/** `level` is relative amplitude within the mood: the whole is brought to one loudness at the end. */
type Part = { timbre: Timbre; level: number }
export type MoodMusic = {
  beatsPerMinute: number
  /** Semitones above the tonic. */
  scale: readonly number[]
  /** MIDI notes for the tonic; the seed picks one. */
  tonics: readonly number[]
  /** Degrees of the scale, 0 = tonic; the seed picks one. */
  progressions: readonly (readonly number[])[]
  barsPerChord: 1 | 2
  /** How late the second of two eighths comes, as a part of an eighth. */
  swing: number
  pad: Part & { lowestMidi: number; tones: readonly number[] }
  bass: Part & { lowestMidi: number; patterns: readonly string[] }
  arpeggio: Part & { lowestMidi: number; patterns: readonly string[] }
  /** Rhythms are two bars long. */
  melody: Part & { lowestMidi: number; rhythms: readonly string[] }
  drums: { level: number; patterns: Partial<Record<Drum, string>> }
  /** What plays in the course of the music; a short one takes the middle of it. */
  form: readonly { layers: readonly Layer[]; level: number }[]
  reverb: { seconds: number; level: number; brightHz: number }
}

const ionian = [0, 2, 4, 5, 7, 9, 11]
const lydian = [0, 2, 4, 6, 7, 9, 11]
const aeolian = [0, 2, 3, 5, 7, 8, 10]
const harmonicMinor = [0, 2, 3, 5, 7, 8, 11]

/** Intervals in steps of the scale above a chord's root. */
const triad = [0, 2, 4]
const seventh = [0, 2, 4, 6]
const ninth = [0, 2, 4, 6, 8]

export const moodMusic: Record<Mood, MoodMusic> = {
  warm: {
    beatsPerMinute: 76,
    scale: ionian,
    tonics: [53, 50, 55],
    progressions: [
      [0, 5, 3, 4],
      [0, 2, 3, 4],
      [3, 0, 1, 4],
    ],
    barsPerChord: 1,
    swing: 0,
    pad: { timbre: 'softPad', level: 0.2, lowestMidi: 50, tones: seventh },
    bass: { timbre: 'roundBass', level: 0.5, lowestMidi: 36, patterns: ['0...0.1.', '0....01.'] },
    arpeggio: {
      timbre: 'felt',
      level: 0.6,
      lowestMidi: 55,
      patterns: ['0.2.1.2.', '0.123.2.', '..1.2.3.'],
    },
    melody: {
      timbre: 'bell',
      level: 0.42,
      lowestMidi: 65,
      rhythms: ['x...x.x.x.......', 'x.....x.x.x.x...', '..x.x.x.x.....x.'],
    },
    drums: { level: 0.5, patterns: { kick: 'o.......', shaker: '..o...o.' } },
    form: [
      { layers: ['pad', 'bass', 'arpeggio'], level: 0.85 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody'], level: 0.95 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1 },
      { layers: ['pad', 'bass', 'arpeggio', 'drums'], level: 0.9 },
    ],
    reverb: { seconds: 2.2, level: 0.3, brightHz: 4500 },
  },
  calm: {
    beatsPerMinute: 58,
    scale: lydian,
    tonics: [48, 51, 53],
    progressions: [
      [0, 1],
      [0, 4, 1, 0],
      [5, 1, 0, 4],
    ],
    barsPerChord: 2,
    swing: 0,
    pad: { timbre: 'airPad', level: 0.3, lowestMidi: 52, tones: ninth },
    bass: { timbre: 'sub', level: 0.4, lowestMidi: 36, patterns: ['0...', '0..1'] },
    arpeggio: { timbre: 'harp', level: 0.45, lowestMidi: 60, patterns: ['0.1.2...', '..0.2.3.', '0...3.1.'] },
    melody: {
      timbre: 'bell',
      level: 0.45,
      lowestMidi: 67,
      rhythms: ['x.......x...x...', '..x.....x.......', 'x...x...........'],
    },
    drums: { level: 0, patterns: {} },
    form: [
      { layers: ['pad', 'bass', 'melody'], level: 0.9 },
      { layers: ['pad', 'bass', 'arpeggio'], level: 0.95 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody'], level: 1 },
      { layers: ['pad', 'arpeggio', 'melody'], level: 0.9 },
    ],
    reverb: { seconds: 4.5, level: 0.55, brightHz: 3500 },
  },
  uplifting: {
    beatsPerMinute: 112,
    scale: ionian,
    tonics: [50, 52, 55],
    progressions: [
      [0, 4, 5, 3],
      [3, 0, 4, 5],
      [5, 3, 0, 4],
    ],
    barsPerChord: 1,
    swing: 0,
    pad: { timbre: 'brightPad', level: 0.15, lowestMidi: 54, tones: triad },
    bass: { timbre: 'roundBass', level: 0.45, lowestMidi: 36, patterns: ['00000000', '0.00.000', '0.0.0.01'] },
    arpeggio: { timbre: 'pluck', level: 0.5, lowestMidi: 59, patterns: ['01230123', '0.2130.2', '02130213'] },
    melody: {
      timbre: 'bell',
      level: 0.42,
      lowestMidi: 69,
      rhythms: ['x..x..x.x..x....', 'x.x.x..xx.......', 'x...x.x.x...x.x.'],
    },
    drums: { level: 0.55, patterns: { kick: 'x.x.x.x.', shaker: 'oxoxoxox', rim: '..o...o.' } },
    form: [
      { layers: ['pad', 'bass', 'arpeggio'], level: 0.8 },
      { layers: ['pad', 'bass', 'arpeggio', 'drums'], level: 0.95 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1.05 },
      { layers: ['pad', 'bass', 'melody', 'drums'], level: 0.95 },
    ],
    reverb: { seconds: 1.8, level: 0.24, brightHz: 6500 },
  },
  mysterious: {
    beatsPerMinute: 66,
    scale: harmonicMinor,
    tonics: [48, 50, 45],
    progressions: [
      [0, 5],
      [0, 3, 5, 4],
      [0, 1, 0, 4],
    ],
    barsPerChord: 2,
    swing: 0,
    pad: { timbre: 'darkPad', level: 0.22, lowestMidi: 45, tones: triad },
    bass: { timbre: 'sub', level: 0.45, lowestMidi: 33, patterns: ['0.......', '0.....0.'] },
    arpeggio: { timbre: 'glass', level: 0.5, lowestMidi: 60, patterns: ['0..1..2.', '..0.2..1', '0.....3.'] },
    melody: {
      timbre: 'glass',
      level: 0.5,
      lowestMidi: 65,
      rhythms: ['x.....x.x.......', '....x.x.....x...', 'x.x.....x.......'],
    },
    drums: { level: 0.5, patterns: { kick: 'x.o.....', rim: '.....o..' } },
    form: [
      { layers: ['pad', 'bass', 'melody'], level: 0.85 },
      { layers: ['pad', 'bass', 'arpeggio'], level: 0.95 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1 },
      { layers: ['pad', 'arpeggio', 'drums'], level: 0.85 },
    ],
    reverb: { seconds: 3.8, level: 0.5, brightHz: 2600 },
  },
  epic: {
    beatsPerMinute: 88,
    scale: aeolian,
    tonics: [50, 48, 52],
    progressions: [
      [0, 5, 2, 6],
      [0, 3, 5, 6],
      [0, 6, 5, 4],
    ],
    barsPerChord: 1,
    swing: 0,
    pad: { timbre: 'strings', level: 0.2, lowestMidi: 43, tones: [0, 4, 7, 9] },
    bass: { timbre: 'sub', level: 0.5, lowestMidi: 31, patterns: ['0...0...', '0.....0.'] },
    arpeggio: {
      timbre: 'spiccato',
      level: 0.5,
      lowestMidi: 48,
      patterns: ['0.000.000.000.00', '0.020.020.010.02', '0.0.0.010.0.0.02'],
    },
    melody: {
      timbre: 'horn',
      level: 0.4,
      lowestMidi: 57,
      rhythms: ['x.....x.x.......', 'x...x...x...x...', 'x.......x.x.x...'],
    },
    drums: { level: 0.85, patterns: { tom: 'x..ox.o.', kick: 'x...x...', shaker: '..o...o.' } },
    form: [
      { layers: ['pad', 'bass', 'arpeggio'], level: 0.65 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody'], level: 0.8 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1.1 },
    ],
    reverb: { seconds: 3, level: 0.38, brightHz: 4000 },
  },
  playful: {
    beatsPerMinute: 124,
    scale: ionian,
    tonics: [48, 53, 55],
    progressions: [
      [0, 5, 1, 4],
      [0, 3, 0, 4],
      [0, 4, 3, 4],
    ],
    barsPerChord: 1,
    swing: 0.3,
    pad: { timbre: 'softPad', level: 0.07, lowestMidi: 55, tones: triad },
    bass: { timbre: 'pizzicato', level: 0.6, lowestMidi: 38, patterns: ['0.1.0.1.', '0.1.2.1.', '0.1.0.12'] },
    arpeggio: { timbre: 'marimba', level: 0.45, lowestMidi: 60, patterns: ['..1..2.1', '.12..12.', '..2.1.2.'] },
    melody: {
      timbre: 'marimba',
      level: 0.55,
      lowestMidi: 67,
      rhythms: ['x.xxx.x.x.xxx...', 'x.x.xx.xx...x...', 'xx.xx.x.x.......'],
    },
    drums: { level: 0.45, patterns: { kick: 'x...x...', rim: '..o...o.', shaker: 'o.oxo.ox' } },
    form: [
      { layers: ['bass', 'arpeggio', 'melody'], level: 0.9 },
      { layers: ['bass', 'arpeggio', 'melody', 'drums'], level: 1 },
      { layers: ['pad', 'bass', 'arpeggio', 'melody', 'drums'], level: 1 },
      { layers: ['pad', 'bass', 'arpeggio', 'drums'], level: 0.9 },
    ],
    reverb: { seconds: 1.1, level: 0.16, brightHz: 6000 },
  },
}
