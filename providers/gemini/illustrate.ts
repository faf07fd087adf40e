// Pictures.
import type { GenerateContentResponse } from '@google/genai'
import { picturePromptOf } from '../../core/art.ts'
import type { PictureQuality } from '../../core/models.ts'
import type { Billed, Illustrator, Picture, PictureBrief } from '../../core/ports.ts'
import { call } from '../calls/call.ts'
import { checkPicture } from '../media/picture.ts'
import { broken, contentOf, mediaIn } from './answer.ts'
import { chargesOf, estimateOf, tokensIn } from './charges.ts'
import { generate, type Asked } from './client.ts'
import { sortGeminiError } from './failures.ts'

/** A 2K picture takes up to a minute and a half, and as long again when many ask. */
const deadlineMs = 180_000

/** 1K is 768x1376 in 9:16: enough for video that moves over it slowly. */
const imageSizes = { low: '1K', medium: '1K', high: '2K' } as const satisfies Record<PictureQuality, string>

export function geminiIllustrator(model: string, quality: PictureQuality): Illustrator {
  return {
    provider: 'gemini',
    model,
    request: (brief) => askedOf(brief, quality),
    make: (brief, making) => {
      const asked = askedOf(brief, quality)
      return call(
        {
          service: 'gemini',
          model,
          what: 'the picture of a scene',
          estimateMicroUsd: estimateOf(model, { images: 1, quality, inputTokens: tokensIn(asked.contents) }),
          deadlineMs,
          send: async (signal) => pictureIn(await generate(model, asked, signal), model, quality, brief),
          sortError: (error) => sortGeminiError(error, model),
        },
        making,
      )
    },
  }
}

/** Of `imageConfig` the Gemini API takes these two only; with any other the SDK throws. */
function askedOf(brief: PictureBrief, quality: PictureQuality): Asked {
  return {
    contents: picturePromptOf(brief),
    config: {
      responseModalities: ['IMAGE'],
      imageConfig: { aspectRatio: nearestRatio(brief.widthPx / brief.heightPx), imageSize: imageSizes[quality] },
    },
  }
}

/** Those that every model has. */
const aspectRatios = ['1:1', '2:3', '3:2', '3:4', '4:3', '4:5', '5:4', '9:16', '16:9', '21:9']

function nearestRatio(ratio: number): string {
  const distance = (name: string) => {
    const [width = 1, height = 1] = name.split(':').map(Number)
    return Math.abs(Math.log(width / height / ratio))
  }
  return aspectRatios.reduce((best, name) => (distance(name) < distance(best) ? name : best))
}

async function pictureIn(
  response: GenerateContentResponse,
  model: string,
  quality: PictureQuality,
  brief: PictureBrief,
): Promise<Billed<Picture>> {
  const spent = chargesOf(model, 'image', response)
  // Those before the last are on the way to it.
  const { last } = mediaIn(contentOf(response, spent), spent)
  const charges = chargesOf(model, 'image', response, { images: 1, quality })
  const made = await checkPicture(last.bytes, brief).catch((cause: Error) => {
    throw broken(charges, `the picture cannot be used: ${cause.message}`, cause)
  })
  return { made, charges }
}
