// What can be said of a text at once, before the API's quote is there.
export type Estimate = { words: number; characters: number; seconds: number; scenes: number }

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })
const wordsPerSecond = 2.6
const sentencePauseSeconds = 0.35
/** As long as a picture holds the eye. */
const sceneSeconds = 6

/** Of a script. About as the API counts it; its quote is what counts. */
export function estimateOf(script: string): Estimate {
  let words = 0
  for (const { isWordLike } of segmenter.segment(script)) if (isWordLike) words++
  const sentences = script.match(/[.!?…。！？]+(?=\s|$)/g)?.length ?? 0
  const seconds = words === 0 ? 0 : words / wordsPerSecond + sentences * sentencePauseSeconds + 1
  return {
    words,
    characters: [...script].length,
    seconds,
    scenes: words === 0 ? 0 : Math.max(1, Math.round(seconds / sceneSeconds)),
  }
}
