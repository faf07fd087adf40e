import { describe, expect, it } from 'vitest'
import { chooseModels, isRetired, models, type Role, type ServiceId } from '../../core/models.ts'

const today = '2026-11-23'
const all: ServiceId[] = ['openai', 'elevenlabs', 'gemini']
const world = (available: ServiceId[], day = today) => ({ available, today: day })
const everythingEmbedded = {
  write: 'embedded',
  plan: 'embedded',
  illustrate: 'embedded',
  narrate: 'embedded',
  align: 'embedded',
  score: 'embedded',
}

describe('without wishes', () => {
  it('all is embedded without a key, and nobody is bothered', () => {
    expect(chooseModels(undefined, world([]))).toEqual({
      choices: { ...everythingEmbedded, pictureQuality: 'low' },
      notices: [],
    })
  })

  it.each<[ServiceId[], Record<Role, string>]>([
    [
      ['openai'],
      {
        write: 'gpt-6-luna',
        plan: 'gpt-6-luna',
        illustrate: 'gpt-image-2.5-flare',
        narrate: 'gpt-4o-mini-tts',
        align: 'whisper-1',
        score: 'embedded',
      },
    ],
    [['elevenlabs'], { ...everythingEmbedded, narrate: 'eleven_v4_turbo', align: 'forced-alignment' }],
    [
      ['gemini'],
      {
        write: 'gemini-3.8-flash',
        plan: 'gemini-3.8-flash',
        illustrate: 'gemini-nano-banana-2.1',
        narrate: 'gemini-3.8-flash-tts',
        align: 'embedded',
        score: 'embedded',
      },
    ],
    [
      all,
      {
        write: 'gpt-6-luna',
        plan: 'gpt-6-luna',
        illustrate: 'gemini-nano-banana-2.1',
        narrate: 'eleven_v4_turbo',
        align: 'forced-alignment',
        score: 'embedded',
      },
    ],
  ])('%j', (available, choices) => {
    expect(chooseModels(undefined, world(available))).toEqual({
      choices: { ...choices, pictureQuality: 'low' },
      notices: [],
    })
  })

  it('never chooses who has retired', () => {
    const { choices } = chooseModels(undefined, world(['openai'], '2027-02-26'))
    expect(choices).toMatchObject({ narrate: 'embedded', align: 'embedded', plan: 'gpt-6-luna' })
    expect(chooseModels(undefined, world(['openai'], '2027-01-05')).choices.narrate).toBe('gpt-4o-mini-tts')
    expect(chooseModels(undefined, world(['openai'], '2027-01-06')).choices.narrate).toBe('embedded')
  })
})

describe('presets', () => {
  it('embedded asks nobody, whatever keys are there', () => {
    const { choices, notices } = chooseModels({ preset: 'embedded' }, world(all))
    expect(choices).toMatchObject(everythingEmbedded)
    expect(notices).toEqual([])
  })

  it('best draws with care', () => {
    expect(chooseModels({ preset: 'best' }, world(all)).choices).toEqual({
      write: 'gpt-6-sol',
      plan: 'gpt-6-sol',
      illustrate: 'gemini-3-pro-image',
      narrate: 'eleven_v4',
      align: 'forced-alignment',
      score: 'embedded',
      pictureQuality: 'high',
    })
    expect(chooseModels({ preset: 'best', pictureQuality: 'medium' }, world(all)).choices.pictureQuality).toBe('medium')
  })

  it('thrifty says what it leaves out', () => {
    const { choices, notices } = chooseModels({ preset: 'thrifty' }, world(['gemini']))
    expect(choices).toMatchObject({ illustrate: 'embedded', narrate: 'gemini-3.8-flash-lite-tts' })
    expect(notices).toEqual([
      "models.preset: thrifty leaves the pictures to what is embedded, because Gemini Nano Banana 2.1 is dear; models.illustrate 'gemini-nano-banana-2.1' chooses it",
    ])
    expect(chooseModels({ preset: 'thrifty' }, world(['gemini', 'openai'])).notices).toEqual([])
    expect(chooseModels({ preset: 'thrifty', illustrate: 'embedded' }, world(['gemini'])).notices).toEqual([])
  })

  it('say so when no key is there', () => {
    expect(chooseModels({ preset: 'best' }, world([])).notices).toEqual([
      'models.preset: best needs a service, and no key is set (OPENAI_API_KEY, ELEVENLABS_API_KEY, GEMINI_API_KEY): all is embedded',
    ])
  })
})

describe('wishes', () => {
  const chosen = (role: Role, wish: string, available = all, day = today) =>
    chooseModels({ [role]: wish }, world(available, day)).choices[role]

  it.each<[Role, string, string]>([
    ['illustrate', 'auto', 'gemini-nano-banana-2.1'],
    ['illustrate', 'embedded', 'embedded'],
    ['illustrate', 'openai', 'gpt-image-2.5-flare'],
    ['illustrate', 'OpenAI', 'gpt-image-2.5-flare'],
    ['narrate', 'gemini', 'gemini-3.8-flash-tts'],
    ['score', 'elevenlabs', 'music_v2_5'],
    ['score', 'music_v2', 'music_v2'],
    ['align', 'openai', 'whisper-1'],
    ['plan', 'gpt-6.1-terra', 'gpt-6.1-terra'],
    ['plan', 'openai/GPT-6-Luna', 'gpt-6-luna'],
    ['plan', 'gpt-6-luna-2026-09-22', 'gpt-6-luna-2026-09-22'],
  ])('%s %s is %s', (role, wish, id) => expect(chosen(role, wish)).toBe(id))

  it('leave the other roles to the preset', () => {
    const { choices } = chooseModels({ preset: 'thrifty', illustrate: 'gemini' }, world(all))
    expect(choices).toMatchObject({ illustrate: 'gemini-nano-banana-2.1', narrate: 'gemini-3.8-flash-lite-tts' })
  })

  it('may name a model of a server of one’s own', () => {
    const { choices, notices } = chooseModels({ plan: 'openai/Meta/Llama-4' }, world(['openai']))
    expect(choices.plan).toBe('openai/Meta/Llama-4')
    expect(notices).toEqual([
      'models.plan: openai/Meta/Llama-4 is not in the catalogue: its price is unknown and counted as 0',
    ])
  })

  it('are told of an unknown price and of a retirement that is near', () => {
    expect(chooseModels({ plan: 'gpt-5' }, world(all)).notices).toEqual([
      'models.plan: the price of gpt-5 is unknown and counted as 0; gpt-5 retires on 2026-12-11; gpt-6-luna takes its place then',
    ])
    expect(chooseModels({ plan: 'gpt-5.2' }, world(all)).notices).toHaveLength(1)
    expect(chooseModels({ align: 'whisper-1' }, world(all)).notices).toEqual([])
    expect(chooseModels({ align: 'whisper-1' }, world(all, '2027-01-01')).notices).toHaveLength(1)
  })

  const retired = Object.entries(models).filter(([, model]) => isRetired(model, '2027-12-31') && model.roles.length > 0)
  it.each(retired)('for %s after its day are mapped with a notice', (id, { roles: [role], provider, retiresOn }) => {
    const last = chooseModels({ [role!]: id }, world(all, '2027-12-31'))
    const instead = last.choices[role!]
    expect(models[instead]?.roles).toContain(role)
    expect(isRetired(models[instead]!, '2027-12-31')).toBe(false)
    expect(last.notices).toEqual([
      expect.stringMatching(`^models.${role}: ${id} was retired on ${retiresOn}; .* takes its place$`),
    ])
    // With no other key than its own it still ends well.
    const alone = chooseModels({ [role!]: id }, world([provider], '2027-12-31'))
    expect(alone.notices[0]).toContain('takes its place')
  })

  it('for DALL·E 3 in any spelling come to the model that draws now', () => {
    const { choices, notices } = chooseModels({ illustrate: 'DALL-E 3' }, world(['openai']))
    expect(choices.illustrate).toBe('gpt-image-2.6-flare')
    expect(notices).toEqual([
      'models.illustrate: dall-e-3 was retired on 2026-05-12; GPT Image 2.6 Flare takes its place',
    ])
  })

  it('for a retired one whose successor is of a service without a key come to who is there', () => {
    const { choices, notices } = chooseModels({ narrate: 'tts-1' }, world(['openai'], '2027-01-06'))
    expect(choices.narrate).toBe('embedded')
    expect(notices).toEqual(['models.narrate: tts-1 was retired on 2027-01-06; embedded takes its place'])
  })
})
