// The ASS format as libass reads it: https://github.com/libass/libass/wiki/ASS-File-Format-Guide
import { type Font, type FontFace, fontRuns } from '../fonts.ts'

/** Something that stands still from `firstFrame` up to the frame before `endFrame`, above what has a lower layer. */
export type Drawn = { style: Style; layer: number; firstFrame: number; endFrame: number; text: string }

/** Letters of this face and size, in colours '#rrggbb'; everything else is said in the events. */
export type Style = { name: string; face: FontFace; emPx: number; letters: string; outline: string; hasEdge: boolean }

type Script = { width: number; height: number; fps: number; title?: string }

/** `baseFrame` is the script's time 0. */
export function assScript({ width, height, fps, title }: Script, drawn: Drawn[], baseFrame = 0): string {
  const styles = new Map(drawn.map(({ style }) => [style.name, style]))
  const fields = [...styles.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((style) => fieldsOf(style))
  return `[Script Info]
${title === undefined ? '' : `Title: ${title.replaceAll(/\s+/g, ' ')}\n`}ScriptType: v4.00+
PlayResX: ${width}
PlayResY: ${height}
WrapStyle: 2
ScaledBorderAndShadow: yes
YCbCr Matrix: None

[V4+ Styles]
Format: ${Object.keys(fields[0] ?? {}).join(', ')}
${fields.map((style) => `Style: ${Object.values(style).join(',')}\n`).join('')}
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
${drawn.map((event) => `${dialogue(event, fps, baseFrame)}\n`).join('')}`
}

function fieldsOf({ name, face, emPx, letters, outline, hasEdge }: Style) {
  return {
    Name: name,
    Fontname: face.name,
    Fontsize: fontSize(face, emPx),
    PrimaryColour: styleColour(letters, '00'),
    SecondaryColour: styleColour(letters, '00'),
    OutlineColour: styleColour(outline, '00'),
    BackColour: styleColour('#000000', '80'),
    Bold: 0,
    Italic: 0,
    Underline: 0,
    StrikeOut: 0,
    ScaleX: 100,
    ScaleY: 100,
    Spacing: 0,
    Angle: 0,
    BorderStyle: 1,
    Outline: hasEdge ? decimals(emPx * outlineEm) : 0,
    Shadow: hasEdge ? decimals(emPx * shadowEm) : 0,
    Alignment: 2,
    MarginL: 0,
    MarginR: 0,
    MarginV: 0,
    // libass: letters find their own direction.
    Encoding: -1,
  }
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

function dialogue({ style, layer, firstFrame, endFrame, text }: Drawn, fps: number, baseFrame: number): string {
  const [start, end] = [firstFrame, endFrame].map((frame) => timestamp(startCs(frame - baseFrame, fps)))
  return `Dialogue: ${layer},${start},${end},${style.name},,0,0,0,,${text}`
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
      return run.face.name === font.primary.name
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

/** The letters' size, and an edge to suit it where they have one. */
export function sizeTags({ face, hasEdge }: Pick<Style, 'face' | 'hasEdge'>, emPx: number): string {
  return String.raw`\fs${fontSize(face, emPx)}${hasEdge ? edgeTags(emPx) : ''}`
}

export function edgeTags(emPx: number): string {
  return String.raw`\bord${decimals(emPx * outlineEm)}\shad${decimals(emPx * shadowEm)}`
}

/**
 * Tags for a copy of letters without an edge that lies under them and keeps them readable on a bright picture;
 * `opacity` is the letters' own, 0…1.
 */
export function softShadowTags(emPx: number, opacity = 1): string {
  const [edge, blur] = [decimals(emPx * softEdgeEm), decimals(emPx * softBlurEm)]
  return String.raw`\bord${edge}\blur${blur}\1c&H000000&\3c&H000000&\alpha${assAlpha(softOpacity * opacity)}`
}

const softEdgeEm = 0.09
const softBlurEm = 0.08
const softOpacity = 0.6

/** 0 (nothing to see)…1 → '&Hff&'…'&H00&'. */
export function assAlpha(opacity: number): string {
  return `&H${hexOf(255 * (1 - opacity))}&`
}

/** '#rrggbb' → '&Hbbggrr&'. */
export function assColour(hex: string): string {
  return `&H${reversed(hex)}&`
}

function styleColour(hex: string, alpha: string): string {
  return `&H${alpha}${reversed(hex)}`
}

function reversed(hex: string): string {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(hex)!
  return `${blue}${green}${red}`.toUpperCase()
}

function hexOf(level: number): string {
  return Math.round(level).toString(16).toUpperCase().padStart(2, '0')
}

export function decimals(value: number): number {
  return Math.round(value * 100) / 100
}
