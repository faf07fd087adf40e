// A raw script in, the text that is spoken and captioned out: paragraphs with '\n\n' between them, single spaces
// within them, no markup, no emoji, nothing invisible.
import { InputError } from './errors.ts'
import { plainTextOf } from './markup.ts'

/** About 2,500 words: a quarter of an hour, many times what a short video needs. */
export const scriptCharacters = 15_000

/** A text, or all texts of a video together, with more characters than may be. */
export class TooLongError extends InputError {}

/** Throws InputError, one line that names the field, the rule and the value. */
export function cleanScript(raw: string): string {
  const text = raw.replace(/\r\n?|[\u2028\u2029]/g, '\n')
  if (text.trim() === '') throw new InputError('script: it is empty; write at least one sentence')
  refuseTooLong(text)
  refuseUnprintable(text)

  const visible = withPlainSpaces(withoutInvisible(withoutEmoji(text)))
  const plain = plainTextOf(visible)
  // Where nothing but marks would be left, they are what was meant: '<b>' is read out.
  const clean = (hasWords(plain) ? plain : visible.trim()).normalize('NFC')
  if (!hasWords(clean)) {
    throw new InputError(`script: it has no words to say, only ${excerpt(text)}; write at least one sentence`)
  }
  return clean
}

/** The emoji of a text, in order, as they stand there: '🇮🇹 pizza 🍕' → ['🇮🇹', '🍕']. */
export function emojiOf(text: string): string[] {
  return [...withBareSymbols(text).matchAll(emoji)].map(([found]) => found).filter((found) => !isSymbol(found))
}

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function refuseTooLong(text: string): void {
  // Code points are what an editor counts. Past twice the limit it is too long either way: no need to count them.
  const characters = text.length > scriptCharacters * 2 ? text.length : [...text].length
  if (characters <= scriptCharacters) return
  const [length, limit] = [characters, scriptCharacters].map((count) => count.toLocaleString('en'))
  throw new TooLongError(`script: it is ${length} characters long and the limit is ${limit}; shorten it or split it`)
}

function refuseUnprintable(text: string): void {
  const match = /(?![\n\t])[\p{Cc}\p{Cs}\uFFFD]/u.exec(text)
  if (!match) return
  const lines = text.slice(0, match.index).split('\n')
  const code = (match[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  const where = `U+${code} at line ${lines.length}, column ${[...(lines.at(-1) ?? '')].length + 1}`
  if (match[0] === '\uFFFD') {
    throw new InputError(`script: a character was lost in decoding (${where}); save the text as UTF-8`)
  }
  const kind = /\p{Cs}/u.test(match[0]) ? 'half a character, a lone surrogate' : 'a control character'
  throw new InputError(`script: it has ${kind} (${where}); delete it`)
}

// Unicode's own list, and pictographs that most systems draw in colour even without the emoji selector ('❤').
const emoji = /\p{RGI_Emoji}|\p{Extended_Pictographic}|\p{Regional_Indicator}/gv
/** Pictographs by Unicode's tables, signs of ordinary text to a reader. */
const isSymbol = (found: string) => '©®™‼⁉〰〽㊗㊙↔↕↩↪'.includes(found)

function withoutEmoji(text: string): string {
  // U+0000 marks where one stood; no script has it by now. It leaves no gap before a full stop: 'pizza 🍕.' → 'pizza.'
  return (
    withBareSymbols(text)
      .replace(emoji, (found) => (isSymbol(found) ? found : '\0'))
      // Each stretch becomes one mark before anything is looked for behind it: thousands of emoji take no time either way.
      .replace(/[ \0]+/g, (stretch) => (stretch.includes('\0') ? '\0' : stretch))
      .replace(/\0(?=[.,;:!?…)\]。！？、，])/g, '')
      .replaceAll('\0', ' ')
  )
}

/** Takes the emoji selector from symbols and the keycap from digits: '1️⃣' is said as '1'. */
function withBareSymbols(text: string): string {
  return text.replace(/([©®™‼⁉〰〽㊗㊙↔↕↩↪0-9#*])\uFE0F?\u20E3?/gu, '$1')
}

/** Drops what no font draws and no voice says, but for the joiners that shape Arabic and Indic letters. */
function withoutInvisible(text: string): string {
  return text
    .replace(/(?![\u200C\u200D])[\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u20E3\uFFF9-\uFFFB]/gu, '')
    .replace(/([\u200C\u200D])[\u200C\u200D]+/g, '$1')
    .replace(strayJoiner, '')
}

// ZWNJ and ZWJ choose letter forms in these scripts ('می‌خواهم'); anywhere else they are left-overs of copying.
const joining =
  '\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}' +
  '\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}'
const strayJoiner = new RegExp(`(?<![${joining}])[\\u200C\\u200D]|\\u200C(?![${joining}])`, 'gu')

/** Single plain spaces; between digits a no-break space stays, as '1 000 000' is one number. */
function withPlainSpaces(text: string): string {
  return text
    .replace(/(?<=\d)[\u00A0\u2009\u202F](?=\d)/g, '\0')
    .replace(/[\t\p{Zs}]+/gu, ' ')
    .replaceAll('\0', '\u00A0')
}

function excerpt(text: string): string {
  const characters = [...text.trim().replace(/\s+/g, ' ')]
  return `'${characters.slice(0, 20).join('')}${characters.length > 20 ? '…' : ''}'`
}
