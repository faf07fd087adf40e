// What to say for each word on the screen. Pure tables and shapes; flite says the rest right by itself
// (possessives, plurals, words outside its lexicon), as its phones show.
import { currencyBefore, monthName, sayFigure, unitName, type FigureContext } from './figures.ts'
import { fold } from './fold.ts'
import { cardinal, ordinal, roman } from './numbers.ts'
import { dotted, emphasised, magnitudes, numbered, phrases, regnalNames, saidAsWords } from './spellings.ts'

/** Lower-case words for flite, and ',' where the voice pauses. */
export type Spoken = {
  says: string[]
  /** Written in a script that the voice does not read. */
  unreadable: boolean
}

type Token = { core: string; opens: boolean; closes: string }
type Context = FigureContext & {
  /** A full stop follows: it decides between 'No.' and 'no'. */
  hasStop: boolean
  /** Most of the sentence is in capitals, so that capitals mean nothing. */
  shouted: boolean
}

// The longest words of English have 45 letters; beyond, it is noise that would be spelled out for minutes.
const longestWordLetters = 45
const dayFirstRegions = /^en-(GB|AU|NZ|IE|IN|ZA)\b/i
const addressSigns = new Map(
  Object.entries({ '.': 'dot', '/': 'slash', '@': 'at', '-': 'dash', '#': 'hash', '?': ',' }),
)
const afterA = new Set(
  'plan vitamin grade type hepatitis option class section group team point exhibit level'.split(' '),
)

/** The words of one sentence, in order; one entry per word. `language` tells how a date like 4/7 is read. */
export function spokenSentence(words: string[], language: string): Spoken[] {
  const tokens = words.map((word) => tokenOf(fold(word)))
  const letters = tokens.filter(({ core }) => /[A-Za-z]{2}/.test(core))
  const loud = letters.filter(({ core }) => core === core.toUpperCase())
  return tokens.map((token, i) => {
    const context: Context = {
      previous: tokens[i - 1]?.core ?? '',
      next: /[,;:!?…—]/.test(token.closes) ? '' : (tokens[i + 1]?.core ?? ''),
      dayFirst: dayFirstRegions.test(language),
      hasStop: token.closes.startsWith('.'),
      shouted: letters.length >= 3 && loud.length * 2 > letters.length,
    }
    const says = say(token.core, context)
    const unreadable = !says.some(isSound) && /[\p{L}\p{N}]/u.test(token.core)
    if (token.opens) says.unshift(',')
    if (unreadable || (i < tokens.length - 1 && pauses(token, context))) says.push(',')
    return { says, unreadable }
  })
}

/** Whether it is a word to say, not a pause. */
export const isSound = (said: string) => said !== ','

function tokenOf(folded: string): Token {
  const [, before = '', core = '', closes = ''] =
    /^([\s"'([{*_¿¡«]*)(.*?)([\s)"'\]}*_.,;:!?…–—»、。，！？；：]*)$/su.exec(folded) ?? []
  // '90s and 'tis keep their apostrophe; "C'" would be nothing without it.
  const kept = before.endsWith("'") && /^(\d\ds?|tis|twas|em)$/i.test(core) ? `'${core}` : core
  return { core: kept, opens: /[([]/.test(before), closes }
}

function pauses({ core, closes }: Token, context: Context): boolean {
  if (/[,;:)\]…–—]/.test(closes)) return true
  if (/^[–—|-]+$/.test(core)) return true
  return /[.!?]/.test(closes) && !(closes === '.' && isAbbreviated(core, context))
}

/** Whether a full stop may be no more than its own. */
function isAbbreviated(core: string, context: Context): boolean {
  return core.length === 1 || core.includes('.') || sayFromTable(core, context) !== undefined
}

/** The first way that gives words, wins. */
function say(core: string, context: Context): string[] {
  if (!core) return []
  if (/\s/.test(core)) return sayParts(core.split(/\s+/), context)
  return (
    sayFromTable(core, context) ??
    (/\d/.test(core) ? sayFigure(core, context) : undefined) ??
    sayAddress(core, context) ??
    sayPossessive(core, context) ??
    sayInitials(core) ??
    sayCompound(core, context) ??
    sayRoman(core, context) ??
    sayCapitals(core, context) ??
    sayWord(core)
  )
}

function sayParts(parts: string[], context: Context): string[] {
  return parts.flatMap((part, i) =>
    say(part, {
      ...context,
      previous: parts[i - 1] ?? context.previous,
      next: parts[i + 1] ?? context.next,
      hasStop: false,
    }),
  )
}

function sayFromTable(core: string, context: Context): string[] | undefined {
  const { previous, next, hasStop, shouted } = context
  const lower = core.toLowerCase()
  const afterNumber = /^[-$€£¥]?[\d.,:]*\d$/.test(previous)
  const beforeNumber = /^\d/.test(next)
  const isCapitalised = /^[A-Z]/.test(next)
  const money = Object.hasOwn(magnitudes, lower) && currencyBefore(previous)
  if (money) return [magnitudes[lower]!, ...money.split(' ')]
  if (afterNumber && /^[ap]\.?m$/i.test(core)) return lower.startsWith('a') ? ['ay', 'm'] : ['p', 'm']
  if (beforeNumber && (hasStop || core === '#') && Object.hasOwn(numbered, lower)) return [numbered[lower]!]
  if (core === 'x' && afterNumber && beforeNumber) return ['times']
  if (lower === 'st' && (hasStop || isCapitalised)) return [isCapitalised ? 'saint' : 'street']
  if (lower === 'ft' && hasStop && isCapitalised && !afterNumber) return ['fort']
  // 'the 27 in the room' has no inches.
  const unit = afterNumber && !(core === 'in' && next) && unitName(core, previous === '1')
  if (unit) return unit.split(' ')
  const month = (hasStop || beforeNumber || afterNumber) && monthName(core)
  if (month) return [month]
  if (hasStop && Object.hasOwn(dotted, lower)) return [dotted[lower]!]
  if (core === 'A' && (hasStop || afterA.has(previous.toLowerCase()) || (previous && !next && !shouted))) return ['ay']
  const phrase = Object.hasOwn(phrases, core) ? core : Object.hasOwn(phrases, lower) ? lower : undefined
  return phrase === undefined ? undefined : phrases[phrase]!.split(' ')
}

/** 'https://www.example.com/a', 'me@example.com', 'example.com', '@name', '#tag', 'node.js'. */
function sayAddress(core: string, context: Context): string[] | undefined {
  const bare = core.replace(/^https?:\/\//i, '').replace(/\/$/, '')
  const isAddress = /^([\w-]+@)?[\w-]+(\.[\w-]+)*\.[a-z]{2,}([/?#].*)?$/.test(bare) && /[a-z]/i.test(bare)
  if (isAddress || bare !== core) {
    return bare
      .split(/([./@#?-])|[_=&]+/)
      .flatMap((part) => (part ? (addressSigns.get(part) ?? say(part, { ...context, hasStop: false })) : []))
  }
  if (/^#[A-Za-z]\w*$/.test(core)) return ['hashtag', ...say(core.slice(1), context)]
  if (/^#\d/.test(core)) return ['number', ...say(core.slice(1), context)]
  return undefined
}

/** "FBI's", "1990's". Plain words keep theirs: flite says "coffee's" right. */
function sayPossessive(core: string, context: Context): string[] | undefined {
  const base = /^(.+)'s$/i.exec(core)?.[1]
  if (!base || /^[A-Z]?[a-z]+$/.test(base)) return undefined
  const said = say(base, context)
  return said.length ? [...said.slice(0, -1), `${said.at(-1)}'s`] : said
}

/** 'U.S', 'J.R.R': one letter after the other. */
function sayInitials(core: string): string[] | undefined {
  return /^([A-Za-z]\.)+[A-Za-z]$/.test(core) ? spelled(core.replaceAll('.', '')) : undefined
}

/** Takes apart at hyphens, dashes and slashes; else at other signs, between letters and digits, and in camelCase. */
function sayCompound(core: string, context: Context): string[] | undefined {
  const hyphened = core.split(/([-–—/_…])/).filter(Boolean)
  const parts = hyphened.length > 1 ? hyphened : atSeams(core)
  if (parts.length < 2) return undefined
  return parts.flatMap((part, i) => {
    if (/^[–—…,;:()|]$/.test(part)) return [',']
    if (part === 'A') return ['ay']
    if (part === '/' && /\d/.test(parts[i - 1] ?? '') && /^[a-z]/.test(parts[i + 1] ?? '')) return ['per']
    const hasStop = part.endsWith('.') || (context.hasStop && i === parts.length - 1)
    const word = part.replace(/\.$/, '')
    const unit = parts[i - 1] === '-' && /\d$/.test(parts[i - 2] ?? '') && unitName(word, true)
    if (unit) return unit.split(' ')
    return /[A-Za-z\d]|^[&+=@%$€£]$/.test(word)
      ? say(word, { ...context, hasStop, previous: parts[i - 2] ?? context.previous, next: '' })
      : []
  })
}

function atSeams(core: string): string[] {
  return core
    .replace(/\^2/g, ' squared ')
    .replace(/\^3/g, ' cubed ')
    .replace(/([a-z])([A-Z])/g, (pair, a, b, at) =>
      /(^|[^A-Za-z])(Ma?c|O)$/.test(core.slice(0, at + 1)) ? pair : `${a} ${b}`,
    )
    .replace(/([A-Za-z])(?=\d)|(\d)(?=[A-Za-z])/g, '$& ')
    .split(/\s+|([^A-Za-z\d'.])|(?<=[A-Za-z])\.(?=[A-Za-z])/)
    .filter(Boolean)
}

/** 'Henry VIII', 'World War II', 'the XIX century'. Alone, capitals are initials. */
function sayRoman(core: string, { previous, next }: Context): string[] | undefined {
  const value = /^[IVX]+$/.test(core) ? roman(core) : undefined
  if (value === undefined) return undefined
  if (regnalNames.has(previous.toLowerCase())) return ['the', ...ordinal(String(value))]
  if (/^centur/i.test(next)) return ordinal(String(value))
  return core.length > 1 && /^[A-Z]/.test(previous) ? cardinal(String(value)) : undefined
}

function sayCapitals(core: string, { shouted }: Context): string[] | undefined {
  const [, capitals, s] = /^([A-Z]{2,})(s?)$/.exec(core) ?? []
  if (!capitals) return undefined
  const lower = capitals.toLowerCase()
  if (saidAsWords.has(lower)) return [lower + s]
  const isWord = /[aeiouy]/.test(lower) && (shouted || emphasised.has(lower) || capitals.length > 4)
  if (isWord) return sayWord(core)
  const letters = spelled(capitals)
  return s ? [...letters.slice(0, -1), `${letters.at(-1)}'s`] : letters
}

function sayWord(core: string): string[] {
  const word = core
    .toLowerCase()
    .replace(/[^a-z']/g, '')
    .replace(/^'+|'+$/g, '')
  return word ? [word.slice(0, longestWordLetters)] : []
}

function spelled(letters: string): string[] {
  return Array.from(letters.toLowerCase(), (letter) => (letter === 'a' ? 'ay' : letter))
}
