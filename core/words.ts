/** A word as it is shown, with its punctuation; in scripts without spaces, what Intl.Segmenter calls a word. */
export type Word = {
  index: number
  text: string
  /** Whether a space stands between the word before and this one. */
  spaceBefore: boolean
  /** Which sentence of the script it belongs to, from 0. */
  sentence: number
}
