import { beforeAll, describe, expect, it } from 'vitest'
import type { Charge, HeardWord, Intent } from '../../../../core/ports.ts'
import { randomOf } from '../../../../core/random.ts'
import { wordsOf } from '../../../../core/words.ts'
import { embeddedAligner } from '../../../../providers/offline/align/align.ts'
import { playFaster } from '../../../../providers/offline/voice/resample.ts'
import { int16, making, noisy, rateHz, said, telephoned } from './said.ts'

const script =
  "Coffee began as a goat's secret. A thousand years ago, on the green hills of Ethiopia, a herder named Kaldi watched " +
  'his animals dance after eating red berries from a strange bush. He tried them himself, and could not sleep all night.'
const words = wordsOf(script, 'en')
const speech: Record<string, Awaited<ReturnType<typeof said>>> = {}

beforeAll(async () => {
  for (const voice of ['miles', 'angus']) speech[voice] = await said(words, voice)
})

const heardIn = (samples: Float32Array, sampleRateHz = rateHz, text = words) =>
  embeddedAligner.make({ sound: { sampleRateHz, samples: int16(samples) }, words: text, language: 'en' }, making())

/** Of the words' starts; `slower` is how much longer the sound takes than the truth says. */
function errorsMs(heard: HeardWord[], startsMs: number[], slower = 1) {
  const sorted = heard.map(({ startMs }, i) => Math.abs(startMs - startsMs[i]! * slower)).toSorted((a, b) => a - b)
  return {
    mean: sorted.reduce((sum, error) => sum + error, 0) / sorted.length,
    median: sorted[Math.floor(sorted.length / 2)]!,
    p95: sorted[Math.floor(sorted.length * 0.95)]!,
    max: sorted.at(-1)!,
  }
}

describe('embeddedAligner', () => {
  it.each(['miles', 'angus'])('finds the words of another voice (%s)', async (voice) => {
    const { samples, startsMs } = speech[voice]!
    const heard = await heardIn(samples)
    expect(heard.map(({ text }) => text)).toEqual(words.map(({ text }) => text))
    const { mean, median, p95, max } = errorsMs(heard, startsMs)
    expect(mean).toBeLessThan(20)
    expect(median).toBeLessThan(15)
    expect(p95).toBeLessThan(60)
    expect(max).toBeLessThan(120)
    heard.forEach(({ startMs, endMs }, i) => {
      expect(endMs).toBeGreaterThan(startMs)
      expect(startMs).toBeGreaterThanOrEqual(heard[i - 1]?.endMs ?? 0)
    })
  })

  it.each([
    ['slower and deeper', (sound: Float32Array) => playFaster(sound, 0.85), rateHz, 1 / 0.85],
    ['faster and higher', (sound: Float32Array) => playFaster(sound, 1.2), rateHz, 1 / 1.2],
    ['in noise', (sound: Float32Array) => noisy(sound, 20), rateHz, 1],
    ['through a telephone', telephoned, rateHz, 1],
    ['at 48 kHz', (sound: Float32Array) => playFaster(sound, 1 / 3), 48_000, 1],
    ['at 44.1 kHz', (sound: Float32Array) => playFaster(sound, rateHz / 44_100), 44_100, 1],
    ['at 24 kHz, quiet', (sound: Float32Array) => playFaster(sound, 2 / 3).map((value) => value / 20), 24_000, 1],
  ])('finds them %s', async (_how, change, sampleRateHz, slower) => {
    const { samples, startsMs } = speech['angus']!
    const { mean, p95 } = errorsMs(await heardIn(change(samples), sampleRateHz), startsMs, slower)
    expect(mean).toBeLessThan(30)
    expect(p95).toBeLessThan(100)
  })

  it('minds no silence, however long, before, between and after', async () => {
    const random = randomOf(9)
    const pauseMs = () => (random() < 0.5 ? 2_500 : 40)
    const { samples, startsMs } = await said(words, 'miles', { leadMs: 4_000, pauseMs })
    const { mean, max } = errorsMs(await heardIn(samples), startsMs)
    expect(mean).toBeLessThan(25)
    expect(max).toBeLessThan(150)
  })

  it.each(['Hello.', 'Yes', 'Good morning, everyone!'])('finds a few words: %s', async (text) => {
    const few = wordsOf(text, 'en')
    const { samples, startsMs } = await said(few, 'miles', { leadMs: 700 })
    expect(errorsMs(await heardIn(samples, rateHz, few), startsMs).max).toBeLessThan(80)
  })

  it('gives a word that makes no sound a place between its neighbours', async () => {
    const mixed = wordsOf('The herder said привет to all of his dancing goats tonight.', 'en')
    const { samples } = await said(mixed, 'miles')
    const heard = await heardIn(samples, rateHz, mixed)
    expect(heard).toHaveLength(mixed.length)
    expect(heard[3]!.startMs).toBeGreaterThanOrEqual(heard[2]!.endMs)
    expect(heard[3]!.endMs).toBeLessThanOrEqual(heard[4]!.startMs)
  })
})

describe('embeddedAligner refuses', () => {
  const brokenAnswer = expect.objectContaining({ name: 'BrokenAnswerError', charges: [] })

  it.each([
    ['tones', (i: number) => (Math.sin(i * 0.0008) > 0 ? 0.3 * Math.sin(i * 0.2) : 0)],
    ['bursts of noise', (i: number) => (Math.sin(i * 0.001) > 0 ? 0.2 * Math.sin(i * i) : 0)],
    ['silence', () => 0],
  ])('%s', async (_what, sample) => {
    await expect(heardIn(Float32Array.from({ length: 15 * rateHz }, (_, i) => sample(i)))).rejects.toEqual(brokenAnswer)
  })

  it('no sound at all', async () => {
    await expect(heardIn(new Float32Array(0))).rejects.toEqual(brokenAnswer)
  })

  it('another text', async () => {
    const other = wordsOf(
      'The ocean is deep and cold, and nobody knows what lives at the bottom. Submarines carry lamps that shine on ' +
        'strange fish with glass teeth. Every year scientists name a hundred new animals, and some of them glow.',
      'en',
    )
    await expect(heardIn((await said(other, 'miles')).samples)).rejects.toEqual(brokenAnswer)
  })

  it('the same words backwards', async () => {
    await expect(heardIn(speech['miles']!.samples.toReversed())).rejects.toEqual(brokenAnswer)
  })

  it('other languages than English', async () => {
    const sound = { sampleRateHz: rateHz, samples: new Int16Array(rateHz) }
    const brief = { sound, words: wordsOf('Guten Morgen', 'de'), language: 'de' }
    await expect(embeddedAligner.make(brief, making())).rejects.toEqual(
      expect.objectContaining({
        name: 'RefusedError',
        charges: [],
        message: 'the embedded aligner knows English only, not German',
      }),
    )
  })
})

describe('a job of the aligner', () => {
  it('is named by its sound and its words', () => {
    const request = (text: string, first: number) => {
      const sound = { sampleRateHz: rateHz, samples: Int16Array.of(first, 2, 3) }
      return embeddedAligner.request({ sound, words: wordsOf(text, 'en'), language: 'en' })
    }
    expect(request('Hello.', 1)).toEqual(request('Hello.', 1))
    expect(request('Hello.', 1)).not.toEqual(request('Hello.', 5))
    expect(request('Hello.', 1)).not.toEqual(request('Goodbye.', 1))
  })

  it('is bought for nothing and counted in seconds', async () => {
    const bought: { intent: Intent; charges: Charge[] }[] = []
    const { samples } = speech['miles']!
    await embeddedAligner.make(
      { sound: { sampleRateHz: rateHz, samples: int16(samples) }, words, language: 'en-GB' },
      {
        ...making(),
        buy: async (intent, call) => {
          const { made, charges } = await call()
          bought.push({ intent, charges })
          return made
        },
      },
    )
    const maker = { provider: 'embedded', model: 'dtw-1' }
    const units = Math.round(samples.length / rateHz)
    expect(bought).toEqual([
      { intent: { ...maker, estimateMicroUsd: 0 }, charges: [{ ...maker, unit: 'seconds', units, costMicroUsd: 0 }] },
    ])
  })

  it('stops when it is told to, also in the middle', async () => {
    const brief = { sound: { sampleRateHz: rateHz, samples: int16(speech['miles']!.samples) }, words, language: 'en' }
    await expect(embeddedAligner.make(brief, making(AbortSignal.abort()))).rejects.toThrow('aborted')
    const control = new AbortController()
    const aligning = embeddedAligner.make(brief, making(control.signal))
    setTimeout(() => control.abort(), 60)
    await expect(aligning).rejects.toThrow('aborted')
  })
})
