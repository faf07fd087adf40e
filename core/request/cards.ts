import type { VideoRequest } from '../video.ts'

/** What the cards say that the request asks for. `title` is the video's. */
export function cardsOf(
  { titleCard, endCard }: Pick<VideoRequest, 'titleCard' | 'endCard'>,
  title: string,
): { titleCard?: string; endCard?: string } {
  const opening = titleCard === true ? title : titleCard
  return { ...(opening && { titleCard: opening }), ...(endCard !== undefined && { endCard }) }
}
