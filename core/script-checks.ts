// What any script has to pass, whether a user sent it whole or it came to be by changing scenes.
import { InputError } from './errors.ts'
import { fontFor, fontRuns } from './fonts.ts'
import type { Span } from './ports.ts'
import { cardsOf } from './request/cards.ts'
import type { VideoRequest } from './video.ts'
import type { Word } from './words.ts'

/** What is drawn besides captions has to have letters that the captions' font has. Throws InputError. */
export function checkDrawnTexts(request: VideoRequest, title: string, text: string, language: string): void {
  for (const [field, drawn] of Object.entries(drawnTexts(request, title))) {
    const font = about(field, () => fontFor(`${text} ${drawn}`, language))
    if (fontRuns(drawn, font).length === 0)
      throw new InputError(`${field}: '${drawn}' has nothing that can be drawn; emoji cannot`)
  }
}

/** What is wrong with a part of the request, under that part's name. */
export function about<Result>(field: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    throw new InputError(error.message.replace(/^script/, field), { cause: error })
  }
}

/** Where groups of words lie when they stand one after the other. */
export function spansOf(groups: Word[][]): Span[] {
  let next = 0
  return groups.map((group) => {
    const firstWord = next
    next += group.length
    return { firstWord, lastWord: next - 1 }
  })
}

/** By the field that it comes from. */
function drawnTexts(request: VideoRequest, title: string): Record<string, string> {
  const { titleCard, endCard } = cardsOf(request, title)
  const { watermark } = request
  return {
    ...(titleCard !== undefined && { [request.titleCard === true ? 'title' : 'titleCard']: titleCard }),
    ...(endCard !== undefined && { endCard }),
    ...(watermark !== undefined && { watermark }),
  }
}
