// Pictures from the Images API.
import { picturePromptOf } from '../../core/art.ts'
import { chargeOf, estimateMicroUsd, type PictureQuality } from '../../core/models.ts'
import type { Billed, Charge, Illustrator, Picture, PictureBrief } from '../../core/ports.ts'
import { call } from '../calls/call.ts'
import { checkPicture } from '../media/picture.ts'
import { openaiClient } from './client.ts'
import { brokenAnswer, sortOpenAIError } from './failures.ts'
import { objectIn } from './json.ts'
import { bytesIn, type SentPicture } from './picture-bytes.ts'
import { pictureSizeOf } from './picture-size.ts'

/** A high-quality picture takes up to three minutes. */
const deadlinesMs: Record<PictureQuality, number> = { low: 180_000, medium: 240_000, high: 290_000 }
const longestPrompt = 32_000

export function openaiIllustrator(model: string, quality: PictureQuality): Illustrator {
  const request = (brief: PictureBrief) => ({
    model,
    prompt: picturePromptOf(brief).slice(0, longestPrompt),
    n: 1,
    size: pictureSizeOf(model, quality, brief),
    ...(isOpenAIs.test(model)
      ? { quality, output_format: 'jpeg' as const, output_compression: jpegQuality }
      : { response_format: 'b64_json' as const }),
  })
  return {
    provider: 'openai',
    model,
    request,
    make: (brief, making) => {
      const body = request(brief)
      const inputTokens = Math.ceil(body.prompt.length / fewestCharactersPerToken)
      return call(
        {
          service: 'openai',
          model,
          what: 'the picture of a scene',
          estimateMicroUsd: estimateMicroUsd(`openai/${model}`, { images: 1, quality, inputTokens }),
          deadlineMs: deadlinesMs[quality],
          send: async (signal) => {
            const client = await openaiClient()
            const answer: unknown = await client.images.generate(body, { signal })
            return readPicture(answer, { brief, quality, model, baseUrl: client.baseURL, signal })
          },
          sortError: sortOpenAIError,
        },
        making,
      )
    },
  }
}

/** They always give base64, and refuse to be asked for it; other servers give an address unless they are asked. */
const isOpenAIs = /^(?:gpt|chatgpt)-image/
const jpegQuality = 92
const fewestCharactersPerToken = 2.5

type Asked = { brief: PictureBrief; quality: PictureQuality; model: string; baseUrl: string; signal: AbortSignal }

async function readPicture(
  answer: unknown,
  { brief, quality, model, baseUrl, signal }: Asked,
): Promise<Billed<Picture>> {
  const { data, usage } = objectIn(answer) as { data?: SentPicture[] | null; usage?: Usage | null }
  const [first] = data ?? []
  if (!first) throw brokenAnswer('there is no picture in it', usage ? [chargeFor(model, quality, usage)] : undefined)
  const charges = [chargeFor(model, quality, usage)]
  const bytes = await bytesIn(first, { baseUrl, signal, charges })
  try {
    return { made: await checkPicture(bytes, brief), charges }
  } catch (cause) {
    throw brokenAnswer((cause as Error).message, charges, cause)
  }
}

type Usage = { input_tokens?: number; output_tokens?: number }

/** Without a report, what is usual for the quality is counted. */
function chargeFor(model: string, quality: PictureQuality, usage: Usage | null | undefined): Charge {
  return chargeOf(`openai/${model}`, {
    images: 1,
    quality,
    inputTokens: usage?.input_tokens ?? 0,
    imageTokens: usage?.output_tokens,
  })
}
