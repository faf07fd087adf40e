// What a video is called wherever it is shown: in lists, on its page, behind a shared link, in webhooks.
import type { VideoRecord } from './ports.ts'

/** The longest that is shown: a service or a script without a full stop may make longer ones. */
export const titleCharacters = 100
/** Of a beginning that stands for a title. */
const beginningCharacters = 60

/** The user's own title, else the one that it is published under, else its topic or how its text begins; '' = none. */
export function titleOf({ request, made }: Pick<VideoRecord, 'request' | 'made'>): string {
  const { title, topic, script, scenes } = request
  const given = title ?? made?.title
  if (given !== undefined) return shortened(given, titleCharacters)
  if (topic !== undefined) return shortened(topic, titleCharacters)
  return beginningOf(script ?? (Array.isArray(scenes) ? (scenes[0]?.text ?? '') : ''))
}

/** The first sentence without its full stop, as far as it fits a headline. */
function beginningOf(text: string): string {
  // Enough of it for any headline: a script may have thousands of lines.
  const line = text.slice(0, 1000).trim().split('\n')[0]!.replaceAll(/\s+/g, ' ')
  const sentence = /^.*?(?:[.!?…](?=\s|$)|[。！？])/u.exec(line)?.[0] ?? line
  return shortened(sentence.replace(/[\s.,;:…。、，]+$/u, ''), beginningCharacters)
}

/** Cut between words where there are any. */
export function shortened(text: string, most: number): string {
  const characters = [...text]
  if (characters.length <= most) return text
  return `${characters
    .slice(0, most)
    .join('')
    .replace(/\s\S*$/, '')} …`
}
