// Words of the scripts that are written without spaces: Intl.Segmenter's, with punctuation put where it belongs and
// with Japanese endings joined to their stems (the Segmenter divides 気づき into 気|づ|き, and leaves た and は alone).

/** `chunk` has no white space. The parts joined give it back. */
export function unspacedWordsOf(chunk: string, language: string): string[] {
  const words: string[] = []
  let opened = ''
  for (const { segment, isWordLike } of segmenterOf(language).segment(chunk)) {
    const previous = words.at(-1)
    if (!isWordLike && opensWord(segment, previous)) opened += segment
    else if (previous !== undefined && !opened && belongsTo(previous, segment, isWordLike ?? false))
      words[words.length - 1] = previous + segment
    else {
      words.push(opened + segment)
      opened = ''
    }
  }
  if (!opened) return words
  return [...words.slice(0, -1), (words.at(-1) ?? '') + opened]
}

const segmenters = new Map<string, Intl.Segmenter>()

/** Making one costs milliseconds, and a script has hundreds of chunks. */
function segmenterOf(language: string): Intl.Segmenter {
  const known = segmenters.get(language)
  if (known) return known
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' })
  segmenters.set(language, segmenter)
  return segmenter
}

/** A straight quote opens where nothing is open, which is after another mark or at the start. */
function opensWord(mark: string, previous: string | undefined): boolean {
  if (/^[\p{Ps}\p{Pi}\p{Sc}#＃]$/u.test(mark)) return true
  return /^["'＂]$/.test(mark) && (previous === undefined || /[\p{P}](?<!["'＂])$/u.test(previous))
}

/** Whether a segment goes on with the word before it. */
function belongsTo(previous: string, segment: string, isWordLike: boolean): boolean {
  if (!isWordLike || neverFirst.test(segment)) return true
  if (/^[\p{Script=Latin}\p{N}]+$/u.test(segment)) return /[\p{Script=Latin}\p{N}][-_.@/'’]$/u.test(previous)
  return isEnding(segment, previous) && [...previous, ...segment].length <= LONGEST_JOINED_CHARACTERS
}

// Repetition marks, the long-vowel mark and small kana go on with a syllable.
const neverFirst = /^[々ゝゞヽヾーｰぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶๆ]/u

/** A highlighted word longer than this covers most of a portrait line. */
const LONGEST_JOINED_CHARACTERS = 10

/** Hiragana of one letter after kana or Han is an ending or a particle; longer ones are listed. */
function isEnding(segment: string, previous: string): boolean {
  if (!/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{N}ー々％%」』）]$/u.test(previous)) return false
  return /^\p{Script=Hiragana}$/u.test(segment) || endings.has(segment)
}

const endings: ReadonlySet<string> = new Set(
  (
    'から まで より など だけ ほど くらい ぐらい ばかり しか さえ ずつ たち です でした でしょう ます ました ません だった である ' +
    'という って ので のに ても でも には では とは への との にも とも ながら なら なければ ければ られ られる れる れた せる ' +
    'させ たい たら たり てる ない なく なかった なかっ まし ませ でし だっ ある いる いた して した する され された される ' +
    'によって について として ことに ように ような らず らない けた ねば べき'
  ).split(' '),
)
