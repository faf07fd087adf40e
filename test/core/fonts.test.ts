import { createCanvas, GlobalFonts } from '@napi-rs/canvas'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import data from '../../core/fonts-data.json' with { type: 'json' }
import { fontFor, fontRuns, widthEm } from '../../core/fonts.ts'
import { InputError } from '../../core/errors.ts'

const facesDir = new URL('../../assets/fonts/', import.meta.url)

/** About coffee, with conjuncts and stacked marks where the script has them. */
const sentences = {
  en: ['Montserrat ExtraBold', 'The AVATAR of war: Tokyo, yesterday.'],
  vi: ['Montserrat ExtraBold', 'Cà phê bắt đầu ở vùng cao nguyên đường'],
  pl: ['Montserrat ExtraBold', 'Zażółć gęślą jaźń'],
  tr: ['Montserrat ExtraBold', 'Türkiye’nin İstanbul şehrinde ağaç'],
  ru: ['Montserrat ExtraBold', 'Привет мир сегодня'],
  el: ['Noto Sans Bold', 'Σήμερα θα μιλήσουμε για τον καφέ'],
  ar: ['Noto Sans Arabic Bold', 'بدأت القهوة في الجزيرة العربية'],
  fa: ['Noto Sans Arabic Bold', 'گفتگو پس از چای'],
  he: ['Noto Sans Hebrew Bold', 'היום נספר את סיפור הקפה'],
  hi: ['Noto Sans Devanagari Bold', 'आज हम क्षत्रिय विद्यार्थी के इतिहास'],
  bn: ['Noto Sans Bengali Bold', 'আজ আমরা কফির ইতিহাস বিশ্ব'],
  pa: ['Noto Sans Gurmukhi Bold', 'ਅੱਜ ਅਸੀਂ ਕੌਫੀ ਦੇ'],
  gu: ['Noto Sans Gujarati Bold', 'આજે આપણે કોફીના વિશે'],
  ta: ['Noto Sans Tamil Bold', 'இன்று நாம் காபியின் வரலாறு'],
  te: ['Noto Sans Telugu Bold', 'ఈ రోజు మనం చరిత్ర స్త్రీ'],
  kn: ['Noto Sans Kannada Bold', 'ಇಂದು ನಾವು ಕಾಫಿಯ ಬಗ್ಗೆ'],
  ml: ['Noto Sans Malayalam Bold', 'ഇന്ന് നമ്മൾ കാപ്പിയുടെ ചരിത്രം'],
  si: ['Noto Sans Sinhala Bold', 'අද අපි ශ්‍රී කෝපි'],
  th: ['Noto Sans Thai Bold', 'วันนี้เราจะพูดถึงที่น้ำ'],
  lo: ['Noto Sans Lao Bold', 'ມື້ນີ້ ພວກເຮົາ ກາເຟ'],
  km: ['Noto Sans Khmer Bold', 'ថ្ងៃនេះ យើង ប្រវត្តិ កាហ្វេ'],
  my: ['Noto Sans Myanmar Bold', 'ဒီနေ့ ကော်ဖီ မြန်မာ'],
  ka: ['Noto Sans Georgian Bold', 'დღეს ყავის ისტორიაზე'],
  hy: ['Noto Sans Armenian Bold', 'Այսօր խոսենք սուրճի'],
  am: ['Noto Sans Ethiopic Bold', 'ዛሬ ስለ ቡና ታሪክ'],
  ja: ['Noto Sans JP Bold', '今日はコーヒーの歴史、iPhone'],
  zh: ['Noto Sans SC Bold', '今天我们来谈谈咖啡的历史'],
  'zh-TW': ['Noto Sans SC Bold', '臺灣繁體中文讀書會'],
  ko: ['Noto Sans KR Bold', '오늘은 커피의 역사'],
} as const

describe.each(Object.entries(sentences))('the font for %s', (language, [name, sentence]) => {
  test(`is ${name} alone`, () => {
    const font = fontFor(sentence, language)
    expect(font.primary.name).toBe(name)
    expect(font.fallbacks).toEqual([])
  })

  test('has each word at most 5 % narrower than a shaping engine draws it, and not half as wide again', () => {
    const font = fontFor(sentence, language)
    for (const word of sentence.split(' ')) {
      const measured = widthEm(word, font) / shapedWidthEm(word, font.primary.file)
      expect(measured, word).toBeGreaterThan(0.95)
      expect(measured, word).toBeLessThan(1.5)
    }
  })
})

test('the data describes the faces that lie in assets/fonts', () => {
  expect(Object.keys(data)).toEqual(
    readdirSync(facesDir)
      .filter((file) => file.endsWith('.ttf'))
      .toSorted(),
  )
})

test('a symbol does not take the text away from the face that suits it', () => {
  const font = fontFor('One ✓ two → three', 'en')
  expect(font.primary.name).toBe('Montserrat ExtraBold')
  expect(fontRuns('a ✓ b', font).map((run) => [run.text, run.face.name])).toEqual([
    ['a ', 'Montserrat ExtraBold'],
    ['✓', 'Noto Sans JP Bold'],
    [' b', 'Montserrat ExtraBold'],
  ])
})

describe('a face by name', () => {
  const named = (text: string, language: string) => {
    const font = fontFor(text, language, 'anton')
    return fontRuns(text, font).map((run) => `${run.text}|${run.face.name}`)
  }

  test('shows the words that it has letters for; other scripts keep theirs', () => {
    expect(named('All of it.', 'en')).toEqual(['All of it.|Anton Regular'])
    expect(named('今日はiPhoneの日だと思います。', 'ja')).toEqual([
      '今日は|Noto Sans JP Bold',
      'iPhone|Anton Regular',
      'の日だと思います。|Noto Sans JP Bold',
    ])
    expect(named('مرحبا Hello. بَدَأَت', 'ar')).toContain('Hello.|Anton Regular')
  })

  test('leaves a word that it has not all letters of to one that has', () => {
    expect(named('most of this is Latin but “Привет, Anton”', 'en')).toContain('“Привет,|Montserrat ExtraBold')
  })
})

test('scripts that no face has together come from several', () => {
  const font = fontFor('שלום مرحبا', 'he')
  expect([font.primary, ...font.fallbacks].map((face) => face.name).toSorted()).toEqual([
    'Noto Sans Arabic Bold',
    'Noto Sans Hebrew Bold',
  ])
})

test('emoji, variation selectors and zero-width characters need no face and are not drawn', () => {
  const font = fontFor('Tea \u{1F469}\u200d\u{1F680} \u2615\ufe0f time\u200b', 'en')
  expect(font).toEqual(fontFor('Tea', 'en'))
  expect(fontRuns('\u{1F469}\u200d\u{1F680}', font)).toEqual([])
})

test('a letter written in two code points is one with its mark', () => {
  const font = fontFor('cafe\u0301', 'fr')
  expect(fontRuns('cafe\u0301', font).map((run) => run.text)).toEqual(['café'])
})

test('characters that no face has are refused by name', () => {
  expect(() => fontFor('Ancient 𓀀𓀁 and ཀ', 'en')).toThrow(InputError)
  expect(() => fontFor('Ancient 𓀀 and ཀ', 'en')).toThrow(
    'script: no font can show “𓀀” (U+13000), “ཀ” (U+0F40). Take them out or write them in another way.',
  )
})

function shapedWidthEm(text: string, file: string): number {
  if (!GlobalFonts.has(file)) GlobalFonts.register(readFileSync(new URL(file, facesDir)), file)
  const context = createCanvas(1, 1).getContext('2d')
  context.font = `100px "${file}"`
  return context.measureText(text).width / 100
}
