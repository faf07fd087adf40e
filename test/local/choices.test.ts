import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chosenFor, installationWishes } from '../../local/choices.ts'

beforeEach(() => {
  vi.stubEnv('OPENAI_API_KEY', 'test-key-openai')
  vi.stubEnv('GEMINI_API_KEY', 'test-key-gemini')
})
afterEach(() => vi.unstubAllEnvs())

describe('chosenFor', () => {
  it('takes what the keys allow', () => {
    expect(chosenFor({}).choices).toMatchObject({ plan: 'gpt-6-luna', illustrate: 'gemini-nano-banana-2.1' })
  })

  it("takes the installation's wishes, and the request's before them", () => {
    vi.stubEnv('CLIPFORGE_MODELS', 'illustrate=openai, plan=gemini , pictureQuality=high')
    expect(chosenFor({ models: { plan: 'openai' } }).choices).toMatchObject({
      plan: 'gpt-6-luna',
      illustrate: 'gpt-image-2.5-flare',
      pictureQuality: 'high',
    })
  })

  it('tells of a model that is retired', () => {
    const { choices, notices } = chosenFor({ models: { illustrate: 'dall-e-3' } })
    expect(choices.illustrate).toMatch(/^gpt-image-2/)
    expect(notices).toEqual([expect.stringMatching(/dall-e-3 was retired on 2026-05-12/)])
  })
})

describe('installationWishes', () => {
  it('are none without the variable', () => expect(installationWishes('')).toEqual({}))

  it.each(['thrifty', 'preset=any', 'draw=openai', 'plan='])('refuses %s', (text) => {
    expect(() => installationWishes(text)).toThrow(/^CLIPFORGE_MODELS: must be like/)
  })
})
