import { describe, expect, it } from 'vitest'
import { changeScene, lastAssembled } from '../../core/edit.ts'
import { readJson } from '../../core/once.ts'
import type { VideoRecord } from '../../core/ports.ts'
import type { Plan } from '../../core/stages/plan.ts'
import type { Script } from '../../core/stages/write.ts'
import type { Timeline } from '../../core/timeline.ts'
import { makeVariant, type VariantWish } from '../../core/variant.ts'
import { parseRequest } from '../../core/video.ts'
import { make, worldWith, type World } from './edition/made.ts'
import { owner, videoId } from './stages/ports.ts'

const wishes = {
  title: 'The goat',
  scenes: [{ text: 'A goat danced on the hill.' }, { text: 'The monks could not sleep.' }],
}

async function doneWorld(more: object = {}): Promise<World & { done: VideoRecord }> {
  const world = await worldWith({ ...wishes, ...more })
  return { ...world, done: await make(world) }
}

async function made(world: World & { done: VideoRecord }, wish: VariantWish) {
  const { id } = await makeVariant(world.edits, world.done, wish)
  const variant = await make(world, id)
  const assembled = lastAssembled(await world.ports.videos.events(id))!
  const base = lastAssembled(await world.ports.videos.events(videoId))!
  const read = async <Value>(key: string) => (await readJson(world.ports.objects, key)) as Value
  return {
    variant,
    assembled,
    base,
    plan: await read<Plan>(assembled.planKey),
    script: await read<Script>(assembled.scriptKey),
    timeline: await read<Timeline>(assembled.timelineKey),
  }
}

describe('a variant', () => {
  it('is a video of its own, of the same owner, made of the same things', async () => {
    const world = await doneWorld()
    const { variant, assembled, base, timeline } = await made(world, { resolution: '720p', captions: 'boxed' })
    expect(variant).toMatchObject({ status: 'done', owner, variantOf: videoId, made: { edition: 1 } })
    expect(variant.id).not.toBe(videoId)
    expect({ ...assembled, timelineKey: '' }).toEqual({ ...base, timelineKey: '' })
    expect(timeline).toMatchObject({ width: 720, height: 1280, captions: { look: 'boxed' } })
    expect(await world.ports.videos.calls(variant.id)).toEqual([])
  })

  it('in the other format shows all of each picture', async () => {
    const world = await doneWorld()
    const { assembled, base, plan, timeline } = await made(world, { format: '16:9' })
    expect(assembled.pictureKeys).toEqual(base.pictureKeys)
    expect(plan.scenes.map(({ fit }) => fit)).toEqual(['blur', 'blur'])
    expect(timeline).toMatchObject({ width: 1920, height: 1080 })
    expect((await made(world, { format: '1:1' })).plan.scenes.map(({ fit }) => fit)).toEqual([undefined, undefined])
  })

  it('with another voice is said anew, with other music is scored anew, and the rest stays', async () => {
    const world = await doneWorld({ voice: 'clara' })
    const voiced = await made(world, { voice: 'miles' })
    expect(voiced.assembled.narrationKey).not.toBe(voiced.base.narrationKey)
    expect(voiced.assembled).toMatchObject({ scriptKey: voiced.base.scriptKey, musicKey: voiced.base.musicKey })
    const same = await made(world, { voice: 'clara' })
    expect(same.assembled.narrationKey).toBe(same.base.narrationKey)
    const scored = await made(world, { music: 'none' })
    expect(scored.assembled).toMatchObject({ musicKey: null, narrationKey: scored.base.narrationKey })
  })

  it('says the texts that it is given, in their language, and its request can be sent again', async () => {
    const world = await doneWorld()
    const texts = ['Una cabra bailó en la colina.', 'Los monjes no podían dormir.']
    const { variant, script, assembled, base, plan } = await made(world, { language: 'es', texts, title: 'La cabra' })
    expect(script).toMatchObject({ title: 'La cabra', language: 'es' })
    expect(script.words.map(({ text }) => text).join(' ')).toBe(texts.join(' '))
    expect(assembled.pictureKeys).toEqual(base.pictureKeys)
    expect(plan.publishing.title).toBe('La cabra')
    const { choices: _choices, media: _media, ...request } = variant.request
    expect(parseRequest(request).scenes).toMatchObject(texts.map((text) => ({ text })))
  })

  it('keeps what a change of the base made', async () => {
    const world = await doneWorld()
    await changeScene(world.edits, world.done, 0, { redo: 1 })
    const done = await make(world)
    const { assembled, base } = await made({ ...world, done }, { captions: 'none' })
    expect(assembled.pictureKeys).toEqual(base.pictureKeys)
    // And can be changed itself.
    const [variant] = (await world.ports.videos.list(owner)).videos.filter(({ variantOf }) => variantOf !== undefined)
    await changeScene(world.edits, variant!, 1, { redo: 1 })
    expect(await make(world, variant!.id)).toMatchObject({ status: 'done', made: { edition: 2 } })
  })

  it.each([
    [
      { texts: ['Only one.'] },
      /^texts: there are 2 scenes, and one text is needed for each \(it is 1\)/,
      'ConflictError',
    ],
    [{ texts: ['One.', '🦊'] }, /^scenes\.1\.text: it has no words to say/, 'InputError'],
    [{ language: 'es' }, /^language: translating needs a writer's key/, 'ConflictError'],
  ])('of %j is refused before anything is recorded', async (wish, message, name) => {
    const world = await doneWorld()
    const refused = makeVariant(world.edits, world.done, wish)
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.toMatchObject({ name })
    expect((await world.ports.videos.list(owner)).videos).toHaveLength(1)
  })

  it('needs a video that was put together', async () => {
    const world = await worldWith(wishes)
    const [video] = (await world.ports.videos.list(owner)).videos
    await expect(makeVariant(world.edits, video!, { format: '1:1' })).rejects.toMatchObject({ name: 'ConflictError' })
  })

  it('is one for one idempotency key, also when the base has moved on, and none for another wish', async () => {
    const world = await doneWorld()
    const texts = ['Una cabra.', 'Los monjes.']
    const wish = { language: 'es', texts }
    const first = await makeVariant(world.edits, world.done, wish, 'key')
    await changeScene(world.edits, world.done, 0, { prompt: 'a goat at dawn' })
    const done = await make(world)
    expect((await makeVariant(world.edits, done, wish, 'key')).id).toBe(first.id)
    for (const other of [{ ...wish, texts: ['Una cabra.', 'Otra.'] }, { format: '1:1' as const }])
      await expect(makeVariant(world.edits, done, other, 'key')).rejects.toMatchObject({ name: 'ConflictError' })
    expect(world.started.filter((started) => started.startsWith(first.id))).toHaveLength(1)
  })
})
