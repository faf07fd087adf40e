// Speech, without word times.
import type { GenerateContentResponse } from '@google/genai'
import type { Billed, Sound, Speaker, SpeechBrief, SpokenPiece } from '../../core/ports.ts'
import { voiceFor } from '../../core/voices.ts'
import { call } from '../calls/call.ts'
import { decodeSound } from '../media/sound.ts'
import { refuseHiss, refuseTooShort } from '../media/speech-checks.ts'
import { broken, contentOf, mediaIn } from './answer.ts'
import { chargesOf, estimateOf, tokensIn } from './charges.ts'
import { generate, type Asked } from './client.ts'
import { sortGeminiError } from './failures.ts'

/** Far below the limit of 8,192 tokens: over minutes the voice drifts, and 2,500 Chinese characters last nine. */
const maxCharacters = 2500

export function geminiSpeaker(model: string): Speaker {
  return {
    provider: 'gemini',
    model,
    maxCharacters,
    request: askedOf,
    make: (brief, making) =>
      call(
        {
          service: 'gemini',
          model,
          what: 'the narration',
          estimateMicroUsd: estimateOf(model, {
            seconds: slowSeconds(brief.text),
            inputTokens: tokensIn(promptOf(brief)),
          }),
          deadlineMs: deadlineFor(brief.text),
          send: async (signal) => speechIn(await generate(model, askedOf(brief), signal), model, brief),
          sortError: (error) => sortGeminiError(error, model),
        },
        making,
      ),
  }
}

function askedOf(brief: SpeechBrief): Asked {
  return {
    contents: promptOf(brief),
    config: {
      responseModalities: ['AUDIO'],
      speechConfig: { voiceConfig: { prebuiltVoiceConfig: { voiceName: voiceFor('gemini', brief.voice) } } },
    },
  }
}

/**
 * These are language models that speak: a bare text that asks or orders something is answered instead of read. So the
 * text is named a transcript, behind a line that says what to do with it; system instructions they do not take.
 */
function promptOf({ text }: SpeechBrief): string {
  return `Read the transcript aloud, word for word and to its end, as the narrator of a short video: warm, clear, at an even pace.\n\nTRANSCRIPT:\n${text}`
}

/** Letters of few bytes are said in fewer seconds: 12 bytes a second is slow in English and in Chinese. */
function slowSeconds(text: string): number {
  return Buffer.byteLength(text) / 12
}

/** Speech is made faster than it is said, but not always. */
function deadlineFor(text: string): number {
  return Math.round(90_000 + slowSeconds(text) * 750)
}

async function speechIn(
  response: GenerateContentResponse,
  model: string,
  brief: SpeechBrief,
): Promise<Billed<SpokenPiece>> {
  const spent = chargesOf(model, 'audio', response)
  const content = contentOf(response, spent)
  const media = mediaIn(content, spent)
  const charges = chargesOf(model, 'audio', response, { characters: brief.text.length })
  // OTHER and MAX_TOKENS come with a sound that ends in the middle.
  if (!content.isWhole) throw broken(charges, `the sound breaks off (${content.finishReason})`)
  try {
    return { made: { sound: await soundOf(media, brief) }, charges }
  } catch (cause) {
    throw broken(charges, `the sound cannot be used: ${(cause as Error).message}`, cause)
  }
}

const usualRateHz = 24_000

/** Mostly bare samples ('audio/L16;codec=pcm;rate=24000'), in one part or several; throws an Error with the reason. */
async function soundOf({ last, all }: ReturnType<typeof mediaIn>, brief: SpeechBrief): Promise<Sound> {
  const isFile = /wav|mpeg|mp3/i.test(last.mimeType)
  const rateHz = Number(/rate=(\d+)/i.exec(last.mimeType)?.[1]) || usualRateHz
  const bytes = isFile ? last.bytes : Buffer.concat(all.map((part) => part.bytes))
  const sound = await decodeSound(bytes, isFile ? {} : { rawRateHz: rateHz })
  refuseHiss(sound)
  refuseTooShort(sound, brief)
  return sound
}
