// Numbers as an American narrator says them: lower-case words, no hyphens, no 'and'.

const small = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen'
).split(' ')
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']
const scales = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion']
const irregularOrdinals: Record<string, string> = {
  one: 'first',
  two: 'second',
  three: 'third',
  five: 'fifth',
  eight: 'eighth',
  nine: 'ninth',
  twelve: 'twelfth',
}

/** '1475' → one thousand four hundred seventy five. Commas are skipped; past 18 digits it is said digit by digit. */
export function cardinal(written: string): string[] {
  const plain = written.replaceAll(',', '')
  if (plain.length > scales.length * 3) return digits(plain)
  const groups: string[][] = []
  for (let end = plain.length, scale = 0; end > 0; end -= 3, scale++) {
    const words = belowThousand(Number(plain.slice(Math.max(0, end - 3), end)))
    if (words.length) groups.unshift(scale ? [...words, scales[scale]!] : words)
  }
  return groups.length ? groups.flat() : ['zero']
}

/** '21' → twenty first. */
export function ordinal(written: string): string[] {
  const words = cardinal(written)
  const last = words.pop()!
  return [...words, irregularOrdinals[last] ?? (last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`)]
}

/** '1905' → nineteen oh five; '2004' → two thousand four; '2024' → twenty twenty four. Four digits. */
export function year(written: string): string[] {
  const century = Number(written.slice(0, 2))
  const rest = Number(written.slice(2))
  if (century % 10 === 0 && rest < 10) return cardinal(written)
  if (rest === 0) return [...belowThousand(century), 'hundred']
  return [...belowThousand(century), ...(rest < 10 ? ['oh'] : []), ...belowThousand(rest)]
}

/** '007' → zero zero seven. */
export function digits(written: string): string[] {
  return Array.from(written.replace(/\D/g, ''), (digit) => small[Number(digit)]!)
}

/** '3.14' → three point one four; '1,200' → one thousand two hundred; '007' → zero zero seven. */
export function quantity(written: string): string[] {
  const [whole = '', fraction] = written.split('.')
  const before = /^0\d/.test(whole) ? digits(whole) : whole ? cardinal(whole) : []
  return fraction ? [...before, 'point', ...digits(fraction)] : before
}

/** The last word in the plural: nineteen ninety → nineteen nineties; two thirds. */
export function plural(words: string[]): string[] {
  const last = words.at(-1)!
  const many = last.endsWith('y') ? `${last.slice(0, -1)}ies` : last.endsWith('x') ? `${last}es` : `${last}s`
  return [...words.slice(0, -1), many]
}

/** A Roman numeral of I, V and X, as a number; undefined when it is not one as the Romans wrote it. */
export function roman(written: string): number | undefined {
  const match = /^(X{0,3})(IX|IV|V?I{0,3})$/.exec(written)
  if (!match || !written) return undefined
  const units = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX'].indexOf(match[2]!)
  return match[1]!.length * 10 + units
}

function belowThousand(value: number): string[] {
  const words: string[] = []
  if (value >= 100) words.push(small[Math.floor(value / 100)]!, 'hundred')
  const rest = value % 100
  if (rest >= 20) words.push(tens[Math.floor(rest / 10)]!)
  const unit = rest >= 20 ? rest % 10 : rest
  if (unit) words.push(small[unit]!)
  return words
}
