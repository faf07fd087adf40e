import { beforeAll, describe, expect, test } from 'vitest'
import type { Speech } from '../../../../core/ports.ts'
import { wordsOf } from '../../../../core/words.ts'
import { deliveryOf } from '../../../../providers/offline/voice/deliveries.ts'
import { synthesize } from '../../../../providers/offline/voice/flite.ts'
import { narrate } from '../../../../providers/offline/voice/narrate.ts'

const script =
  'In 1652, the first café opened in London — it cost $2.50. Have you ever wondered why? ' +
  'People took the tea, talked, and left by 5:30pm. Stop! Five ships sailed from the U.S. to Spain.'
const englishWords = (text: string) => wordsOf(text, 'en')
const forever = new AbortController().signal
const speech = async (text: string, voice = 'clara', language = 'en'): Promise<Speech> =>
  (await narrate({ words: englishWords(text), language, voice }, forever)).made

const perMs = 16
const samplesOf = ({ audio }: Speech) => new Int16Array(audio!.slice(44).buffer)
function levelDb(samples: Int16Array, fromMs: number, toMs: number): number {
  const part = samples.subarray(Math.max(0, Math.round(fromMs * perMs)), Math.round(toMs * perMs))
  const power = part.reduce((sum, sample) => sum + (sample / 32_768) ** 2, 0) / Math.max(1, part.length)
  return 10 * Math.log10(power + 1e-12)
}

// One voice of each speaker, one of them pitched.
describe.each(['clara', 'brian', 'angus'])('%s', (voice) => {
  const words = englishWords(script)
  let made: Speech
  let samples: Int16Array
  beforeAll(async () => {
    made = await speech(script, voice)
    samples = samplesOf(made)
  })

  test('gives a mono 16-bit WAV file at 16 kHz, as long as it says', () => {
    const header = new DataView(made.audio!.buffer)
    expect([header.getUint16(22, true), header.getUint32(24, true), header.getUint16(34, true)]).toEqual([
      1, 16_000, 16,
    ])
    expect(header.getUint32(40, true)).toBe(samples.length * 2)
    expect(made.durationMs).toBe(Math.round(samples.length / perMs))
  })

  test('gives one span per word, in order, that never overlap, with sound in each', () => {
    expect(made.timesFrom).toBe('voice')
    expect(made.times.length).toBe(words.length)
    made.times.forEach(({ startMs, endMs }, i) => {
      expect(startMs).toBeGreaterThanOrEqual(made.times[i - 1]?.endMs ?? 200)
      if (words[i]!.text === '—') return
      expect(endMs - startMs).toBeGreaterThan(40)
      expect(levelDb(samples, startMs, endMs)).toBeGreaterThan(-40)
    })
  })

  test('a word that follows a pause starts within 20 ms of where the sound rises', () => {
    const afterPause = made.times.filter(({ startMs }, i) => startMs - (made.times[i - 1]?.endMs ?? 0) > 100)
    expect(afterPause.length).toBeGreaterThan(6)
    for (const { startMs } of afterPause) {
      let riseMs = startMs - 100
      while (levelDb(samples, riseMs, riseMs + 5) < -48) riseMs++
      expect(Math.abs(riseMs + 2.5 - startMs)).toBeLessThan(20)
    }
  })

  test('silence leads in, parts sentences and ends the file', () => {
    expect(made.times[0]!.startMs).toBeGreaterThanOrEqual(200)
    expect(made.times[0]!.startMs).toBeLessThanOrEqual(300)
    expect(levelDb(samples, 0, made.times[0]!.startMs - 20)).toBeLessThan(-90)
    expect(made.durationMs - made.times.at(-1)!.endMs).toBeCloseTo(600, -2)
    expect(levelDb(samples, made.times.at(-1)!.endMs + 50, made.durationMs)).toBeLessThan(-90)
    words.forEach((word, i) => {
      if (!i || word.sentence === words[i - 1]!.sentence) return
      const gapMs = made.times[i]!.startMs - made.times[i - 1]!.endMs
      expect(gapMs).toBeGreaterThanOrEqual(350)
      expect(gapMs).toBeLessThanOrEqual(400)
    })
  })

  test('sentences are equally loud, nothing clips and there is no constant offset', () => {
    const sentences = Map.groupBy(made.times, (_, i) => words[i]!.sentence)
    for (const times of sentences.values()) {
      const level = levelDb(samples, times[0]!.startMs, times.at(-1)!.endMs)
      expect(level).toBeGreaterThan(-22)
      expect(level).toBeLessThan(-18)
    }
    expect(samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)).toBeLessThan(32_000)
    expect(Math.abs(samples.reduce((sum, sample) => sum + sample, 0) / samples.length)).toBeLessThan(2)
  })
})

test('word boundaries are where the phones of the words before end', async () => {
  // What comes before a word has as many phones whether or not the word follows.
  const sentence = 'every apple she ate at the orchard seemed sweeter'.split(' ')
  const { speaker, durationFactor } = deliveryOf('clara')
  const sounds = async (text: string) =>
    (await synthesize(text, speaker, durationFactor)).phones.filter(({ name }) => name !== 'pau')
  const { times } = await speech(`${sentence.join(' ')}.`)
  const whole = await sounds(`${sentence.join(' ')}.`)
  for (let word = 1; word < sentence.length; word++) {
    const before = (await sounds(`${sentence.slice(0, word).join(' ')} so.`)).length - 2
    const wanted = (whole[before]!.startS - whole[0]!.startS) * 1000
    expect(Math.abs(times[word]!.startMs - times[0]!.startMs - wanted)).toBeLessThan(12)
  }
})

test('the same line gives the same bytes', async () => {
  expect(Buffer.from((await speech('Once more, please.')).audio!)).toEqual(
    Buffer.from((await speech('Once more, please.')).audio!),
  )
})

test('a sentence sounds and is timed the same wherever it stands', async () => {
  const alone = await speech('The end came early.')
  const late = await speech('Once upon a time, there was a king. The end came early.')
  const shift = late.times.at(-4)!.startMs - alone.times[0]!.startMs
  late.times
    .slice(-4)
    .forEach((time, i) => expect(Math.abs(time.startMs - shift - alone.times[i]!.startMs)).toBeLessThanOrEqual(1))
})

test('words without sound get the pause they stand in, and unreadable ones a pause and a notice', async () => {
  const words = ['The', '北京', 'café', 'was', 'full', '🍕', '— ', 'not', '🍕', 'really'].map((text, index) => {
    return { index, text, spaceBefore: index > 0, sentence: 0 }
  })
  const { made } = await narrate({ words, language: 'en', voice: 'clara' }, forever)
  const [the, city, cafe, , full, slice, dash, not, other, really] = made.times
  expect(city!.endMs - city!.startMs).toBeGreaterThan(300)
  expect([city!.startMs, city!.endMs]).toEqual([the!.endMs, cafe!.startMs])
  expect([slice!.startMs, slice!.endMs, dash!.endMs]).toEqual([full!.endMs, dash!.startMs, not!.startMs])
  expect(other).toEqual({ startMs: not!.endMs, endMs: really!.startMs })
  expect(made.notice).toMatch(/a word .*\(北京\).*key/)
  expect((await speech('All is read.')).notice).toBeUndefined()
})

test.each([
  ['a word of 300 letters', `Say ${'supercali'.repeat(34)} now.`],
  ['only digits', '12345 67890 2024 42'],
  ['forty digits', '1234567890'.repeat(4)],
  ['stray punctuation', 'Good. ... !!! And — ( ) then?'],
  ['options and control characters', '-t --help \u0000 -o play.'],
  ['no full stop', 'and on it went '.repeat(14)],
])('survives %s', async (_, text) => {
  const made = await speech(text)
  expect(made.times.length).toBe(englishWords(text).length)
  made.times.forEach(({ startMs, endMs }, i) => {
    expect(startMs).toBeGreaterThanOrEqual(made.times[i - 1]?.endMs ?? 0)
    expect(endMs).toBeGreaterThanOrEqual(startMs)
  })
  expect(made.durationMs).toBeGreaterThan(made.times.at(-1)!.endMs)
})

test('another language, or nothing to say, gives estimated times, no sound, no charge and the way out', async () => {
  const { made, charges } = await narrate(
    { words: englishWords('Guten Tag, Welt.'), language: 'de', voice: 'clara' },
    forever,
  )
  expect(made).toMatchObject({ audio: undefined, timesFrom: 'estimate' })
  expect(made.times.length).toBe(3)
  expect(made.notice).toMatch(/German.*(ElevenLabs|OpenAI|Gemini)/)
  expect(charges).toEqual([])
  expect(await speech('🍕 …')).toMatchObject({ audio: undefined, timesFrom: 'estimate' })
})

test('the charge counts characters and costs nothing', async () => {
  const { charges } = await narrate({ words: englishWords('Hi, you.'), language: 'en-GB', voice: 'george' }, forever)
  expect(charges).toEqual([
    { provider: 'embedded', model: 'flite-awb-1', unit: 'characters', units: 8, costMicroUsd: 0 },
  ])
})

test('a voice that is not in the catalogue is replaced, and the notice says by whom', async () => {
  expect((await speech('Hi.', 'zorg')).notice).toBe('no voice is called zorg: Clara speaks')
})

test('stops between sentences when aborted', async () => {
  const words = englishWords('This is a sentence. '.repeat(300))
  const stop = new AbortController()
  setTimeout(() => stop.abort(new Error('enough')), 100)
  const started = performance.now()
  await expect(narrate({ words, language: 'en', voice: 'clara' }, stop.signal)).rejects.toThrow('enough')
  expect(performance.now() - started).toBeLessThan(2_000)
})
