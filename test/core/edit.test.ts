import { describe, expect, it } from 'vitest'
import { changeScene, discardChanges } from '../../core/edit.ts'
import { deliverableKey } from '../../core/keys.ts'
import { readJson } from '../../core/once.ts'
import type { Bill } from '../../core/cost.ts'
import type { VideoRecord } from '../../core/ports.ts'
import { videoOf } from '../../core/records.ts'
import { attemptOf, begin } from '../../core/submit.ts'
import type { Plan } from '../../core/stages/plan.ts'
import { lastAssembled } from '../../core/edit.ts'
import { make, worldWith, type World } from './edition/made.ts'
import { owner, videoId } from './stages/ports.ts'

const upload = (name: string) => `owners/${owner}/uploads/${name}`
const wishes = {
  scenes: [
    { text: 'A goat danced on the hill.' },
    { text: 'The monks could not sleep.' },
    { text: 'They drank coffee.' },
  ],
}

async function assembledOf({ ports }: World) {
  return lastAssembled(await ports.videos.events(videoId))!
}

async function doneWorld(more: object = {}, media = {}): Promise<World & { done: VideoRecord }> {
  const world = await worldWith({ ...wishes, ...more }, { media })
  return { ...world, done: await make(world) }
}

describe('a version of a video', () => {
  it('that is done says so in one, and tells what it was put together from', async () => {
    const world = await doneWorld()
    expect(world.done).toMatchObject({ status: 'done', made: { edition: 1 } })
    const { pictureKeys, timelineKey } = await assembledOf(world)
    expect(pictureKeys).toHaveLength(3)
    expect(world.done.made!.durationMs).toBe(
      ((await readJson(world.ports.objects, timelineKey)) as { durationMs: number }).durationMs,
    )
  })

  it('with one picture redone keeps everything else, and has files of its own', async () => {
    const world = await doneWorld()
    const { ports, edits, started, done } = world
    const before = await assembledOf(world)
    const changed = await changeScene(edits, done, 1, { redo: 1 })
    expect(changed).toMatchObject({
      status: 'running',
      made: { edition: 1 },
      edition: { number: 2, scenes: { 1: { redo: 1 } } },
    })
    expect(started).toEqual([`${videoId}-1`])
    const calls = (await ports.videos.calls(videoId)).length
    const again = await make(world)
    expect(again).toMatchObject({ status: 'done', made: { edition: 2 } })
    const after = await assembledOf(world)
    expect({ ...after, planKey: '', timelineKey: '', pictureKeys: [] }).toEqual({
      ...before,
      planKey: '',
      timelineKey: '',
      pictureKeys: [],
    })
    expect(after.pictureKeys.map((key, scene) => key === before.pictureKeys[scene])).toEqual([true, false, true])
    expect(await ports.videos.calls(videoId)).toHaveLength(calls + 1)
    for (const edition of [1, 2])
      expect(await ports.objects.head(deliverableKey(videoId, 'video.mp4', edition))).toBeDefined()
    const { lines } = (await readJson(ports.objects, deliverableKey(videoId, 'bill.json', 2))) as Bill
    expect(lines.filter(({ stage }) => stage === 'compose').map(({ about }) => about)).toEqual(['version 1', undefined])

    // Once more, with a number of its own: neither of the two pictures there were.
    await changeScene(edits, again, 1, { redo: 1 })
    await make(world)
    const third = await assembledOf(world)
    expect(new Set([before, after, third].map(({ pictureKeys }) => pictureKeys[1])).size).toBe(3)
    expect(await videoOf(ports.videos, videoId)).toMatchObject({ made: { edition: 3 } })
  })

  it('with another text keeps all pictures, and with none changed its script and narration', async () => {
    const world = await doneWorld()
    const before = await assembledOf(world)
    const changed = await changeScene(world.edits, world.done, 2, { text: 'They drank it all, and danced.' })
    expect(changed.edition!.scenes).toEqual({ 2: { text: 'They drank it all, and danced.' } })
    const done = await make(world)
    const after = await assembledOf(world)
    expect(after.pictureKeys).toEqual(before.pictureKeys)
    expect(after.musicKey).toBe(before.musicKey)
    expect(after.narrationKey).not.toBe(before.narrationKey)
    await changeScene(world.edits, done, 2, { text: 'They drank it all, and danced.', fit: 'blur' })
    await make(world)
    const third = await assembledOf(world)
    expect(third).toMatchObject({ scriptKey: after.scriptKey, narrationKey: after.narrationKey })
    const { scenes } = (await readJson(world.ports.objects, third.planKey)) as Plan
    expect(scenes[2]!.fit).toBe('blur')
  })

  it("shows the user's own instead of what was drawn, and the other way round", async () => {
    const media = { [upload('c.mp4')]: { durationMs: 4000, hasSound: true } }
    const world = await doneWorld()
    await changeScene(world.edits, world.done, 0, { clip: upload('c.mp4'), clipPlay: 'loop' }, { media })
    const done = await make(world)
    expect(done.request.media).toEqual(media)
    expect((await assembledOf(world)).pictureKeys[0]).toBe(upload('c.mp4'))
    await changeScene(world.edits, done, 0, { picture: upload('p.jpg') })
    const owned = await make(world)
    expect((await assembledOf(world)).pictureKeys[0]).toBe(upload('p.jpg'))
    await changeScene(world.edits, owned, 0, { prompt: 'A goat danced on the hill.' })
    await make(world)
    const { scenes } = (await readJson(world.ports.objects, (await assembledOf(world)).planKey)) as Plan
    expect(scenes[0]).toEqual({ firstWord: 0, lastWord: 5, prompt: 'A goat danced on the hill.' })
  })

  it('does not bring back what was told of a picture that is gone', async () => {
    const world = await doneWorld()
    const told = await world.ports.videos.update(videoId, world.done.version, {
      notices: ['scene 2: refused', 'scene 20: refused', 'music: else'],
    })
    const changed = await changeScene(world.edits, told, 1, { redo: 1 })
    expect(changed.notices).toEqual(['scene 20: refused', 'music: else'])
  })
})

describe('a change', () => {
  it('waits until the video is made, and needs something to change', async () => {
    const world = await worldWith(wishes)
    const running = await videoOf(world.ports.videos, videoId)
    await expect(changeScene(world.edits, running, 0, { redo: 1 })).rejects.toMatchObject({ name: 'ConflictError' })
    const failed = await world.ports.videos.update(videoId, running.version, { status: 'failed' })
    await expect(changeScene(world.edits, failed, 0, { redo: 1 })).rejects.toThrow(/retry it first/)
    expect(world.started).toEqual([])
  })

  it.each([
    [9, { redo: 1 }, 'NotFoundError', /there is no scene 10/],
    [1, { text: '🦊' }, 'InputError', /^scenes\.1\.text: it has no words to say/],
    [1, { picture: 'owners/ben/uploads/a.jpg' }, 'InputError', /^scenes\.1\.picture: .* is no upload of yours/],
    [1, { clip: upload('c.mp4') }, 'InputError', /^scenes\.1\.clip: nothing is known/],
    [1, { clipPlay: 'loop' as const }, 'InputError', /^scenes\.1\.clipPlay: needs a clip/],
  ])('of scene %i to %j leaves the video as it is', async (index, change, name, message) => {
    const world = await doneWorld()
    const error: unknown = await changeScene(world.edits, world.done, index, change).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name, message: expect.stringMatching(message) as string })
    expect(await videoOf(world.ports.videos, videoId)).toEqual(world.done)
    expect(attemptOf(await world.ports.videos.events(videoId))).toBe(0)
  })

  it('of a version that failed goes into that version, with the changes before it', async () => {
    const world = await doneWorld()
    const { edits, ports } = world
    const fail = async ({ version }: VideoRecord) => ports.videos.update(videoId, version, { status: 'failed' })
    const first = await fail(await changeScene(edits, world.done, 0, { redo: 7 }))
    const second = await fail(await changeScene(edits, first, 1, { prompt: 'a monk awake' }))
    const third = await changeScene(edits, second, 0, { redo: 7, text: 'A goat slept.' })
    expect(third.edition).toMatchObject({
      number: 2,
      scenes: { 0: { redo: 2, text: 'A goat slept.' }, 1: { prompt: 'a monk awake' } },
    })
    expect(attemptOf(await ports.videos.events(videoId))).toBe(3)
    const picture = await changeScene(edits, await fail(third), 0, { picture: upload('p.jpg') })
    expect(await make(world)).toMatchObject({ status: 'done', made: { edition: 2 } })
    expect(picture.edition!.scenes[0]).toMatchObject({ picture: upload('p.jpg'), text: 'A goat slept.' })
    expect((await assembledOf(world)).pictureKeys[0]).toBe(upload('p.jpg'))
  })

  it('begins a version of a first one that failed after it was put together', async () => {
    const world = await worldWith(wishes)
    const { version } = await make(world, videoId, 'assemble')
    const failed = await world.ports.videos.update(videoId, version, { status: 'failed' })
    await changeScene(world.edits, failed, 0, { redo: 1 })
    expect(await make(world)).toMatchObject({ status: 'done', made: { edition: 2 } })
  })

  it('of what could not be afforded is made with a higher limit, taken back, or given up', async () => {
    const world = await doneWorld({ maxCostUsd: 1 })
    const { edits, ports } = world
    const before = await assembledOf(world)
    const fail = async ({ version }: VideoRecord) => ports.videos.update(videoId, version, { status: 'failed' })
    for (const nothing of [{ redo: 0 }, { text: 'A goat danced on the hill.' }])
      await expect(changeScene(edits, world.done, 0, nothing)).rejects.toMatchObject({ name: 'ConflictError' })
    const first = await fail(await changeScene(edits, world.done, 0, { redo: 1 }))
    const dearer = await fail(await changeScene(edits, first, 1, { fit: 'blur' }, { maxCostUsd: 2 }))
    expect(dearer.request.maxCostUsd).toBe(2)
    const taken = await fail(await changeScene(edits, dearer, 0, { redo: 0 }))
    expect(taken.edition!.scenes).toEqual({ 1: { fit: 'blur' } })

    // Given up after all of it was made but the last step, with another picture.
    await changeScene(edits, taken, 2, { redo: 1 })
    await make(world, videoId, 'compose')
    await ports.objects.put(deliverableKey(videoId, 'qc.json', 2), new Uint8Array(1), { contentType: 'x' })
    const failed = await fail(await videoOf(ports.videos, videoId))
    const given = await discardChanges(edits, failed)
    expect(given).toMatchObject({ status: 'done', made: { edition: 1, isBack: true }, notices: world.done.notices })
    expect(given.edition ?? given.error).toBeUndefined()
    expect(await assembledOf(world)).toEqual(before)
    expect(await ports.objects.head(deliverableKey(videoId, 'qc.json', 2))).toBeUndefined()
    expect(await ports.objects.head(deliverableKey(videoId, 'video.mp4'))).toBeDefined()
    await expect(discardChanges(edits, given)).rejects.toMatchObject({ name: 'ConflictError' })
    expect((await changeScene(edits, given, 1, { redo: 1 })).edition).toMatchObject({
      number: 2,
      scenes: { 1: { redo: 1 } },
    })

    // The same after a second version that was finished.
    const second = await make(world)
    await changeScene(edits, second, 0, { redo: 1 })
    const again = await discardChanges(edits, await fail(await videoOf(ports.videos, videoId)))
    expect(again).toMatchObject({ status: 'done', made: { edition: 2 }, edition: { number: 2, scenes: {} } })
    expect((await changeScene(edits, again, 0, { redo: 1 })).edition!.number).toBe(3)
  })

  it('that was killed between any two steps is lost whole or goes on under an attempt of its own', async () => {
    const world = await doneWorld()
    const { edits, ports, started } = world
    const killed = () => Promise.reject(new Error('killed'))
    const change = (videos: Partial<typeof ports.videos>, start = edits.start) =>
      changeScene({ ...edits, videos: { ...ports.videos, ...videos }, start }, world.done, 0, { redo: 1 })
    await expect(change({ appendEvent: killed })).rejects.toThrow('killed')
    expect(await videoOf(ports.videos, videoId)).toEqual(world.done)
    await expect(change({ update: killed })).rejects.toThrow('killed')
    expect(await videoOf(ports.videos, videoId)).toEqual(world.done)
    await expect(change({}, killed)).rejects.toThrow('killed')
    const waiting = await videoOf(ports.videos, videoId)
    expect(waiting).toMatchObject({ status: 'queued', edition: { number: 2 } })
    // As the sweeper does.
    expect(await begin(edits, waiting)).toMatchObject({ status: 'running' })
    expect(started).toEqual([`${videoId}-2`])
  })

  it('of what somebody else changed meanwhile is refused', async () => {
    const world = await doneWorld()
    await changeScene(world.edits, world.done, 0, { redo: 1 })
    await expect(changeScene(world.edits, world.done, 1, { redo: 1 })).rejects.toMatchObject({ name: 'ConflictError' })
  })

  it('made meanwhile is not called done by the version before it', async () => {
    const world = await doneWorld()
    const assembled = await assembledOf(world)
    const publish = world.ports.inspect
    const late: World = {
      ...world,
      ports: {
        ...world.ports,
        inspect: async (...file) => {
          const now = await videoOf(world.ports.videos, videoId)
          if (now.status === 'done') await changeScene(world.edits, now, 0, { redo: 1 })
          return publish(...file)
        },
      },
    }
    await make(late)
    expect(await videoOf(world.ports.videos, videoId)).toMatchObject({ status: 'running', made: { edition: 1 } })
    expect(assembled.timelineKey).toBe((await assembledOf(world)).timelineKey)
  })
})
