// Tokens with digits, as words: years, dates, times, money, percentages, fractions, ranges, units, phone numbers.
import { cardinal, digits, ordinal, plural, quantity, year } from './numbers.ts'
import {
  counted,
  currencies,
  magnitudes,
  months,
  noPlurals,
  shortMonths,
  units,
  versioned,
  yearIntroducers,
} from './spellings.ts'

/** The words on both sides, folded and without their punctuation; '' at an end of the clause. */
type Neighbours = { previous: string; next: string }
/** Whether 4/7 is the fourth of July, as in most places, or April seventh, as in the United States. */
export type FigureContext = Neighbours & { dayFirst: boolean }

type Rule = [RegExp, (match: string[], context: FigureContext, say: Say) => string[] | undefined]
type Say = (token: string, context?: Partial<FigureContext>) => string[]

const number = String.raw`(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d*\.?\d+)`
const currency = String.raw`(?:US\$|[$€£¥₹₩₽₿])`
const pattern = (source: string, flags = '') => new RegExp(`^(?:${source})$`, flags)
const lettersOfMeridiem = { a: ['ay', 'm'], p: ['p', 'm'] }
/** After a currency sign a small m is no metre. */
const moneyMagnitudes: Record<string, string> = { ...magnitudes, m: 'million', b: 'billion', K: 'thousand' }
const fractionNames: Record<string, string[]> = { 2: ['half'], 4: ['quarter'] }

/** The first rule that fits and gives words, wins. */
const rules: Rule[] = [
  [pattern(String.raw`(\d{4})-(\d\d)-(\d\d)`), ([, y, m, d]) => date(Number(m), Number(d), y!)],
  [
    pattern(String.raw`(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})`),
    ([, a, , b, y], { dayFirst }) => {
      const [day, month] = (dayFirst && Number(b) <= 12) || Number(a) > 12 ? [a, b] : [b, a]
      return date(Number(month), Number(day), y!)
    },
  ],
  [
    pattern(String.raw`(\d{1,2})[:.]([0-5]\d)([ap])\.?m`, 'i'),
    ([, h, m, half]) => [...clock(h!, m!, true), ...meridiem(half!)],
  ],
  [pattern(String.raw`(\d{1,2})([ap])\.?m`, 'i'), ([, h, half]) => [...cardinal(h!), ...meridiem(half!)]],
  [
    pattern(String.raw`(\d{1,2}):([0-5]\d)(?::[0-5]\d)?`),
    ([, h, m], { next }) => clock(h!, m!, /^[ap]\.?m$/i.test(next)),
  ],
  [
    pattern(String.raw`(\d{1,2}:\d\d)[–-](\d{1,2}:\d\d.*)`),
    ([, from, to], _, say) => [...say(from!), 'to', ...say(to!)],
  ],
  [pattern(String.raw`(\d+):(\d+)`), ([, a, b]) => [...cardinal(a!), 'to', ...cardinal(b!)]],
  [pattern(String.raw`\d{1,3}(?:\.\d{1,3}){2,}`), ([all]) => between(all!.split('.').map(quantity), 'point')],
  [pattern(String.raw`\+?\d{1,4}(?:[-. ]\d{2,4}){2,}|\d{3}-\d{4}|\d(?:-\d){2,}`), ([all]) => phone(all!)],
  [pattern(String.raw`\d{3}`), ([all], { next }) => (/^\d{3}-\d{4}$/.test(next) ? [...digits(all!), ','] : undefined)],
  [pattern(`(${currency})?(${number})([^\\d–-]*)[–-](${currency})?(${number}[^–]*)`), range],
  [
    pattern(`(${currency})(${number})([a-zA-Z]*)`),
    ([, sign, amount, scale], context) => money(sign!, amount!, scale!, context),
  ],
  [pattern(`(${number})([$€£¥₹₩₽₿¢])`), ([, amount, sign], context) => money(sign!, amount!, '', context)],
  [pattern(`(${number})%`), ([, amount]) => [...quantity(amount!), 'percent']],
  [pattern(String.raw`(\d+)\/(\d+)`), ([, a, b], { previous }) => fraction(a!, b!, previous)],
  [pattern(String.raw`([\d,]+)(?:st|nd|rd|th)`, 'i'), ([, n]) => ordinal(n!)],
  [pattern(String.raw`'?(\d+)'?s`), ([, n]) => plural(n!.length === 4 ? year(n!) : cardinal(n!))],
  [pattern(String.raw`'(\d\d)`), ([, n]) => (n!.startsWith('0') ? ['oh', ...digits(n![1]!)] : cardinal(n!))],
  [pattern(`(${number})[x×](${number})`), ([, a, b]) => [...quantity(a!), 'by', ...quantity(b!)]],
  [pattern(`(${number})[x×]`), ([, n]) => [...quantity(n!), 'times']],
  [pattern(`(${number})\\+`), ([, n]) => [...quantity(n!), 'plus']],
  [pattern(`-(${number}.*)`), ([, rest], context, say) => ['minus', ...say(rest!, context)]],
  [pattern(`(${number})([a-zA-Z°/^\\d]*[a-zA-Z°23])`), ([, n, sign]) => measured(n!, sign!)],
  [pattern(String.raw`(\d+),(\d{1,2})`), ([, whole, part]) => quantity(`${whole}.${part}`)],
  [pattern(number), ([all], context) => plainNumber(all!, context)],
]

/** The words for a token with digits; undefined when it is no figure we know ('MP3', 'COVID-19'). */
export function sayFigure(token: string, context: FigureContext): string[] | undefined {
  const say: Say = (part, changes) => sayFigure(part, { ...context, ...changes }) ?? digits(part)
  for (const [shape, words] of rules) {
    const match = shape.exec(token)
    const said = match && words([...match], context, say)
    if (said) return said
  }
  return undefined
}

/** The words for a unit's sign after a number ('km/h', 'm^2'); undefined when it is no unit. */
export function unitName(sign: string, singular = false): string | undefined {
  const form = singular ? 0 : 1
  const [top, bottom] = sign.split('/') as [string, string?]
  if (bottom) {
    const [over, under] = [unitName(top, singular), unitName(bottom, true)]
    return over && under ? `${over} per ${under}` : undefined
  }
  const power = /^(.+)\^([23])$/.exec(sign)
  if (power) return unitName(power[1]!, singular)?.replace(/^/, power[2] === '2' ? 'square ' : 'cubic ')
  return Object.hasOwn(units, sign) ? units[sign]![form] : undefined
}

/** '$3.5' of '$3.5 million': the currency is said after the magnitude. */
export function currencyBefore(previous: string): string | undefined {
  const match = pattern(`(${currency})${number}`).exec(previous)
  return match ? currencies[match[1]!]!.many : undefined
}

/** 'March' or 'Mar', in full and lower case; undefined for what is no capitalised month. */
export function monthName(token: string): string | undefined {
  if (!/^[A-Z]/.test(token)) return undefined
  const name = token.toLowerCase().replace(/\.$/, '')
  if (months.includes(name)) return name
  return Object.hasOwn(shortMonths, name) ? shortMonths[name] : undefined
}

function plainNumber(written: string, { previous, next }: FigureContext): string[] {
  if (/^([1-9]|[12]\d|3[01])$/.test(written) && (monthName(previous) || monthName(next))) return ordinal(written)
  const [whole, minor] = written.split('.') as [string, string?]
  if (minor && !minor.startsWith('0') && versioned.has(previous.toLowerCase())) {
    return [...quantity(whole), 'point', ...cardinal(minor)]
  }
  return isYear(written, previous, next) ? year(written) : quantity(written)
}

/** Four digits are a year unless what follows them is counted: 'in 1475 ships', 'sold 1475 ships', '1475 km'. */
function isYear(written: string, previous: string, next: string): boolean {
  if (!/^(1[1-9]|20)\d\d$/.test(written))
    return /^10[1-9]\d$/.test(written) && yearIntroducers.has(previous.toLowerCase())
  if ((next !== 'in' && unitName(next)) || Object.hasOwn(magnitudes, next)) return false
  if (yearIntroducers.has(previous.toLowerCase()) || monthName(previous)) return true
  return !counted.has(next) && !(/^[a-z]{3,}s$/.test(next) && !noPlurals.has(next))
}

function date(month: number, day: number, writtenYear: string): string[] | undefined {
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined
  const years = writtenYear.length === 4 ? year(writtenYear) : year(`20${writtenYear}`)
  return [months[month - 1]!, ...ordinal(String(day)), ...years]
}

function clock(hour: string, minute: string, hasMeridiem: boolean): string[] {
  const hours = cardinal(hour)
  if (minute !== '00') return [...hours, ...(minute.startsWith('0') ? ['oh'] : []), ...cardinal(minute)]
  if (hasMeridiem) return hours
  return [...hours, Number(hour) > 12 || Number(hour) === 0 ? 'hundred' : "o'clock"]
}

function meridiem(letter: string): string[] {
  return lettersOfMeridiem[letter.toLowerCase() as 'a' | 'p']
}

function phone(written: string): string[] {
  return between(
    written
      .split(/[-. +]+/)
      .filter(Boolean)
      .map(digits),
    ',',
  )
}

/** A unit, currency or percent sign at the end counts for both: '5–10%' is five to ten percent. */
function range(match: string[], context: FigureContext, say: Say): string[] | undefined {
  const [, sign, low, suffix, otherSign, high] = match
  const from = suffix ? `${low}${suffix}` : low!
  const to = `${otherSign ?? sign ?? ''}${high}`
  const ownSign = sign && otherSign ? sign : ''
  const abbreviatedYear = low!.length === 4 && /^\d\d$/.test(high!)
  const last = abbreviatedYear ? cardinal(high!) : say(to, { previous: context.previous })
  return [...say(`${ownSign}${from}`, { previous: context.previous, next: '' }), 'to', ...last]
}

function money(sign: string, amount: string, scale: string, { next }: Neighbours): string[] | undefined {
  const { one, many, cent, cents } = currencies[sign]!
  if (scale) {
    if (!Object.hasOwn(moneyMagnitudes, scale)) return undefined
    return [...quantity(amount), moneyMagnitudes[scale]!, ...many.split(' ')]
  }
  if (Object.hasOwn(magnitudes, next) && next.length > 2) return quantity(amount)
  const [whole, part] = amount.split('.') as [string, string?]
  if (!part || part.length !== 2 || !cent || !cents) {
    return [...quantity(amount), ...(amount === '1' ? one : many).split(' ')]
  }
  const wholes = Number(whole.replaceAll(',', ''))
    ? [...cardinal(whole), ...(whole === '1' ? one : many).split(' ')]
    : []
  const parts = Number(part) ? [...cardinal(String(Number(part))), part === '01' ? cent : cents] : []
  return [...wholes, ...(wholes.length && parts.length ? ['and'] : []), ...parts]
}

function fraction(a: string, b: string, previous: string): string[] {
  if (Number(a) >= Number(b) || Number(b) > 100)
    return [...cardinal(a), ...(Number(b) > 100 ? ['over'] : []), ...cardinal(b)]
  const name = fractionNames[b] ?? ordinal(b)
  const many = b === '2' ? ['halves'] : plural(name)
  return [...(/^\d+$/.test(previous) ? ['and'] : []), ...cardinal(a), ...(Number(a) === 1 ? name : many)]
}

function measured(amount: string, sign: string): string[] | undefined {
  if (Object.hasOwn(magnitudes, sign)) return [...quantity(amount), magnitudes[sign]!]
  const unit = unitName(sign, amount === '1')
  return unit ? [...quantity(amount), ...unit.split(' ')] : undefined
}

function between(groups: string[][], separator: string): string[] {
  return groups.flatMap((group, i) => (i ? [separator, ...group] : group))
}
