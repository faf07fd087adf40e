// Speech from the Speech API. It tells neither when which word is said nor what it cost.
import { baseLanguageOf, languageName } from '../../core/language.ts'
import { chargeOf, estimateMicroUsd, models } from '../../core/models.ts'
import type { Billed, Speaker, SpeechBrief, SpokenPiece } from '../../core/ports.ts'
import { voiceFor } from '../../core/voices.ts'
import { call } from '../calls/call.ts'
import { decodeSound } from '../media/sound.ts'
import { refuseTooShort } from '../media/speech-checks.ts'
import { openaiClient } from './client.ts'
import { brokenAnswer, sortOpenAIError } from './failures.ts'

/** Five minutes of speech take about one. */
const deadlineMs = 180_000
/** The API's own limit. */
const mostCharacters = 4096
/** Of the samples when a server sends them bare. */
const rawRateHz = 24_000

export function openaiSpeaker(model: string): Speaker {
  const request = ({ text, language, voice }: SpeechBrief) => ({
    model,
    voice: voiceFor('openai', voice),
    input: text,
    response_format: 'wav' as const,
    ...(takesNoInstructions.test(model) ? {} : { instructions: deliveryIn(language) }),
  })
  return {
    provider: 'openai',
    model,
    maxCharacters: models[model]?.limits.maxCharacters ?? mostCharacters,
    request,
    make: (brief, making) =>
      call(
        {
          service: 'openai',
          model,
          what: 'the narration',
          estimateMicroUsd: estimateMicroUsd(`openai/${model}`, { characters: brief.text.length }),
          deadlineMs,
          send: async (signal) => {
            const client = await openaiClient()
            return readSpeech(await client.audio.speech.create(request(brief), { signal }), brief, model)
          },
          sortError: sortOpenAIError,
        },
        making,
      ),
  }
}

const takesNoInstructions = /^tts-1/

function deliveryIn(language: string): string {
  return (
    `Narrate a short video in ${languageName(baseLanguageOf(language))}: natural, warm and clear, at a steady pace, ` +
    'with a short pause after each sentence. Say every word exactly as written, and nothing else.'
  )
}

async function readSpeech(response: Response, brief: SpeechBrief, model: string): Promise<Billed<SpokenPiece>> {
  const bytes = new Uint8Array(await response.arrayBuffer())
  const type = response.headers.get('content-type') ?? ''
  // It comes from something in between: nobody knows whether anything was said.
  if (type.includes('html')) throw brokenAnswer('it is a web page', undefined)
  const charge = chargeOf(`openai/${model}`, { characters: brief.text.length })
  const isRaw = /\b(?:pcm|l16)\b/i.test(type)
  try {
    const sound = await decodeSound(bytes, isRaw ? { rawRateHz } : {})
    refuseTooShort(sound, brief)
    const seconds = sound.samples.length / sound.sampleRateHz
    return { made: { sound }, charges: [chargeOf(`openai/${model}`, { characters: brief.text.length, seconds })] }
  } catch (cause) {
    throw brokenAnswer((cause as Error).message, [charge], cause)
  }
}
