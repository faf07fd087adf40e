import { describe, expect, test, vi } from 'vitest'
import { wordsOf } from '../../../core/words.ts'
import { elevenLabsAligner } from '../../../providers/elevenlabs/align.ts'
import { probe } from '../../../providers/elevenlabs/probe.ts'
import { elevenLabsMusician } from '../../../providers/elevenlabs/score.ts'
import { speechFor } from '../../loopback/speech.ts'
import { making, standIn } from './standing-in.ts'

const { start } = standIn()
const text = 'One fine day, a crow found a piece of cheese. "Mine," it said.'

describe('forced alignment', () => {
  const { sound, words: said } = speechFor(text)
  const brief = { sound, words: wordsOf(text, 'en'), language: 'en' }

  test('hears every word where it is said', async () => {
    const { received } = await start()
    const heard = await elevenLabsAligner().make(brief, making())
    expect(heard.map((word) => word.text)).toEqual(said.map((word) => word.text))
    for (const [index, { startMs, endMs }] of heard.entries()) {
      expect(Math.abs(startMs - said[index]!.startMs)).toBeLessThan(5)
      expect(Math.abs(endMs - said[index]!.endMs)).toBeLessThan(5)
    }
    expect(received[0]).toMatchObject({ path: '/v1/forced-alignment', body: { text } })
  })

  test('costs by the length of the sound', async () => {
    await start()
    const ports = making()
    await elevenLabsAligner().make(brief, ports)
    const seconds = sound.samples.length / sound.sampleRateHz
    const costMicroUsd = Math.round((seconds * 220_000) / 3600)
    expect(ports.bought[0]!.charges).toMatchObject([{ model: 'forced-alignment', unit: 'seconds', costMicroUsd }])
  })

  test('another sound is another request', () => {
    const { request } = elevenLabsAligner()
    const other = { sampleRateHz: sound.sampleRateHz, samples: sound.samples.slice(1) }
    expect(request(brief)).toEqual(request({ ...brief, language: 'de' }))
    expect(request(brief)).not.toEqual(request({ ...brief, sound: other }))
  })
})

describe('music', () => {
  test('is stereo at 48 kHz and as long as asked for', async () => {
    const { received } = await start()
    const wav = Buffer.from(
      await elevenLabsMusician('music_v2_5').make({ mood: 'epic', durationMs: 5000, seed: 7 }, making()),
    )
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF')
    expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([2, 48_000, 16])
    expect((wav.length - 44) / 192_000).toBeCloseTo(5, 1)
    expect(received[0]!.body).toMatchObject({ model_id: 'music_v2_5', music_length_ms: 5000, force_instrumental: true })
    expect((received[0]!.body as { prompt: string }).prompt).toMatch(/cinematic.*no vocals.*looped/s)
  })

  test.each([
    [500, 3000],
    [61_234.5, 61_235],
    [9_000_000, 600_000],
  ])('%i ms of music are asked for as %i', (durationMs, musicLengthMs) => {
    expect(elevenLabsMusician('music_v2_5').request({ mood: 'calm', durationMs, seed: 1 })).toMatchObject({
      musicLengthMs,
    })
  })
})

describe('the probe', () => {
  const { signal } = new AbortController()

  test('lists models and what is left', async () => {
    await start({ charactersLeft: 9120 })
    const { models, account } = await probe(signal)
    expect(models!.map(({ id }) => id)).toContain('eleven_v4')
    expect(account).toBe('9,120 of 10,000 characters left')
  })

  test('does without what the key may not ask', async () => {
    await start()
    const found = await probe(signal)
    expect(found).not.toHaveProperty('account')
    expect(found.models!.length).toBeGreaterThan(0)
  })

  test('a wrong key is an account error', async () => {
    await start()
    vi.stubEnv('ELEVENLABS_API_KEY', 'another')
    await expect(probe(signal)).rejects.toMatchObject({ name: 'AccountError' })
  })

  test('a server that is not there is a transient one', async () => {
    vi.stubEnv('ELEVENLABS_BASE_URL', 'http://127.0.0.1:9')
    await expect(probe(signal)).rejects.toMatchObject({ name: 'TransientError', charges: [] })
  })
})
