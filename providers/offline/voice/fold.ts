// Text as the embedded voice can read it: ASCII letters, digits and signs. For speech only; captions keep theirs.

/** Letters that Unicode does not take apart into a base and an accent. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
}

/** What compatibility decomposition would spoil: it makes '1⁄2' of ½, '2' of ², 'TM' of ™ and a space of ´. */
const before: [RegExp, string][] = [
  [/½/g, ' 1/2'],
  [/⅓/g, ' 1/3'],
  [/⅔/g, ' 2/3'],
  [/¼/g, ' 1/4'],
  [/¾/g, ' 3/4'],
  [/²/g, '^2'],
  [/³/g, '^3'],
  [/[™®©]|\p{Cf}|\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\uFE0F/gu, ''],
  [/[‘’‛ʼ′`´]/g, "'"],
  [/[°º˚]/g, '°'],
]

/** One spelling for each kind of dash, quotation mark and ellipsis. */
const after: [RegExp, string][] = [
  [/[“”„‟«»″]/g, '"'],
  [/[‐‑−﹣]/g, '-'],
  [/[‒–]/g, '–'],
  [/[—―]|--+/g, '—'],
  [/…|\.{2,}/g, '…'],
  [/[µμ]/g, 'u'],
  [/π/g, ' pi '],
]

/** 'Café' → 'Cafe', '“ﬁne”' → '"fine"', '3½' → '3 1/2', 'm²' → 'm^2'. Other scripts stay as they are. */
export function fold(text: string): string {
  const decomposed = replaceAll(text, before).normalize('NFKD').replace(/\p{M}/gu, '')
  return replaceAll(decomposed, after)
    .replace(/[^\0-\x7F]/gu, (letter) => letters[letter] ?? letter)
    .trim()
}

function replaceAll(text: string, table: [RegExp, string][]): string {
  return table.reduce((folded, [sign, ascii]) => folded.replace(sign, ascii), text)
}
