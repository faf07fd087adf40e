import { describe, expect, it } from 'vitest'
import {
  catalogueDate,
  chargeOf,
  estimateMicroUsd,
  findModel,
  isRetired,
  models,
  presets,
  priceOn,
  retiringSoon,
  roles,
  services,
} from '../../core/models.ts'

const day = /^\d{4}-\d\d-\d\d$/

describe('the catalogue', () => {
  it.each(Object.entries(models))('knows all that matters of %s', (id, model) => {
    expect(id).toBe(id.toLowerCase())
    expect(services[model.provider]).toBeDefined()
    expect(model.pricedOn).toMatch(day)
    expect(model.pricedOn <= catalogueDate).toBe(true)
    expect(model.priceSource).not.toBe('')
    for (const role of model.roles) expect(roles[role].services).toContain(model.provider)
    expect(model.roles.length > 0 || Boolean(model.unfit)).toBe(true)
    expect(model.retiresOn ?? '2026-01-01').toMatch(day)
    for (const { from } of model.prices.slice(1)) expect(from).toMatch(day)
  })

  it('says of each that is in use and has no price that it has none', () => {
    const unpriced = Object.values(models).filter(
      (model) => model.prices.length === 0 && model.roles.length > 0 && !isRetired(model, catalogueDate),
    )
    for (const { estimate } of unpriced) expect(estimate).toContain('not known')
  })

  it('names for each that retires one that does the same and does not retire first', () => {
    for (const [id, { roles: able, retiresOn, replacement }] of Object.entries(models)) {
      if (retiresOn === undefined || able.length === 0) continue
      const next = models[replacement ?? '']
      expect(next, id).toBeDefined()
      expect(next!.roles, id).toEqual(able)
      expect((next!.retiresOn ?? '9999') > retiresOn, id).toBe(true)
    }
  })

  it('counts tokens of each picture and characters of each voice that a preset names', () => {
    for (const { candidates } of Object.values(presets)) {
      for (const id of candidates.illustrate) expect(models[id]!.limits.pictureTokens, id).toBeDefined()
      for (const id of candidates.narrate) expect(models[id]!.limits.maxCharacters, id).toBeGreaterThan(0)
      for (const [role, ids] of Object.entries(candidates))
        for (const id of ids) expect(models[id]!.roles, id).toContain(role)
    }
  })

  it('finds a model by its id, with its service, in any case, and dated versions', () => {
    expect(findModel('gpt-6-luna')?.id).toBe('gpt-6-luna')
    expect(findModel(' openai/GPT-6-Luna ')?.id).toBe('gpt-6-luna')
    expect(findModel('DALL-E 3')?.id).toBe('dall-e-3')
    expect(findModel('gpt-4o-mini-tts-2025-12-15')).toMatchObject({
      id: 'gpt-4o-mini-tts',
      version: 'gpt-4o-mini-tts-2025-12-15',
    })
    expect(findModel('gemini/gpt-6-luna')).toBeUndefined()
    expect(findModel('toString')).toBeUndefined()
    expect(findModel('')).toBeUndefined()
  })
})

describe('chargeOf', () => {
  it.each([
    ['gpt-6-luna', { inputTokens: 3000, outputTokens: 1500 }, 'tokens', 4500, 1050],
    ['gemini-3.8-flash', { inputTokens: 1000, outputTokens: 1000 }, 'tokens', 2000, 4500],
    ['gemini-nano-banana-2.1', { images: 1 }, 'images', 1, 33_600],
    ['gemini-nano-banana-2.1', { images: 1, imageTokens: 1290, inputTokens: 200 }, 'images', 1, 39_000],
    ['gpt-image-2.5-flare', { images: 2 }, 'images', 2, 14_400],
    ['gpt-image-2.5-flare', { images: 1, quality: 'high' as const }, 'images', 1, 280_800],
    ['eleven_v4_turbo', { characters: 900 }, 'characters', 900, 18_000],
    ['eleven_v4', { characters: 900, seconds: 60 }, 'characters', 900, 72_000],
    ['tts-1', { characters: 4096 }, 'characters', 4096, 61_440],
    ['gpt-4o-mini-tts', { characters: 900 }, 'characters', 900, 15_255],
    ['gemini-3.8-flash-tts', { characters: 900, audioTokens: 1500, inputTokens: 200 }, 'characters', 900, 13_600],
    ['whisper-1', { seconds: 60 }, 'seconds', 60, 6000],
    ['forced-alignment', { seconds: 3600 }, 'seconds', 3600, 220_000],
    ['music_v2_5', { seconds: 30 }, 'seconds', 30, 150_000],
    ['dall-e-3', { images: 1 }, 'images', 1, 0],
  ])('%s %o', (model, usage, unit, units, costMicroUsd) => {
    const { provider } = models[model]!
    expect(chargeOf(model, usage)).toEqual({ provider, model, unit, units, costMicroUsd })
    expect(chargeOf(`${provider}/${model}`, usage)).toEqual({ provider, model, unit, units, costMicroUsd })
    expect(estimateMicroUsd(model, usage)).toBe(costMicroUsd)
  })

  it('is in whole micro-dollars', () => {
    expect(chargeOf('gpt-6-luna', { inputTokens: 7 }).costMicroUsd).toBe(1)
    expect(chargeOf('whisper-1', { seconds: 1.234 })).toMatchObject({ units: 1, costMicroUsd: 123 })
  })

  it('is nothing for a model that only its server knows', () => {
    const charge = chargeOf('openai/Meta/Llama-4', { inputTokens: 100 })
    expect(charge).toEqual({ provider: 'openai', model: 'Meta/Llama-4', unit: 'tokens', units: 100, costMicroUsd: 0 })
  })

  it.each([
    ['gemini-3.8-flash', { inputTokens: 1000, outputTokens: 1000 }, 4500],
    ['gemini-3.8-flash-tts', { audioTokens: 1000 }, 9000],
    ['gemini-3.8-flash-lite-tts', { audioTokens: 1000 }, 6000],
  ])('of %s doubles on 2027-01-01', (model, usage, cost) => {
    expect(chargeOf(model, usage, '2026-12-31').costMicroUsd).toBe(cost)
    expect(chargeOf(model, usage, '2027-01-01').costMicroUsd).toBe(2 * cost)
    expect(chargeOf(model, usage).costMicroUsd).toBe(cost)
    expect(priceOn(models[model]!, '2030-01-01')?.from).toBe('2027-01-01')
  })
})

describe('retiringSoon', () => {
  it('names those within sixty days, of the catalogue or of the choices', () => {
    const ids = retiringSoon(undefined, '2026-11-23').map(({ model }) => model)
    expect(ids).toContain('gpt-image-1.5')
    expect(ids).toContain('gpt-4o-mini-tts')
    expect(ids).not.toContain('whisper-1')
    expect(ids).not.toContain('dall-e-3')
    const choices = { write: 'gpt-6-luna', plan: 'gpt-6-luna', illustrate: 'gpt-image-1.5', narrate: 'tts-1' }
    const soon = (days?: number) =>
      retiringSoon(
        { ...choices, align: 'whisper-1', score: 'embedded', pictureQuality: 'low' },
        '2026-11-23',
        ...(days === undefined ? [] : [days]),
      )
    expect(soon()).toEqual([
      { model: 'gpt-image-1.5', retiresOn: '2026-12-01', replacement: 'gpt-image-2.6-flare' },
      { model: 'tts-1', retiresOn: '2027-01-06', replacement: 'eleven_v4_turbo' },
    ])
    expect(soon(7)).toEqual([])
    expect(soon(8).map(({ model }) => model)).toEqual(['gpt-image-1.5'])
    expect(soon(100)).toHaveLength(3)
  })
})
