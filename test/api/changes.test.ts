import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverableKey } from '../../core/keys.ts'
import { openUpload, settleUpload } from '../../core/uploads/records.ts'
import { assembled, at, script, videosOf } from './made.ts'
import { openWorld, type World } from './world.ts'

let world: World
let videos: ReturnType<typeof videosOf>
beforeEach(() => {
  world = openWorld()
  videos = videosOf(world)
})
afterEach(() => world.close())

describe('changing', () => {
  it('cancels once and again what is not over, and tries it again', async () => {
    const id = await videos.make()
    for (let time = 0; time < 2; time++)
      expect(await world.ask('POST', `/v1/videos/${id}/cancel`)).toMatchObject({
        status: 200,
        body: { status: 'cancelled' },
      })
    expect(world.stopped).toEqual([`${id}-1`, `${id}-1`])
    expect(await world.ask('POST', `/v1/videos/${id}/retry`)).toMatchObject({
      status: 202,
      body: { status: 'running' },
    })
    expect(world.started).toEqual([`${id}-1`, `${id}-2`])
    await videos.update(id, { status: 'done' })
    for (const path of ['cancel', 'retry'])
      expect((await world.ask('POST', `/v1/videos/${id}/${path}`)).status).toBe(409)
  })

  it.each([
    [{}, 422, 'it changes nothing'],
    [{ redo: 'no' }, 422, 'redo: must be'],
    [{ maxCostUsd: -1 }, 422, 'maxCostUsd: '],
    [{ promt: 'x' }, 422, "promt: no such field; the nearest is 'prompt'"],
    [{ picture: 'a.png' }, 422, 'picture: must be the id of an upload'],
    [{ picture: `upl_${'a'.repeat(22)}` }, 404, 'picture: there is no upload'],
    [{ picture: `upl_${'a'.repeat(22)}`, clip: `upl_${'a'.repeat(22)}` }, 422, 'clip: stands beside a picture'],
    [{ text: '🦊' }, 422, 'text: it has nothing that can be said'],
    [{ prompt: 'a cat' }, 409, 'the video is running'],
  ])('refuses the change %j of a scene', async (body, status, detail) => {
    const id = await videos.make()
    const answer = await world.ask('PATCH', `/v1/videos/${id}/scenes/1`, { body })
    expect(answer.body).toMatchObject({ status, detail: expect.stringContaining(detail) })
  })

  it('is given up where a version was finished before, and nowhere else', async () => {
    const id = await videos.make()
    const giveUp = () => world.ask('DELETE', `/v1/videos/${id}/edition`)
    expect((await giveUp()).status).toBe(409)
    const edition = { number: 2, base: assembled, scenes: { 0: { redo: 1 } }, askedAt: at }
    const made = { edition: 1, durationMs: 2000, costMicroUsd: 0, at, notices: ['music: another'] }
    const error = { name: 'BudgetError', message: 'maxCostUsd: too little' }
    await videos.update(id, { status: 'failed', error, edition, made, notices: [] })
    expect(await giveUp()).toMatchObject({ status: 200, body: { status: 'done', edition: 1, notices: made.notices } })
    expect(await videos.look(id)).not.toHaveProperty('error')
    expect((await giveUp()).status).toBe(409)
  })

  it('tells a video that stopped at its limit what it needs, and tries it again with that', async () => {
    const id = await videos.make({ body: { script: 'A goat.', maxCostUsd: 0.01 } })
    const call = {
      key: 'k',
      stage: 'illustrate',
      scene: 0,
      provider: 'gemini',
      startedAt: at,
      estimateMicroUsd: 34_000,
    }
    await world.ports.videos.recordCall(id, call)
    await world.ports.videos.settleCall(id, 'k', { settledAt: at, charges: [], outcome: 'not made' })
    await videos.update(id, { status: 'failed', error: { name: 'BudgetError', message: 'maxCostUsd: too little' } })
    expect(await videos.look(id)).toMatchObject({ neededUsd: 0.034 })
    const again = (body: unknown) => world.ask('POST', `/v1/videos/${id}/retry`, { body })
    expect((await again({ maxCostUsd: -1 })).status).toBe(422)
    expect((await again({ maxCostUsd: 0.05 })).status).toBe(202)
    expect(await videos.look(id)).toMatchObject({ status: 'running', request: { maxCostUsd: 0.05 } })
    expect(await videos.look(id)).not.toHaveProperty('neededUsd')
  })

  it('has a conflict with an upload that is of another kind', async () => {
    const { objects, now } = world.ports
    const { id, ...about } = await openUpload({ objects, now }, 'ann', { name: 'a.mp3', kind: 'music' })
    const facts = { kind: 'music' as const, bytes: 1, sha256: 'x', extension: 'mp3', contentType: 'audio/mpeg' }
    await settleUpload(objects, { ...about, id, state: 'ready', key: 'owners/ann/uploads/x.mp3', facts })
    const change = await world.ask('PATCH', `/v1/videos/${await videos.make()}/scenes/1`, { body: { picture: id } })
    const made = await world.ask('POST', '/v1/videos', { body: { script: 'Hi.', logo: id } })
    for (const { body } of [change, made])
      expect(body).toMatchObject({ status: 409, detail: expect.stringMatching(/^(picture|logo): must be a picture/) })
  })

  it('makes the next version of a finished video, and variants of it', async () => {
    const id = await videos.make({ body: { script: script.text } })
    await videos.keepAssets()
    await videos.happens(id, { type: 'assembled', ...assembled })
    await videos.update(id, { status: 'done', made: { edition: 1, durationMs: 2000, costMicroUsd: 0, at } })
    const wide = await world.ask('POST', `/v1/videos/${id}/variants`, { body: { format: '16:9' } })
    expect(wide).toMatchObject({ status: 202, body: { variantOf: id, format: '16:9', edition: 1 } })
    expect(wide.headers.get('location')).toBe(`/live/v1/videos/${String(wide.body['id'])}`)
    expect((await world.ask('POST', `/v1/videos/${id}/variants`, { body: {} })).status).toBe(422)
    expect((await world.ask('PATCH', `/v1/videos/${id}/scenes/9`, { body: { prompt: 'x' } })).status).toBe(404)
    expect((await world.ask('PATCH', `/v1/videos/${id}/scenes/0`, { body: { prompt: 'x' } })).status).toBe(404)
    const changed = await world.ask('PATCH', `/v1/videos/${id}/scenes/1`, {
      body: { prompt: 'a cat', text: 'A 𒀀 cat.' },
    })
    expect(changed).toMatchObject({ status: 202, body: { edition: 2, notices: [expect.stringContaining('no font')] } })
  })

  it('deletes a video with its files', async () => {
    const id = await videos.make()
    await videos.put(deliverableKey(id, 'bill.json'), {})
    expect(await world.ask('DELETE', `/v1/videos/${id}`)).toMatchObject({ status: 204, text: '' })
    expect((await world.ask('GET', `/v1/videos/${id}`)).status).toBe(404)
    expect((await world.ports.objects.list(`videos/${id}/`)).objects).toEqual([])
  })
})

describe('sharing', () => {
  it('shows a finished video to whoever has the link, and nothing of its cost', async () => {
    const id = await videos.make({ body: { script: 'A goat.', title: 'Goat' } })
    expect((await world.ask('POST', `/v1/videos/${id}/share`)).status).toBe(409)
    await videos.update(id, { status: 'done', made: { edition: 1, durationMs: 2000, costMicroUsd: 7, at } })
    const { token, link } = (await world.ask('POST', `/v1/videos/${id}/share`)).body
    expect(link).toBe(`https://page.example/#/watch/${String(token)}`)
    const shared = await world.ask('GET', `/shares/${String(token)}`, { owner: '' })
    expect(shared.body).toMatchObject({ title: 'Goat', format: '9:16', durationSeconds: 2 })
    expect(Object.keys(shared.body['links'] as object)).toContain('video.mp4')
    expect(shared.text).not.toMatch(/bill\.json|qc\.json|timeline\.json|cost/)
    const forged = `shr_${id.slice(4)}_${'A'.repeat(22)}`
    for (const wrong of [forged, 'x', `${String(token)}x`])
      expect((await world.ask('GET', `/shares/${wrong}`, { owner: '' })).status).toBe(404)
    await world.ask('DELETE', `/v1/videos/${id}`)
    expect((await world.ask('GET', `/shares/${String(token)}`, { owner: '' })).status).toBe(404)
  })
})
