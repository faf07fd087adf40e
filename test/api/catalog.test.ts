import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { catalogOf } from '../../api/catalog.ts'
import { usualRates } from '../../api/rates.ts'
import { catalogRoutes } from '../../api/routes/catalog.ts'
import { Catalog } from '../../api/schemas/house.ts'
import type { ServiceId } from '../../core/models.ts'
import { parseRequest } from '../../core/video.ts'
import { voices } from '../../core/voices.ts'
import { openHouse } from './house.ts'

const web = fileURLToPath(new URL('../../web', import.meta.url))
const today = '2026-11-23'
const catalog = catalogOf({ available: [], today }, usualRates)
const links = [
  ...catalog.styles.map(({ pictureLink }) => pictureLink),
  ...catalog.voices.map(({ sampleLink }) => sampleLink),
  ...catalog.captionLooks.map(({ previewLink }) => previewLink),
  ...catalog.music.flatMap(({ sampleLink }) => sampleLink ?? []),
]

describe('the catalogue', () => {
  test('is what its schema says, and all that it lists can be asked for', () => {
    Catalog.strict().parse(catalog)
    const ids = (list: { id: string }[]) => list.map(({ id }) => id)
    expect(ids(catalog.voices)).toEqual(Object.keys(voices))
    for (const [field, list] of Object.entries({
      format: catalog.formats,
      style: catalog.styles,
      voice: catalog.voices,
      captions: catalog.captionLooks,
      music: catalog.music,
      transition: catalog.transitions,
      motion: catalog.motions,
      resolution: catalog.resolutions,
      codec: catalog.codecs,
      quality: catalog.qualities,
    }))
      for (const id of ids(list)) expect(parseRequest({ topic: 'Tea', [field]: id })).toMatchObject({ [field]: id })
    for (const id of ids(catalog.presets)) parseRequest({ topic: 'Tea', models: { preset: id } })
    for (const fps of catalog.frameRates) parseRequest({ topic: 'Tea', fps })
    expect(parseRequest({ topic: 'Tea', ...catalog.defaults })).toEqual(parseRequest({ topic: 'Tea' }))
  })

  test('states limits that are the real ones', () => {
    const { scenes, topicCharacters } = catalog.limits
    parseRequest({ topic: 'T'.repeat(topicCharacters), scenes })
    expect(() => parseRequest({ topic: 'T'.repeat(topicCharacters + 1) })).toThrow('topic')
    expect(() => parseRequest({ topic: 'Tea', scenes: scenes + 1 })).toThrow('scenes')
  })

  test('names who speaks here, and which models can be used', () => {
    const of = (available: ServiceId[]) => {
      const { voices: spoken, services, models } = catalogOf({ available, today }, usualRates)
      const usable = new Set(models.flatMap(({ service, isAvailable }) => (isAvailable ? service : [])))
      return {
        speakers: [...new Set(spoken.map(({ spokenBy }) => spokenBy))],
        services: services.flatMap(({ id, isAvailable }) => (isAvailable ? id : [])),
        usable: [...usable],
      }
    }
    expect(of([])).toEqual({ speakers: ['embedded'], services: [], usable: [] })
    expect(of(['elevenlabs'])).toEqual({ speakers: ['ElevenLabs'], services: ['elevenlabs'], usable: ['elevenlabs'] })
    expect(of(['openai']).speakers).toEqual(['OpenAI'])
  })
})

describe('its samples', () => {
  test('are there, each for what links to it, and nothing else is', () => {
    for (const link of links) expect(existsSync(join(web, link)), link).toBe(true)
    const there = readdirSync(join(web, 'samples'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(web.length))
    expect(there.toSorted()).toEqual([...new Set(links)].toSorted())
  })

  test('are small, and what their names say', () => {
    const most = { styles: 25_000, voices: 60_000, music: 120_000, captions: 60_000 }
    let total = 0
    for (const link of new Set(links)) {
      const { size } = statSync(join(web, link))
      expect(size, link).toBeLessThanOrEqual(most[link.split('/')[2] as keyof typeof most])
      total += size
      const head = readFileSync(join(web, link)).toString('latin1', 4, 12)
      expect(head, link).toMatch(link.endsWith('.webp') ? /WEBP$/ : /^ftyp/)
    }
    expect(total).toBeLessThanOrEqual(2_000_000)
  })

  test('of captions move, but of none', () => {
    for (const { id, previewLink } of catalog.captionLooks)
      expect(readFileSync(join(web, previewLink)).includes('ANIM'), id).toBe(id !== 'none')
  })
})

describe('GET /v1/catalog', () => {
  async function open(available: () => ServiceId[] = () => []) {
    const house = openHouse()
    const rates = { requestsPerMinute: 7, videosPerMinute: 3 }
    house.app.route('/v1/catalog', catalogRoutes({ ...house.ports, available, rates }))
    const Authorization = `Bearer ${await house.keyOf('ann')}`
    return {
      ...house,
      get: (headers = {}) => house.app.request('/v1/catalog', { headers: { Authorization, ...headers } }),
    }
  }

  test('may be kept by whoever asks, and is not sent again when it is as it was', async () => {
    const { get } = await open()
    const first = await get()
    expect(first.status).toBe(200)
    expect(first.headers.get('Content-Type')).toMatch(/^application\/json/)
    expect(first.headers.get('Cache-Control')).toBe('private, max-age=300')
    const whole = Catalog.strict().parse(await first.json())
    expect(whole.limits).toMatchObject({ requestsPerMinute: 7, videosPerMinute: 3 })
    const tag = first.headers.get('ETag')!
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
      const again = await get({ 'If-None-Match': known })
      expect([again.status, again.headers.get('ETag'), await again.text()]).toEqual([304, tag, ''])
    }
    expect((await get({ 'If-None-Match': '"other"' })).status).toBe(200)
  })

  test('is another one when a service is there, and needs a key', async () => {
    const available: ServiceId[] = []
    const { get, app } = await open(() => available)
    const tag = (await get()).headers.get('ETag')!
    available.push('gemini')
    const after = await get({ 'If-None-Match': tag })
    expect(after.status).toBe(200)
    expect((await after.json()).voices[0].spokenBy).toBe('Gemini')
    expect((await app.request('/v1/catalog')).status).toBe(401)
  })
})
