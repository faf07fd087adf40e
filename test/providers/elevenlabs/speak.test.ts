import { describe, expect, test } from 'vitest'
import type { CharacterTimes, SpeechBrief } from '../../../core/ports.ts'
import { elevenLabsSpeaker } from '../../../providers/elevenlabs/speak.ts'
import { tonesIn } from '../../loopback/speech.ts'
import { making, standIn } from './standing-in.ts'

const text =
  'Three cats sat on the wall, watching: "the milk" — cold, white and far away.\nNobody came. So they waited…'
const brief: SpeechBrief = {
  text,
  before: 'It was late.',
  after: 'Then the door opened.',
  language: 'en-GB',
  voice: 'george',
}
const { start } = standIn()

describe('speech by ElevenLabs', () => {
  test('every word sounds where the times of its characters say', async () => {
    await start()
    const { sound, characterTimes } = await elevenLabsSpeaker('eleven_v4_turbo').make(brief, making())
    expect(characterTimes!.characters.join('')).toBe(text)
    const tones = tonesIn(sound)
    const words = wordSpans(characterTimes!)
    expect(tones).toHaveLength(words.length)
    for (const [index, { startMs, endMs }] of tones.entries()) {
      expect(Math.abs(startMs - words[index]!.startMs)).toBeLessThan(5)
      expect(Math.abs(endMs - words[index]!.endMs)).toBeLessThan(5)
    }
  })

  test('asks for what the vendor takes, under the key', async () => {
    const { received } = await start()
    await elevenLabsSpeaker('eleven_v4_turbo').make(brief, making())
    const [request] = received
    expect(request!.path).toBe('/v1/text-to-speech/JBFqnCBsd6RMkjVDRZzb/with-timestamps?output_format=mp3_44100_128')
    expect(request!.body).toEqual({
      text,
      model_id: 'eleven_v4_turbo',
      language_code: 'en',
      previous_text: 'It was late.',
      next_text: 'Then the door opened.',
      apply_text_normalization: 'auto',
      seed: 1,
    })
    expect(received).toHaveLength(1)
  })

  test.each([
    ['eleven_v3', { language_code: 'en' }, ['previous_text', 'next_text']],
    ['eleven_multilingual_v2', { previous_text: 'It was late.' }, ['language_code']],
    ['eleven_flash_v2_5', { language_code: 'en', next_text: 'Then the door opened.' }, []],
  ])('sends %s only what it knows', async (model, has, hasNot) => {
    const { received } = await start()
    await elevenLabsSpeaker(model).make(brief, making())
    expect(received[0]!.body).toMatchObject(has)
    for (const name of hasNot) expect(received[0]!.body).not.toHaveProperty(name)
  })

  test('neighbours are cut to what the melody needs, nearest first', async () => {
    const { received } = await start()
    const before = `${'far '.repeat(500)}near`
    await elevenLabsSpeaker('eleven_v4').make({ ...brief, before, after: '' }, making())
    const { previous_text: previous } = received[0]!.body as { previous_text: string }
    expect(previous.length).toBeLessThanOrEqual(300)
    expect(previous.endsWith('near')).toBe(true)
    expect(received[0]!.body).not.toHaveProperty('next_text')
  })

  test('neighbours hold no half of a character', async () => {
    const { received } = await start()
    const neighbours = { before: `${'𠮷'.repeat(400)}a`, after: `a${'𠮷'.repeat(400)}` }
    await elevenLabsSpeaker('eleven_v4').make({ ...brief, ...neighbours }, making())
    const { previous_text: previous, next_text: next } = received[0]!.body as Record<string, string>
    expect(previous!.isWellFormed() && next!.isWellFormed()).toBe(true)
  })

  test('bills the characters that the answer says', async () => {
    await start()
    const ports = making()
    await elevenLabsSpeaker('eleven_v4').make(brief, ports)
    const characters = [...text].length
    const charge = {
      provider: 'elevenlabs',
      model: 'eleven_v4',
      unit: 'characters',
      units: characters,
      costMicroUsd: characters * 80,
    }
    expect(ports.bought).toEqual([
      { intent: { provider: 'elevenlabs', model: 'eleven_v4', estimateMicroUsd: characters * 80 }, charges: [charge] },
    ])
  })

  test('and those may be fewer than there are', async () => {
    await start({ creditsPerCharacter: 0.5 })
    const ports = making()
    await elevenLabsSpeaker('eleven_v4').make({ ...brief, text: 'Twenty letters, all.' }, ports)
    expect(ports.bought[0]!.charges).toMatchObject([{ units: 10, costMicroUsd: 800 }])
  })

  test.each(['null', 'absent', 'normalized only', 'uneven', 'of another text'] as const)(
    'times that are %s are left to somebody else',
    async (alignment) => {
      await start({ alignment })
      const { sound, characterTimes } = await elevenLabsSpeaker('eleven_v4').make(brief, making())
      expect(characterTimes).toBeUndefined()
      expect(tonesIn(sound).length).toBeGreaterThan(10)
    },
  )

  test('times that drift are for the caller to see through', async () => {
    await start({ alignment: 'drifting' })
    const { sound, characterTimes } = await elevenLabsSpeaker('eleven_v4').make(brief, making())
    expect(characterTimes!.endsMs.at(-1)).toBeGreaterThan((1000 * sound.samples.length) / sound.sampleRateHz)
  })

  test.each([
    ['clara', 'EXAVITQu4vr4xnSDxMaL'],
    ['miles', 'TX3LPaxmHKxFdv7VOQHJ'],
    ['angus', 'JBFqnCBsd6RMkjVDRZzb'],
    ['sarah', 'EXAVITQu4vr4xnSDxMaL'],
    ['nobody', 'EXAVITQu4vr4xnSDxMaL'],
  ])('the voice of %s is %s', async (voice, id) => {
    const { received } = await start()
    await elevenLabsSpeaker('eleven_v4').make({ ...brief, voice }, making())
    expect(received[0]!.path).toContain(`/${id}/`)
  })

  test.each([
    ['eleven_v4', 10_000],
    ['eleven_v3', 5000],
    ['eleven_multilingual_v2', 10_000],
    ['eleven_flash_v2_5', 40_000],
  ])('%s takes %i characters at once', (model, most) => {
    expect(elevenLabsSpeaker(model).maxCharacters).toBe(most)
  })

  test('says Japanese, without spaces between the words', async () => {
    await start()
    const japanese = '猫が壁の上に座っていました。とても静かな夜でした。'
    const spoken = await elevenLabsSpeaker('eleven_v4').make({ ...brief, text: japanese, language: 'ja' }, making())
    expect(spoken.characterTimes!.characters.join('')).toBe(japanese)
  })
})

/** Of what stands between white space and has a letter in it, without the marks around it. */
function wordSpans({ characters, startsMs, endsMs }: CharacterTimes): { startMs: number; endMs: number }[] {
  const words: { startMs: number; endMs: number }[] = []
  let isInside = false
  for (const [index, character] of characters.entries()) {
    if (/\s/.test(character)) isInside = false
    if (!/[\p{L}\p{N}]/u.test(character)) continue
    if (!isInside) words.push({ startMs: startsMs[index]!, endMs: 0 })
    words.at(-1)!.endMs = endsMs[index]!
    isInside = true
  }
  return words
}
