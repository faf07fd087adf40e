// Something like speech whose words can be heard by arithmetic: a tone for each word, exactly while it is said.
import { mp3File } from './mp3.ts'
import type { CharacterTimes, HeardWord, Sound } from '../../core/ports.ts'

const sampleRateHz = 24_000
const samplesPerMs = sampleRateHz / 1000
const leadMs = 80
const tailMs = 200
/** About 2.5 words of running English a second. */
const wordMs = 110
const letterMs = 60
/** A letter of a script that writes a syllable or a word with one. */
const ideographMs = 180
/** Of a word's time; the rest is silence before the next word. */
const toneShare = 0.65
const pausesMs: [mark: RegExp, pauseMs: number][] = [
  [/[.!?…。！？।]["'”’»)\]]*$/u, 350],
  [/[,;:—–、，；：]["'”’»)\]]*$/u, 150],
]

/**
 * `text` as sound (24 kHz), the time of each of its characters (spaces and marks too, as code points) and of each word
 * (what stands between white space and has a letter or digit in it; without the marks around it). The same text, the
 * same sound.
 */
export function speechFor(text: string): { sound: Sound; characterTimes: CharacterTimes; words: HeardWord[] } {
  const times: CharacterTimes = { characters: [], startsMs: [], endsMs: [] }
  const words: HeardWord[] = []
  let nowMs = leadMs
  for (const token of text.match(/\s+|\S+/gu) ?? []) {
    const slotMs = slotOf(token)
    const toneEndMs = nowMs + Math.round(slotMs * toneShare)
    const endMs = nowMs + slotMs + pauseAfter(token)
    const [before = '', word = '', after = ''] =
      /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}]*)$/su.exec(token)?.slice(1) ?? []
    spread(times, before, nowMs, nowMs)
    if (word) {
      spread(times, word, nowMs, toneEndMs)
      words.push({ text: token, startMs: nowMs, endMs: toneEndMs })
    }
    // A mark takes up half of the silence after its word, as it does with the vendor; a space the other half.
    const marksEndMs = after && word ? Math.round((toneEndMs + endMs) / 2) : word ? toneEndMs : nowMs
    spread(times, after, word ? toneEndMs : nowMs, marksEndMs)
    nowMs = endMs
  }
  stretchSpaces(times, nowMs)
  return { sound: toneFor(words, nowMs + tailMs), characterTimes: times, words }
}

/** MP3, 128 kbit/s at 44.1 kHz, with the header by which decoders drop the encoder's delay. */
export function mp3Of(sound: Sound): Buffer {
  const samples = new Float32Array(sound.samples)
  for (let at = 0; at < samples.length; at++) samples[at]! /= 32_768
  return mp3File([samples], sound.sampleRateHz)
}

/** Where tones sound, true to about 3 ms: what `speechFor` puts into a sound, heard again. */
export function tonesIn({ sampleRateHz: rateHz, samples }: Sound): { startMs: number; endMs: number }[] {
  let peak = 0
  for (let at = 0; at < samples.length; at++) peak = Math.max(peak, Math.abs(samples[at]!))
  const tones: { startMs: number; endMs: number }[] = []
  if (peak < 300) return tones
  for (let at = 0; at < samples.length; at++) {
    if (Math.abs(samples[at]!) < peak * 0.15) continue
    const atMs = (1000 * at) / rateHz
    const last = tones.at(-1)
    if (last && atMs - last.endMs < 25) last.endMs = atMs
    else tones.push({ startMs: atMs, endMs: atMs })
  }
  return tones.filter(({ startMs, endMs }) => endMs - startMs > 20)
}

function slotOf(token: string): number {
  const letters = [...token.matchAll(/[\p{L}\p{N}]/gu)]
  if (letters.length === 0) return 0
  const ideographs =
    token.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0
  return wordMs + (letters.length - ideographs) * letterMs + ideographs * ideographMs
}

function pauseAfter(token: string): number {
  if (/^\s/.test(token)) return token.includes('\n') ? 150 : 0
  return pausesMs.find(([mark]) => mark.test(token))?.[1] ?? 0
}

function spread(times: CharacterTimes, text: string, startMs: number, endMs: number): void {
  const characters = [...text]
  for (const [index, character] of characters.entries()) {
    times.characters.push(character)
    times.startsMs.push(Math.round(startMs + ((endMs - startMs) * index) / characters.length))
    times.endsMs.push(Math.round(startMs + ((endMs - startMs) * (index + 1)) / characters.length))
  }
}

/** White space lasts from the character before to the one after. */
function stretchSpaces({ characters, startsMs, endsMs }: CharacterTimes, lastMs: number): void {
  for (const [index, character] of characters.entries()) {
    if (!/\s/.test(character)) continue
    startsMs[index] = endsMs[index - 1] ?? 0
    const next = characters.findIndex((it, at) => at > index && !/\s/.test(it))
    endsMs[index] = /\s/.test(characters[index + 1] ?? '.') ? startsMs[index] : (startsMs[next] ?? lastMs)
  }
}

const rampMs = 5
const level = 0.35 * 32_767

function toneFor(words: HeardWord[], durationMs: number): Sound {
  const samples = new Int16Array(durationMs * samplesPerMs)
  for (const [index, { startMs, endMs }] of words.entries()) {
    const pitchHz = 240 + 40 * ((index * 7) % 11)
    const count = (endMs - startMs) * samplesPerMs
    for (let at = 0; at < count; at++) {
      const ramp = Math.min(1, at / (rampMs * samplesPerMs), (count - at) / (rampMs * samplesPerMs))
      samples[startMs * samplesPerMs + at] = level * ramp * Math.sin((2 * Math.PI * pitchHz * at) / sampleRateHz)
    }
  }
  return { sampleRateHz, samples }
}
