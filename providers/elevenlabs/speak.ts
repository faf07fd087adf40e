// Speech with the time of every character.
import { baseLanguageOf, spacesBetweenWords } from '../../core/language.ts'
import { chargeOf, models } from '../../core/models.ts'
import type { CharacterTimes, Sound, Speaker, SpeechBrief, SpokenPiece } from '../../core/ports.ts'
import { voiceFor } from '../../core/voices.ts'
import { decodeSound } from '../media/sound.ts'
import { ask } from './client.ts'
import { order } from './order.ts'

export function elevenLabsSpeaker(model: string): Speaker {
  return {
    provider: 'elevenlabs',
    model,
    maxCharacters: models[model]?.limits.maxCharacters ?? 5000,
    request: (brief) => requestOf(model, brief),
    make: (brief, making) => {
      const request = requestOf(model, brief)
      const characters = [...brief.text].length
      return order(
        {
          model,
          what: 'the narration',
          estimateMicroUsd: chargeOf(model, { characters }).costMicroUsd,
          deadlineMs: Math.min(60_000 + characters * deadlineMsPerCharacter, 600_000),
          ask: (signal) => ask('speak', request, signal),
          read: (answer) => pieceOf(brief, answer),
          charge: (billed) => chargeOf(model, { characters: billed ?? characters }),
        },
        making,
      )
    },
  }
}

/** Sound comes several times as fast as it plays (about 65 ms a character). */
const deadlineMsPerCharacter = 30

function requestOf(model: string, { text, before, after, language, voice }: SpeechBrief) {
  const languageCode = codes[baseLanguageOf(language)] ?? baseLanguageOf(language)
  return {
    voiceId: voiceFor('elevenlabs', voice),
    modelId: model,
    text,
    // The best that every plan has.
    outputFormat: 'mp3_44100_128' as const,
    ...(takesLanguage.test(model) && languageCode.length === 2 ? { languageCode } : {}),
    ...(takesNeighbours(model) && before.trim() ? { previousText: endOf(before.trim()) } : {}),
    ...(takesNeighbours(model) && after.trim() ? { nextText: beginningOf(after.trim()) } : {}),
    applyTextNormalization: 'auto' as const,
    // Any: the same text again sounds the same, as far as the vendor can.
    seed: 1,
  }
}

/** Of what is said before and after: enough for the melody. */
const neighbourCharacters = 300
/** Never with half of a character, which is no valid JSON to every reader. */
const endOf = (text: string) => text.slice(-neighbourCharacters).replace(/^[\uDC00-\uDFFF]/, '')
const beginningOf = (text: string) => text.slice(0, neighbourCharacters).replace(/[\uD800-\uDBFF]$/, '')
const takesNeighbours = (model: string) => model !== 'eleven_v3'
const takesLanguage = /^eleven_(?:v3|v4|v4_turbo|flash_v2_5|turbo_v2_5)$/
/** ISO 639-1 where the vendor's name for a language is another. */
const codes: Partial<Record<string, string>> = { nb: 'no', nn: 'no', tl: 'fil', iw: 'he' }

type Alignment = {
  characters: string[]
  characterStartTimesSeconds: number[]
  characterEndTimesSeconds: number[]
}

async function pieceOf(
  brief: SpeechBrief,
  answer: { audio: Uint8Array; alignment?: Alignment | null },
): Promise<SpokenPiece> {
  const sound = await decodeSound(answer.audio)
  // Never `normalizedAlignment`: that is of the text as it is read out, not of the script.
  const characterTimes = timesOf(brief.text, answer.alignment ?? undefined)
  refuseHalf(brief, sound, characterTimes)
  return characterTimes ? { sound, characterTimes } : { sound }
}

/** Undefined when they are not the text's: then somebody else has to listen. */
function timesOf(text: string, alignment: Alignment | undefined): CharacterTimes | undefined {
  if (!alignment) return undefined
  const { characters, characterStartTimesSeconds: starts, characterEndTimesSeconds: ends } = alignment
  const isWhole = characters.length > 0 && starts.length === characters.length && ends.length === characters.length
  const isTimes = [...starts, ...ends].every((seconds) => Number.isFinite(seconds) && seconds >= 0)
  if (!isWhole || !isTimes || withoutSpaces(characters.join('')) !== withoutSpaces(text)) return undefined
  const inMs = (seconds: number) => Math.round(seconds * 1000)
  return { characters, startsMs: starts.map(inMs), endsMs: ends.map(inMs) }
}

const withoutSpaces = (text: string) => text.replaceAll(/\s+/gu, '').normalize('NFC')

/**
 * Streams of MP3 need not say how long they are, so a file that lost its second half decodes. It shows by two signs
 * together: its characters' times go on long after its end, and nobody speaks as fast as that.
 */
function refuseHalf({ text, language }: SpeechBrief, sound: Sound, times: CharacterTimes | undefined): void {
  const seconds = sound.samples.length / sound.sampleRateHz
  const saidSeconds = (times?.endsMs.at(-1) ?? 0) / 1000
  const fastest = spacesBetweenWords(language) ? fastestPerSecond : fastestPerSecondUnspaced
  if (seconds < saidSeconds * 0.7 && [...text].length / seconds > fastest)
    throw new Error(`it breaks off after ${seconds.toFixed(1)} s`)
}

/** Characters: English is spoken with about 15, Chinese with 5. */
const fastestPerSecond = 21
const fastestPerSecondUnspaced = 9
