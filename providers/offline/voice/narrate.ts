// The embedded narrator: any English script, offline, with the exact time of every word. In: a line's words. Out: a
// WAV file and a span per word, measured in samples and rounded once. Other languages get estimated times and no sound.
import { setImmediate } from 'node:timers/promises'
import { defaultVoice, voices } from '../../../core/voices.ts'
import { estimateTimes } from '../../../core/estimate.ts'
import { baseLanguageOf, languageName } from '../../../core/language.ts'
import type { Billed, Line, Speech, WordTime } from '../../../core/ports.ts'
import type { Word } from '../../../core/words.ts'
import { pcm16Of, wavFile } from '../../../core/wav.ts'
import type { EmbeddedMaker } from '../embedded.ts'
import { breathsOf } from './breaths.ts'
import { deliveryOf } from './deliveries.ts'
import { sampleRateHz } from './flite.ts'
import { speak, type Phrase } from './phrases.ts'
import { isSound, type Spoken } from './spoken.ts'

const ms = sampleRateHz / 1000
const leadInMs = 250
const tailMs = 600
// Flite leaves 100–130 ms between sentences and at commas, which sounds rushed; audiobook narrators leave 300–500
// and 150–250.
const sentencePauseMs = 380
const clausePauseMs = 180
// Time to read a word that the voice leaves out, and the most that a run of them gets.
const unreadableWordMs = 350
const longestGapMs = 2_000
const wayOut = 'set an ElevenLabs, OpenAI or Gemini key'

/**
 * Speaks with the embedded voice nearest to `line.voice` (an unknown one: the default voice, with a notice).
 * 16 kHz, −20 dBFS RMS. The same line gives the same bytes. Throws the signal's reason when aborted, looked at
 * before each sentence.
 */
export const narrate: EmbeddedMaker<Line, Speech> = async (line, signal) => {
  if (baseLanguageOf(line.language) !== 'en')
    return estimated(line, `no embedded voice speaks ${languageName(line.language)}`)
  const delivery = deliveryOf(line.voice)
  const { spoken, breaths } = breathsOf(line.words, line.language)
  const pronunciations = new Map<string, string[]>()
  const track = newTrack(leadInMs * ms + unreadableGap(spoken, -1))
  for (const breath of breaths) {
    await setImmediate()
    signal.throwIfAborted()
    const phrases = await speak(breath, delivery, pronunciations)
    phrases.forEach((phrase, i) => {
      const endsSentence = breath.endsSentence && i === phrases.length - 1
      const pause = endsSentence ? sentencePauseMs * ms : Math.max(phrase.pauseAfter, clausePauseMs * ms)
      lay(track, phrase, pause + unreadableGap(spoken, phrase.words.at(-1)!.word))
    })
  }
  if (!track.clips.length) return estimated(line, 'the embedded voice finds no word that it can say')
  const { samples, times } = finished(track, spoken)
  const charge = {
    provider: 'embedded',
    model: `flite-${delivery.speaker}-1`,
    unit: 'characters',
    units: line.words.map(written).join('').length,
    costMicroUsd: 0,
  }
  const made: Speech = {
    audio: wavFile(pcm16Of(samples), { sampleRateHz, channels: 1 }),
    durationMs: Math.round(samples.length / ms),
    times,
    timesFrom: 'voice',
    ...noticeOf(line, spoken),
  }
  return { made, charges: [charge] }
}

type Track = {
  clips: { at: number; clip: Float32Array }[]
  spans: Map<number, { start: number; end: number }>
  cursor: number
  end: number
}

const newTrack = (cursor: number): Track => ({ clips: [], spans: new Map(), cursor, end: cursor })

/** Puts a phrase where the cursor is and moves the cursor behind its pause. A word may span several phrases. */
function lay(track: Track, phrase: Phrase, pause: number): void {
  track.clips.push({ at: track.cursor - phrase.onset, clip: phrase.clip })
  for (const { word, start, end } of phrase.words) {
    const span = { start: track.cursor + start, end: track.cursor + end }
    track.spans.set(word, { ...span, start: track.spans.get(word)?.start ?? span.start })
  }
  track.end = track.cursor + phrase.length
  track.cursor = Math.round(track.end + pause)
}

function finished(track: Track, spoken: Spoken[]): { samples: Float32Array; times: WordTime[] } {
  const lastWord = Math.max(...track.spans.keys())
  const end = track.end + unreadableGap(spoken, lastWord)
  const samples = new Float32Array(Math.round(end + tailMs * ms))
  for (const { at, clip } of track.clips) clip.forEach((sample, i) => (samples[at + i]! += sample))
  return { samples, times: timesOf(track, spoken.length, end) }
}

/** Words without sound share the pause they stand in, in order; with none, their span is empty. */
function timesOf({ spans }: Track, count: number, end: number): WordTime[] {
  const times: WordTime[] = []
  for (let from = 0; from < count;) {
    const span = spans.get(from)
    const to = span ? from + 1 : nextSounding(spans, from, count)
    const start = span?.start ?? spans.get(from - 1)?.end ?? 0
    const step = ((span?.end ?? spans.get(to)?.start ?? end) - start) / (to - from)
    for (let i = 0; from < to; i++, from++) {
      times.push({ startMs: Math.round((start + i * step) / ms), endMs: Math.round((start + (i + 1) * step) / ms) })
    }
  }
  return times
}

function nextSounding(spans: Track['spans'], from: number, count: number): number {
  let next = from
  while (next < count && !spans.has(next)) next++
  return next
}

/** In samples: the extra pause for the unreadable words that follow a word (-1: that open the script). */
function unreadableGap(spoken: Spoken[], word: number): number {
  let gapMs = 0
  for (let i = word + 1; i < spoken.length && !spoken[i]!.says.some(isSound); i++) {
    if (spoken[i]!.unreadable) gapMs += unreadableWordMs
  }
  return Math.min(gapMs, longestGapMs) * ms
}

function noticeOf({ words, voice }: Line, spoken: Spoken[]): { notice?: string } {
  const unread = words.filter((_, i) => spoken[i]!.unreadable).map(({ text }) => text)
  const lines: string[] = []
  if (!Object.hasOwn(voices, voice)) lines.push(`no voice is called ${voice}: ${voices[defaultVoice].name} speaks`)
  if (unread.length) {
    const shown = `${unread.slice(0, 3).join(', ')}${unread.length > 3 ? ' …' : ''}`
    const count = unread.length === 1 ? 'a word' : `${unread.length} words`
    lines.push(
      `the embedded voice is silent at ${count} in a script it cannot read (${shown}); ${wayOut} to have all of it said`,
    )
  }
  return lines.length ? { notice: lines.join('; ') } : {}
}

function estimated({ words, language }: Line, reason: string): Billed<Speech> {
  const notice = `${reason}: the video has no narration and its caption times are estimates; ${wayOut} to have it narrated`
  return { made: { audio: undefined, ...estimateTimes(words, language), timesFrom: 'estimate', notice }, charges: [] }
}

const written = ({ text, spaceBefore }: Word) => (spaceBefore ? ` ${text}` : text)
