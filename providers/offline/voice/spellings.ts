// Data for speech: what is written one way and said another. Values are the words to say, as flite spells them.
// A letter's name is the letter itself, but for A: flite says the article for 'a' and the letter for 'ay'.

/** Looked up as written, then in lower case, without the closing full stop. */
export const phrases: Record<string, string> = {
  '&': 'and',
  '@': 'at',
  '+': 'plus',
  '=': 'equals',
  '%': 'percent',
  '#': 'number',
  '×': 'times',
  '÷': 'divided by',
  '±': 'plus or minus',
  '≈': 'about',
  '~': 'about',
  '<': 'less than',
  '>': 'greater than',
  '≤': 'at most',
  '≥': 'at least',
  '→': 'to',
  '°': 'degrees',
  '§': 'section',
  '∞': 'infinity',
  $: 'dollars',
  '€': 'euros',
  '£': 'pounds',
  'w/': 'with',
  'w/o': 'without',
  'b/c': 'because',
  '24/7': 'twenty four seven',
  '9/11': 'nine eleven',
  '9-1-1': 'nine one one',
  mr: 'mister',
  mrs: 'missus',
  dr: 'doctor',
  prof: 'professor',
  vs: 'versus',
  etc: 'et cetera',
  'e.g': 'for example',
  eg: 'for example',
  'i.e': 'that is',
  'ph.d': 'p h d',
  phd: 'p h d',
  approx: 'approximately',
  dept: 'department',
  'at&t': 'ay t and t',
  'c++': 'c plus plus',
  'c#': 'c sharp',
  'wi-fi': 'why fye',
  wifi: 'why fye',
  'x-ray': 'ex ray',
  ok: 'okay',
  jpeg: 'jay peg',
  crispr: 'crisper',
  hipaa: 'hippa',
  hm: 'hum',
  hmm: 'hum',
  mmm: 'mum',
  shh: 'shush',
  // flite drops the apostrophe and says what is left: "we're" as 'were', "who're" as something worse.
  "we're": 'weir',
  "who're": 'who are',
  "they're": 'there',
  "there're": 'there are',
  "what're": 'what are',
  "how're": 'how are',
  "'tis": 'tiz',
  "'twas": 'twuz',
  "'em": 'them',
}

/** Only with their full stop; without it they are other words, or names. */
export const dotted: Record<string, string> = {
  ave: 'avenue',
  blvd: 'boulevard',
  rd: 'road',
  mt: 'mount',
  jr: 'junior',
  sr: 'senior',
  inc: 'incorporated',
  corp: 'corporation',
  co: 'company',
  ltd: 'limited',
  gov: 'governor',
  gen: 'general',
  col: 'colonel',
  lt: 'lieutenant',
  capt: 'captain',
  sgt: 'sergeant',
  sen: 'senator',
  rep: 'representative',
  rev: 'reverend',
  hon: 'honorable',
  pres: 'president',
  est: 'established',
  max: 'maximum',
  ms: 'miz',
  mon: 'monday',
  tue: 'tuesday',
  tues: 'tuesday',
  wed: 'wednesday',
  thu: 'thursday',
  thurs: 'thursday',
  fri: 'friday',
}

/** Only before a number. */
export const numbered: Record<string, string> = {
  no: 'number',
  nos: 'numbers',
  '#': 'number',
  p: 'page',
  pp: 'pages',
  vol: 'volume',
  ch: 'chapter',
  fig: 'figure',
  sec: 'section',
  ca: 'circa',
  c: 'circa',
}

const january = 'january february march april may june july august september october november december'
export const months = january.split(' ')
/** With a full stop or beside a number. */
export const shortMonths: Record<string, string> = {
  ...Object.fromEntries(months.map((month) => [month.slice(0, 3), month])),
  sept: 'september',
}

/** Written in capitals and said as a word. Other capitals of up to four letters are spelled out. */
export const saidAsWords = setOf(
  'aids asean awol cern cobol covid darpa fema fifa fomo fortran gif gui ikea laser lego lidar mensa mers nafta ' +
    'nasa nasdaq nato nimby opec osha peta pin potus radar ram rom sars scotus scuba sim sonar swat taser unesco ' +
    'unicef yolo zip',
)
/** Capitals for emphasis, not initials: BIG, NEVER. (IT, US and WHO are left to be initials.) */
export const emphasised = setOf(
  'all and any are as at bad be best big but buy by can day did do ever far fast few for free from full get go ' +
    'good had has have he her here hey high him his hot how huge if in is just keep know last less life long look lot ' +
    'love low made make many may me more most much must my new next no non not now of off oh old on once one only or ' +
    'our out over own real run save see she so some soon stay stop such take than that the them then they this time ' +
    'to too top try two up use very wait want was way we well were what when why will win with work wow yes yet you your',
)

/** Before one of these, a Roman numeral is an ordinal with 'the': Henry the eighth. */
export const regnalNames = setOf(
  'alexander alfonso benedict catherine charles christian clement constantine edward elizabeth ferdinand francis ' +
    'frederick george gregory gustav haakon harald henry innocent ivan james john joseph leo leopold louis mary ' +
    'maximilian napoleon nicholas olaf oscar otto paul pedro peter philip pius ptolemy ramesses ramses richard robert ' +
    'rudolf selim sixtus urban victoria wilhelm william xerxes',
)

/** Before a number with a decimal point, the point separates two numbers: Python three point eleven. */
export const versioned = setOf('version v release python java php ruby go node ios ipados macos android ubuntu')

/** Before four digits, these say that the digits are a year, whatever follows. */
export const yearIntroducers = setOf(
  'in since by until till from before after around c ca circa during early late mid year of and spring summer autumn ' +
    'fall winter',
)
/** After four digits, these say that the digits count something; so does a plural. */
export const counted = setOf('people men women children percent sheep fish')
/** Ends in s, but no plural. */
export const noPlurals = setOf('was is has does as this its his us plus thus always perhaps across towards versus less')

export const magnitudes: Record<string, string> = {
  k: 'thousand',
  mn: 'million',
  M: 'million',
  bn: 'billion',
  B: 'billion',
  tn: 'trillion',
  ...Object.fromEntries(['hundred', 'thousand', 'million', 'billion', 'trillion'].map((word) => [word, word])),
}

type Currency = { one: string; many: string; cent?: string; cents?: string }
const dollar: Currency = { one: 'dollar', many: 'dollars', cent: 'cent', cents: 'cents' }
export const currencies: Record<string, Currency> = {
  $: dollar,
  US$: { ...dollar, one: 'u s dollar', many: 'u s dollars' },
  '€': { one: 'euro', many: 'euros', cent: 'cent', cents: 'cents' },
  '£': { one: 'pound', many: 'pounds', cent: 'penny', cents: 'pence' },
  '¥': { one: 'yen', many: 'yen' },
  '₹': { one: 'rupee', many: 'rupees', cent: 'paisa', cents: 'paisa' },
  '₩': { one: 'won', many: 'won' },
  '₽': { one: 'rouble', many: 'roubles' },
  '₿': { one: 'bitcoin', many: 'bitcoins' },
  '¢': { one: 'cent', many: 'cents' },
}

/** One and many. Only after a number. `x/y` is said 'x per y', `x^2` 'square x'. */
export const units: Record<string, readonly [string, string]> = {
  ...withS('mm:millimeter cm:centimeter m:meter km:kilometer mi:mile yd:yard g:gram kg:kilogram mg:milligram'),
  ...withS('lb:pound lbs:pound oz:ounce l:liter L:liter ml:milliliter mL:milliliter ha:hectare ac:acre'),
  ...withS('ms:millisecond s:second sec:second min:minute mins:minute h:hour hr:hour hrs:hour'),
  ...withS('KB:kilobyte kB:kilobyte MB:megabyte GB:gigabyte TB:terabyte W:watt kW:kilowatt MW:megawatt GW:gigawatt'),
  ...withS('V:volt dB:decibel px:pixel cal:calorie kcal:kilocalorie um:micron nm:nanometer'),
  ft: ['foot', 'feet'],
  in: ['inch', 'inches'],
  Hz: ['hertz', 'hertz'],
  kHz: ['kilohertz', 'kilohertz'],
  MHz: ['megahertz', 'megahertz'],
  GHz: ['gigahertz', 'gigahertz'],
  kWh: ['kilowatt hour', 'kilowatt hours'],
  mph: ['mile per hour', 'miles per hour'],
  kph: ['kilometer per hour', 'kilometers per hour'],
  fps: ['frame per second', 'frames per second'],
  '°': ['degree', 'degrees'],
  '°C': ['degree celsius', 'degrees celsius'],
  '°F': ['degree fahrenheit', 'degrees fahrenheit'],
  t: ['ton', 'tons'],
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(' '))
}

function withS(pairs: string): Record<string, readonly [string, string]> {
  return Object.fromEntries(
    pairs.split(' ').map((pair) => {
      const [sign, name] = pair.split(':') as [string, string]
      return [sign, [name, `${name}s`] as const]
    }),
  )
}
