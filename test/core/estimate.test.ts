import { describe, expect, test } from 'vitest'
import { cardMs, estimateLengthMs, estimateTimes } from '../../core/estimate.ts'
import { parseRequest } from '../../core/video.ts'
import type { Word } from '../../core/words.ts'

/** Sentences of words separated by spaces. */
const wordsOf = (...sentences: string[]): Word[] =>
  sentences
    .flatMap((text, sentence) => text.split(' ').map((word) => ({ text: word, sentence })))
    .map((word, index) => ({ ...word, index, spaceBefore: index > 0 }))

const english = 'The first coffee house opened in a narrow alley near the river, and soon everybody knew the way there.'

describe('estimateTimes', () => {
  test('gives whole milliseconds, in order, never overlapping, with a lead-in and a tail', () => {
    const { times, durationMs } = estimateTimes(wordsOf(english, 'What now? 🍕 42'), 'en')
    times.forEach(({ startMs, endMs }, i) => {
      expect([startMs, endMs].every(Number.isInteger)).toBe(true)
      expect(startMs).toBeGreaterThanOrEqual(times[i - 1]?.endMs ?? 200)
      expect(endMs - startMs).toBeGreaterThanOrEqual(150)
    })
    expect(durationMs - times.at(-1)!.endMs).toBeGreaterThanOrEqual(500)
  })

  test('reads English at the pace of a narrator: 130 to 170 words a minute', () => {
    const { durationMs } = estimateTimes(wordsOf(...Array.from({ length: 20 }, () => english)), 'en')
    const perMinute = (20 * english.split(' ').length) / (durationMs / 60_000)
    expect(perMinute).toBeGreaterThan(130)
    expect(perMinute).toBeLessThan(170)
  })

  // From the first article of the Universal Declaration of Human Rights.
  test.each([
    ['de', 'Alle Menschen sind frei und gleich an Würde und Rechten geboren.'],
    ['es', 'Todos los seres humanos nacen libres e iguales en dignidad y derechos.'],
    ['fi', 'Kaikki ihmiset syntyvät vapaina ja tasavertaisina arvoltaan ja oikeuksiltaan.'],
    ['ru', 'Все люди рождаются свободными и равными в своем достоинстве и правах.'],
    ['zh', '人人 生而 自由 ， 在 尊严 和 权利 上 一律 平等 。'],
    [
      'ja',
      'すべて の 人間 は 、 生まれ ながら に して 自由 で あり 、 かつ 、 尊厳 と 権利 と に ついて 平等 で ある 。',
    ],
    ['ko', '모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다.'],
    ['ar', 'يولد جميع الناس أحرارا متساوين في الكرامة والحقوق.'],
    ['hi', 'सभी मनुष्य जन्म से स्वतंत्र हैं और गरिमा और अधिकारों में समान हैं।'],
  ])('takes about as long for the same sentence in %s as in English', (language, sentence) => {
    const speakingMs = (text: string, code: string) => estimateTimes(wordsOf(text), code).durationMs
    const ratio =
      speakingMs(sentence, language) /
      speakingMs('All human beings are born free and equal in dignity and rights.', 'en')
    expect(ratio).toBeGreaterThan(0.7)
    expect(ratio).toBeLessThan(1.6)
  })

  test('pauses longer between sentences than at a comma, and not elsewhere', () => {
    const { times } = estimateTimes(wordsOf('one, two three.', 'four'), 'en')
    const gaps = times.slice(1).map(({ startMs }, i) => startMs - times[i]!.endMs)
    expect(gaps[1]).toBe(0)
    expect(gaps[0]).toBeGreaterThan(100)
    expect(gaps[2]).toBeGreaterThan(gaps[0]!)
  })

  test('a longer word, and a number, take longer', () => {
    const [short, long, number] = estimateTimes(wordsOf('cat caterpillar 1475'), 'en').times.map(
      ({ startMs, endMs }) => endMs - startMs,
    )
    expect(long).toBeGreaterThan(short! * 2)
    expect(number).toBeGreaterThan(short! * 2)
  })

  test('a lone dash takes no time, but makes a pause', () => {
    const [before, dash, after] = estimateTimes(wordsOf('so — what'), 'en').times
    expect(dash).toEqual({ startMs: before!.endMs, endMs: before!.endMs })
    expect(after!.startMs).toBeGreaterThan(dash!.endMs + 100)
  })

  test('no words take no time but the lead-in and the tail', () => {
    expect(estimateTimes([], 'en')).toEqual({ times: [], durationMs: 1000 })
  })
})

describe('cardMs', () => {
  test('is the same for anything short, and long enough to read what is not', () => {
    expect(cardMs('titleCard', 'Goats', 'en')).toBe(cardMs('titleCard', 'Coffee and goats', 'en'))
    expect(cardMs('endCard', 'Goats', 'en')).toBeGreaterThan(cardMs('titleCard', 'Goats', 'en'))
    const long = cardMs('titleCard', english, 'en')
    // 19 words at 238 a minute.
    expect(long).toBeGreaterThan((19 * 60_000) / 238)
    expect(long).toBeLessThan(9000)
    expect(cardMs('titleCard', '人人生而自由在尊严和权利上一律平等', 'zh')).toBeGreaterThan(3000)
  })
})

describe('estimateLengthMs', () => {
  test('adds cards, intro and outro to the narration', () => {
    const script = { title: 'Goats', words: wordsOf(english), language: 'en' }
    const lengthMs = (wishes: object) =>
      estimateLengthMs(
        { ...parseRequest({ script: english, ...wishes }), media: { clip: { durationMs: 4000, hasSound: false } } },
        script,
      )
    const narrationMs = estimateTimes(script.words, 'en').durationMs
    expect(lengthMs({})).toBe(narrationMs)
    expect(lengthMs({ titleCard: true, endCard: 'The end', intro: 'clip', outro: 'clip' })).toBe(
      narrationMs + cardMs('titleCard', 'Goats', 'en') + cardMs('endCard', 'The end', 'en') + 8000,
    )
  })
})
