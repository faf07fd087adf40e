import { describe, expect, test } from 'vitest'
import { spokenSentence } from '../../../../providers/offline/voice/spoken.ts'

const said = (sentence: string, language = 'en') =>
  spokenSentence(sentence.split(' '), language)
    .map(({ says }) => says.join(' '))
    .join(' | ')

const cases: Record<string, [sentence: string, said: string][]> = {
  'plain words': [
    ['The café was “quiet” once.', 'the | cafe | was | quiet | once'],
    ["Don't stop, it's James's.", "don't | stop , | it's | james's"],
    ["They're here and we're late", 'there | here | and | weir | late'],
    ["The dogs' and O'Brien's", "the | dogs | and | o'brien's"],
    ['Coffee—black… and hot', 'coffee , black , | and | hot'],
    ['state-of-the-art, well-known', 'state of the art , | well known'],
    ['and/or snake_case', 'and or | snake case'],
    ['YouTube iPhone McDonald', 'you tube | i phone | mcdonald'],
  ],
  pauses: [
    ['Yes; no: maybe, so', 'yes , | no , | maybe , | so'],
    ['It came (late) today', 'it | came | , late , | today'],
    ['So — what', 'so | , | what'],
    ['So\u00A0— what', 'so , | what'],
    ['Good. 🍕 Bye', 'good , |  | bye'],
    ['Dr. Lee left the U.S. early', 'doctor | lee | left | the | u s | early'],
  ],
  numbers: [
    ['1,200 of 12,345.67', 'one thousand two hundred | of | twelve thousand three hundred forty five point six seven'],
    ['-5 and −5°C', 'minus five | and | minus five degrees celsius'],
    ['the 1st and 22nd', 'the | first | and | twenty second'],
    ['8,5 or 007', 'eight point five | or | zero zero seven'],
    ['10,000+ people, 2x 4x4', 'ten thousand plus | people , | two times | four by four'],
    ['#5 and # 5 and No. 5', 'number five | and | number | five | and | number | five'],
    ['I said no.', 'i | said | no'],
    ['pp. 3 vol. 2', 'pages | three | volume | two'],
    ['100k 5M 2bn', 'one hundred thousand | five million | two billion'],
  ],
  years: [
    ['In 1475, ships', 'in | fourteen seventy five , | ships'],
    ['in 1475 ships sailed', 'in | fourteen seventy five | ships | sailed'],
    ['about 1475 ships', 'about | one thousand four hundred seventy five | ships'],
    ['in 1850 in Paris, c. 1850 or', 'in | eighteen fifty | in | paris , | circa | eighteen fifty | or'],
    ['1475 km', 'one thousand four hundred seventy five | kilometers'],
    ['In 1066 and 3066', 'in | ten sixty six | and | three thousand sixty six'],
    ["the 1990s, '90s and 1800s", 'the | nineteen nineties , | nineties | and | eighteen hundreds'],
    ['mid-1990s 19th-century', 'mid nineteen nineties | nineteenth century'],
    ['1914–1918 or 1914-18', 'nineteen fourteen to nineteen eighteen | or | nineteen fourteen to eighteen'],
  ],
  dates: [
    ['Jan. 4th, 2024', 'january | fourth , | twenty twenty four'],
    ['March 3 or 3 March', 'march | third | or | third | march'],
    ['Sept. 5 Dec 25, 1999', 'september | fifth | december | twenty fifth , | nineteen ninety nine'],
    ['You may 5 times', 'you | may | five | times'],
    ['4/7/2021 2024-01-15', 'april seventh twenty twenty one | january fifteenth twenty twenty four'],
    ['25/12/2021', 'december twenty fifth twenty twenty one'],
    ['Jan.–Dec. on Tues. and Wed. too', 'january , december | on | tuesday | and | wednesday | too'],
  ],
  times: [
    ['5:30pm 5:30 p.m.', 'five thirty p m | five thirty | p m'],
    ['17:45 9:05 17:00 5:00', "seventeen forty five | nine oh five | seventeen hundred | five o'clock"],
    ['10 AM 5pm', 'ten | ay m | five p m'],
    ['9:00-17:00', "nine o'clock to seventeen hundred"],
    ['16:9', 'sixteen to nine'],
  ],
  money: [
    ['$3.5 million $2.50', 'three point five | million dollars | two dollars and fifty cents'],
    [
      '€20 £1,200.50 ¥500 50¢',
      'twenty euros | one thousand two hundred pounds and fifty pence | five hundred yen | fifty cents',
    ],
    ['$1 $1.01 $0.99 20 €', 'one dollar | one dollar and one cent | ninety nine cents | twenty | euros'],
    ['$5-10 $5–$10 £2m', 'five to ten dollars | five dollars to ten dollars | two million pounds'],
    ['$100-a-day $10bn/year', 'one hundred dollars a day | ten billion dollars per year'],
  ],
  'percentages, units and fractions': [
    ['45% 3.5% 5–10% 5 %', 'forty five percent | three point five percent | five to ten percent | five | percent'],
    ['60km/h 20 °C 10kg', 'sixty kilometers per hour | twenty | degrees celsius | ten kilograms'],
    ['5 ft 1 ft 6ft 20m²', 'five | feet | one | foot | six feet | twenty square meters'],
    ['a 5-km run, 2 x 3 m', 'a | five kilometer | run , | two | times | three | meters'],
    ['the 27 in the room', 'the | twenty seven | in | the | room'],
    ['1/2 3/4 2/3 3½ 50/50', 'one half | three quarters | two thirds | three and one half | fifty fifty'],
    ['5-10 10–15km 24/7', 'five to ten | ten to fifteen kilometers | twenty four seven'],
  ],
  'phones and versions': [
    ['555-1234', 'five five five , one two three four'],
    ['(555) 123-4567', ', five five five , , | one two three , four five six seven'],
    ['+1-800-555-0199', 'one , eight zero zero , five five five , zero one nine nine'],
    ['Python 3.11, 1.2.3', 'python | three point eleven , | one point two point three'],
  ],
  abbreviations: [
    ['Mr. Fox vs. Mrs. Fox, etc.', 'mister | fox | versus | missus | fox , | et cetera'],
    ['near St. Paul on Main St. today', 'near | saint | paul | on | main | street | today'],
    ['e.g. this, i.e. that', 'for example | this , | that is | that'],
    ['a Ph.D. at 3 a.m.', 'a | p h d | at | three | ay m'],
    ['Samuel A. Smith Jr. ran', 'samuel | ay | smith | junior | ran'],
    ['plan A is a plan', 'plan | ay | is | a | plan'],
  ],
  capitals: [
    ['the FBI and NASA in the USA', 'the | f b i | and | nasa | in | the | u s ay'],
    ["CEOs and the FBI's TVs", "c e o's | and | the | f b i's | t v's"],
    ['a BIG day', 'a | big | day'],
    ['NEVER GIVE IT UP', 'never | give | it | up'],
    ['MP3 COVID-19 H2O B2B', 'm p three | covid nineteen | h two o | b two b'],
    ['Henry VIII and Louis XIV', 'henry | the eighth | and | louis | the fourteenth'],
    ['World War II, Chapter IV', 'world | war | two , | chapter | four'],
    ['the XIX century and a CD', 'the | nineteenth | century | and | a | c d'],
  ],
  'signs and addresses': [
    ['rock & roll at AT&T', 'rock | and | roll | at | ay t and t'],
    ['1+1=2 x=y', 'one plus one equals two | x equals y'],
    ['me@example.com', 'me at example dot com'],
    ['https://www.example.com/a-b', 'www dot example dot com slash a dash b'],
    ['#travel @ home', 'hashtag travel | at | home'],
  ],
}

describe.each(Object.entries(cases))('%s', (_, table) => {
  test.each(table)('%s', (sentence, words) => {
    expect(said(sentence)).toBe(words)
  })
})

test('the day comes first in dates outside the United States', () => {
  expect(said('4/7/2021', 'en-GB')).toBe('july fourth twenty twenty one')
})

test('a word in another script is unreadable and a pause, an emoji or a dash is not unreadable', () => {
  const [city, emoji, dash, mixed] = spokenSentence(['北京', '🍕', '—', 'Приветworld'], 'en')
  expect(city).toEqual({ says: [','], unreadable: true })
  expect(emoji).toEqual({ says: [], unreadable: false })
  expect(dash).toEqual({ says: [','], unreadable: false })
  expect(mixed).toEqual({ says: ['world'], unreadable: false })
})

test('names that every object has are only words', () => {
  expect(said('constructor __proto__ toString valueOf')).toBe('constructor | proto | to string | value of')
  expect(said('Constructor 5 constructor.com $5constructor')).toBe(
    'constructor | five | constructor dot com | dollars five constructor',
  )
})

test('everything said is lower-case letters, apostrophes and pauses, whatever the script', () => {
  const odd = '§5 ¿Qué? [x] {y} 5\' 6" ~3 ≈3 50/50% 1e5 0x1F a@b @@ ## $$ 3,4,5 -- ** \\n <b> 1.2.3.4.5 ½% ①'.split(' ')
  for (const { says } of spokenSentence(odd, 'en'))
    for (const word of says) expect(word).toMatch(/^([a-z']*[a-z][a-z']*|,)$/)
})
