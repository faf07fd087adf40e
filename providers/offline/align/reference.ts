// The same words said by the embedded voice, which knows when it says what.
import type { Word } from '../../../core/words.ts'
import { breathsOf } from '../voice/breaths.ts'
import { deliveryOf } from '../voice/deliveries.ts'
import { speak } from '../voice/phrases.ts'
import { bandCount, bandsOf, type Bands } from './spectrum.ts'
import type { First } from './times.ts'
import type { Turns } from './turns.ts'

/** A stretch of speech between two pauses. Places in samples at 16 kHz from the clip's start. */
export type Phrase = { clip: Float32Array; start: number; end: number; words: { word: number; start: number }[] }
export type Said = {
  /** Of all phrases, without pauses. */
  bands: Bands
  /** Of each frame: 1 when a word begins there, 2 when one begins after a pause. One more for the end. */
  starts: Uint8Array
  firsts: First[]
}
const wordStart = 1
export const phraseStart = 2

const voice = 'clara'

/** Empty when the voice finds nothing to say. Throws when it fails. */
export async function saidByVoice(words: Word[], language: string, turns: Turns): Promise<Phrase[]> {
  const delivery = deliveryOf(voice)
  const pronunciations = new Map<string, string[]>()
  const phrases: Phrase[] = []
  for (const breath of breathsOf(words, language).breaths) {
    await turns.take()
    for (const { clip, onset, length, words: placed } of await speak(breath, delivery, pronunciations)) {
      const moved = placed.map(({ word, start }) => ({ word, start: onset + start }))
      phrases.push({ clip, start: onset, end: Math.min(clip.length, onset + length), words: moved })
    }
  }
  return phrases
}

/** The phrases in frames of `hop` samples. */
export async function saidWith(phrases: Phrase[], hop: number, turns: Turns): Promise<Said> {
  const parts: Float32Array[] = []
  const firsts: First[] = []
  const marks = new Map<number, number>([[0, phraseStart]])
  let count = 0
  for (const { clip, start, end, words } of phrases) {
    const { energies } = await bandsOf(clip, hop, turns)
    const from = Math.round(start / hop)
    const frames = Math.max(1, Math.min(energies.length / bandCount, Math.round(end / hop)) - from)
    parts.push(energies.slice(from * bandCount, (from + frames) * bandCount))
    for (const [i, { word, start: begins }] of words.entries()) {
      const frame = count + Math.max(0, Math.min(frames - 1, Math.round(begins / hop) - from))
      if (firsts.at(-1)?.word !== word) firsts.push({ word, frame })
      marks.set(frame, i === 0 ? phraseStart : wordStart)
    }
    count += frames
  }
  const energies = new Float32Array(count * bandCount)
  parts.reduce((at, part) => (energies.set(part, at), at + part.length), 0)
  marks.set(count, phraseStart)
  return {
    bands: { count, energies },
    starts: Uint8Array.from({ length: count + 1 }, (_, i) => marks.get(i) ?? 0),
    firsts,
  }
}
