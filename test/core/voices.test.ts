import { describe, expect, it } from 'vitest'
import { services, type ServiceId } from '../../core/models.ts'
import { defaultVoice, voiceFor, voices } from '../../core/voices.ts'

describe('voiceFor', () => {
  it.each(Object.entries(voices))('%s has a voice at every service', (id, voice) => {
    expect(voiceFor('elevenlabs', id)).toMatch(/^[A-Za-z0-9]{20}$/)
    expect(voiceFor('openai', id)).toMatch(/^(alloy|ash|coral|echo|fable|nova|onyx|sage|shimmer)$/)
    expect(voiceFor('gemini', id)).toMatch(/^[A-Z][a-z]+$/)
    const own = 'elevenLabsId' in voice ? voice.elevenLabsId : voice.nearestElevenLabsId
    expect(voiceFor('elevenlabs', id)).toBe(own)
  })

  it('gives no two of them the same one where there are enough', () => {
    const used = Object.keys(voices).map((id) => voiceFor('gemini', id))
    expect(new Set(used).size).toBe(used.length)
  })

  it.each(Object.entries(voices).filter(([, { gender }]) => gender !== 'neutral'))(
    '%s is of the same gender everywhere',
    (_id, { gender, openai }) =>
      expect(['coral', 'nova', 'sage', 'shimmer'].includes(openai)).toBe(gender === 'female'),
  )

  it('says what the default voice says for one that nobody has', () => {
    for (const service of Object.keys(services) as ServiceId[])
      expect(voiceFor(service, 'constructor')).toBe(voiceFor(service, defaultVoice))
  })
})
