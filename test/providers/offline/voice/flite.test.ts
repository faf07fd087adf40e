import { describe, expect, test } from 'vitest'
import { pronounce, synthesize } from '../../../../providers/offline/voice/flite.ts'

describe('flite', () => {
  test('the same text gives the same samples', async () => {
    const [one, two] = [await synthesize('the same again.', 'slt', 1), await synthesize('the same again.', 'slt', 1)]
    expect(one.samples.length).toBeGreaterThan(10_000)
    expect(one).toEqual(two)
  })

  test('phones follow each other and end with the sound', async () => {
    const { samples, phones } = await synthesize('good morning, london.', 'slt', 1)
    expect(phones[0]).toMatchObject({ name: 'pau', startS: 0 })
    phones.slice(1).forEach((phone, i) => expect(phone.startS).toBe(phones[i]!.endS))
    expect(Math.abs(phones.at(-1)!.endS - samples.length / 16_000)).toBeLessThan(0.006)
  })

  test('speakers differ, and a slower delivery is longer', async () => {
    const lengths = await Promise.all(
      (['slt', 'rms', 'awb'] as const).map(async (speaker) => {
        const at = async (factor: number) => (await synthesize('a slow walk home.', speaker, factor)).samples.length
        expect((await at(1.2)) / (await at(1))).toBeCloseTo(1.2, 1)
        return at(1)
      }),
    )
    expect(new Set(lengths).size).toBe(3)
  })

  test('each word gets its own phones, and text is never taken for an option or a file', async () => {
    expect(await pronounce(['cat', 'ay', 'out.wav', '--help'])).toEqual([
      ['k', 'ae', 't'],
      ['ey'],
      expect.arrayContaining(['aw', 't']),
      ['hh', 'eh', 'l', 'p'],
    ])
  })

  test('what we spell differently is said as it should be', async () => {
    const phones = await pronounce(['weir', 'miz', 'jay', 'peg', 'fye', 'tiz'])
    expect(phones.map((word) => word.join(' '))).toEqual(['w iy r', 'm ih z', 'jh ey', 'p eh g', 'f ay', 't ih z'])
  })
})
