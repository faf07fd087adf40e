// What a picture service is told: one text that holds all that the picture depends on, and nothing of its neighbours,
// so that a change to one scene makes one picture anew.
import { oneLine } from './one-line.ts'
import type { PictureBrief } from './ports.ts'
import { styles, type ArtDirection, type StyleId } from './styles.ts'

/** The style's art direction as one line: medium, palette, light, composition. */
export function artOf(style: StyleId): string {
  const { medium, palette, light, composition }: ArtDirection = styles[style].art
  return `${medium}; palette: ${palette}; light: ${light}; composition: ${composition}`
}

/** Under 4,000 characters; the same for the same brief, whatever its `before`, `script` and `seed`. */
export function picturePromptOf(brief: PictureBrief): string {
  const { look, style, keywords } = brief
  const shared = oneLine(look ?? '', LONGEST_LOOK)
  const echoed = listOf(keywords)
  return [
    subjectOf(brief),
    shared && `The same in every picture of this series: ${asSentence(shared)}`,
    `Art direction (${styles[style].name}): ${artOf(style)}.`,
    framingOf(brief),
    echoed && `Where it fits the scene, let these show: ${echoed}.`,
    `Without: ${unwantedOf(brief)}.`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

// Together with an art direction (at most 700 characters) and the framing (500) they stay under 4,000.
const LONGEST_SUBJECT = 1000
const LONGEST_LOOK = 600
const LONGEST_LIST = 400

/** A scene without a prompt brings its own words: they are what is said, not what is seen. */
function subjectOf({ prompt, text }: PictureBrief): string {
  const subject = oneLine(prompt, LONGEST_SUBJECT) || oneLine(text, LONGEST_SUBJECT)
  const said = subject === oneLine(text, LONGEST_SUBJECT)
  return said
    ? `One picture that shows what this sentence of a narration tells, none of its words written out: “${subject}”`
    : asSentence(subject)
}

function framingOf({ widthPx, heightPx }: PictureBrief): string {
  const ratio = widthPx / heightPx
  const shape = ratio < 0.9 ? 'portrait' : ratio > 1.1 ? 'landscape' : 'square'
  return (
    `Framing: ${framings[shape]}. One clear subject in the upper two thirds, read at a glance; the bottom ` +
    'third is calm, plain and dim. All that matters lies well away from the edges, as the picture is panned and ' +
    'zoomed. The scene fills the whole canvas, edge to edge.'
  )
}

const framings = {
  portrait: 'tall vertical portrait picture, depth stacked from the near ground up to the sky or ceiling',
  landscape: 'wide horizontal landscape picture, the subject slightly off centre with room to look into',
  square: 'square picture, the subject near the middle with even room around it',
}

/** Things alone, no 'no' and no 'not': picture models draw what they read. */
const neverWanted = [
  'lettering',
  'captions',
  'subtitles',
  'watermarks',
  'signatures',
  'logos',
  'borders',
  'frames',
  'split panels or collages',
]

function unwantedOf({ style, negativeKeywords }: PictureBrief): string {
  return [listOf(negativeKeywords), ...styles[style].art.avoid, ...neverWanted].filter(Boolean).join(', ')
}

/** As many as there is room for. */
function listOf(phrases: string[]): string {
  let list = ''
  for (const phrase of phrases.map((text) => oneLine(text, LONGEST_LIST)).filter(Boolean)) {
    const longer = list === '' ? phrase : `${list}, ${phrase}`
    if (longer.length > LONGEST_LIST) break
    list = longer
  }
  return list
}

function asSentence(text: string): string {
  return /[.!?…。！？]["'”’»」』]*$/.test(text) ? text : `${text}.`
}
