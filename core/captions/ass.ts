// The ASS format as libass reads it: https://github.com/libass/libass/wiki/ASS-File-Format-Guide
import { type Font, type FontFace, fontRuns } from '../fonts.ts'
import type { Timeline } from '../timeline.ts'

/** Something drawn from `firstFrame` up to the frame before `endFrame`, above what has a lower layer. */
export type Drawn = { layer: number; firstFrame: number; endFrame: number; text: string }

/** One style, white letters with a dark edge; everything else is said in the events. */
export function assScript(
  { title, width, height, fps }: Pick<Timeline, 'title' | 'width' | 'height' | 'fps'>,
  face: FontFace,
  emPx: number,
  drawn: Drawn[],
): string {
  const style = {
    Name: 'Caption',
    Fontname: face.name,
    Fontsize: fontSize(face, emPx),
    PrimaryColour: '&H00FFFFFF',
    SecondaryColour: '&H00FFFFFF',
    OutlineColour: '&H00140E10',
    BackColour: '&H80000000',
    Bold: 0,
    Italic: 0,
    Underline: 0,
    StrikeOut: 0,
    ScaleX: 100,
    ScaleY: 100,
    Spacing: 0,
    Angle: 0,
    BorderStyle: 1,
    Outline: decimals(emPx * outlineEm),
    Shadow: decimals(emPx * shadowEm),
    Alignment: 2,
    MarginL: 0,
    MarginR: 0,
    MarginV: 0,
    // libass: letters find their own direction.
    Encoding: -1,
  }
  return `[Script Info]
Title: ${title.replaceAll(/\s+/g, ' ')}
ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None

[V4+ Styles]
Format: ${Object.keys(style).join(', ')}
Style: ${Object.values(style).join(',')}

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${drawn.map((event) => `${dialogue(event, fps)}\n`).join('')}`
}

const outlineEm = 0.085
const shadowEm = 0.035

/**
 * The centisecond at which an event must start to show first on `frame`: the first one after the frame before. libass
 * compares with whole milliseconds, and the two frames are at least 16 ms apart (60 a second), so there always is one.
 */
export function startCs(frame: number, fps: number): number {
  return frame <= 0 ? 0 : Math.floor(((frame - 1) * 100) / fps) + 1
}

function dialogue({ layer, firstFrame, endFrame, text }: Drawn, fps: number): string {
  const [start, end] = [firstFrame, endFrame].map((frame) => timestamp(startCs(frame, fps)))
  return `Dialogue: ${layer},${start},${end},Caption,,0,0,0,,${text}`
}

function timestamp(cs: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${Math.floor(cs / 360_000)}:${two((cs / 6000) % 60)}:${two((cs / 100) % 60)}.${two(cs % 100)}`
}

/** `text` with nothing in it that ASS would read as a command, and the font changed where the primary face lacks it. */
export function assText(text: string, font: Font, emPx: number): string {
  return fontRuns(text, font)
    .map((run) => {
      const escaped = escape(run.text)
      return run.face === font.primary
        ? escaped
        : `${faceTags(run.face, emPx)}${escaped}${faceTags(font.primary, emPx)}`
    })
    .join('')
}

/** A backslash is a command only right before a letter or brace: a word joiner, which is not drawn, keeps them apart. */
function escape(text: string): string {
  return text.replaceAll('\\', '\\\u2060').replaceAll(/[{}]/g, String.raw`\$&`)
}

function faceTags(face: FontFace, emPx: number): string {
  return String.raw`{\fn${face.name}\fs${fontSize(face, emPx)}}`
}

/** libass takes the font size for the height of a line (OS/2 win metrics), not for the em. */
function fontSize(face: FontFace, emPx: number): number {
  return decimals(emPx * face.heightEm)
}

/** The letters' size, and an edge to suit it. */
export function sizeTags(face: FontFace, emPx: number): string {
  return String.raw`\fs${fontSize(face, emPx)}${edgeTags(emPx)}`
}

export function edgeTags(emPx: number): string {
  return String.raw`\bord${decimals(emPx * outlineEm)}\shad${decimals(emPx * shadowEm)}`
}

/** '#rrggbb' → '&Hbbggrr&'. */
export function assColour(hex: string): string {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(hex)!
  return `&H${blue}${green}${red}&`.toUpperCase()
}

export function decimals(value: number): number {
  return Math.round(value * 100) / 100
}
