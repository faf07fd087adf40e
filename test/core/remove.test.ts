import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { changeScene } from '../../core/edit.ts'
import type { ObjectStore, VideoRecord } from '../../core/ports.ts'
import { remove, type RemovePorts } from '../../core/remove.ts'
import { makeVariant } from '../../core/variant.ts'
import { parseRequest } from '../../core/video.ts'
import { make, worldWith, type World } from './edition/made.ts'
import { owner, videoId } from './stages/ports.ts'

const wishes = { scenes: [{ text: 'A goat danced on the hill.' }, { text: 'The monks could not sleep.' }] }
const other = { scenes: [{ text: 'A goat danced on the hill.' }, { text: 'And nobody else did.' }] }
const uploaded = `owners/${owner}/uploads/abc.png`

async function keysIn(objects: ObjectStore): Promise<string[]> {
  const { objects: found } = await objects.list('')
  return found.map(({ key }) => key)
}

function portsOf({ ports }: World) {
  const stopped: string[] = []
  const forgotten: string[] = []
  const removing: RemovePorts = {
    ...ports,
    stop: async (id, attempt) => void stopped.push(`${id}-${attempt}`),
    webhooks: { forget: async (id) => void forgotten.push(id) },
  }
  return { removing, stopped, forgotten }
}

async function second(world: World, raw: object, status: VideoRecord['status'] = 'running') {
  const record = { id: 'vid_2', owner, createdAt: new Date().toISOString(), status, notices: [] }
  return world.ports.videos.create({ ...record, request: parseRequest(raw) })
}

describe('remove', () => {
  it('leaves nothing of a video but uploads, all its versions included', async () => {
    const world = await worldWith(wishes)
    await world.ports.objects.put(uploaded, new Uint8Array(1), { contentType: 'image/png' })
    await changeScene(world.edits, await make(world), 0, { redo: 1 })
    const done = await make(world)
    const { removing, stopped, forgotten } = portsOf(world)
    await remove(removing, done)
    expect(await keysIn(world.ports.objects)).toEqual([uploaded])
    expect(await world.ports.videos.get(videoId)).toBeUndefined()
    expect({ stopped, forgotten }).toEqual({ stopped: [], forgotten: [videoId] })
  })

  it('stops one that is being made first', async () => {
    const world = await worldWith(wishes)
    await make(world, videoId, 'compose')
    const at = new Date().toISOString()
    await world.ports.videos.appendEvent(videoId, { at, type: 'attempt', attempt: 3 })
    const { removing, stopped } = portsOf(world)
    await remove(removing, (await world.ports.videos.get(videoId))!)
    expect(stopped).toEqual([`${videoId}-3`])
    expect(await keysIn(world.ports.objects)).toEqual([])
  })

  it("keeps what another of the owner's videos refers to", async () => {
    const world = await worldWith(wishes)
    const done = await make(world)
    await second(world, other)
    await make(world, 'vid_2')
    const before = await keysIn(world.ports.objects)
    await remove(portsOf(world).removing, done)
    const after = await keysIn(world.ports.objects)
    // The other one is made again from what is left: nothing of it is missing.
    const { calls } = world.ports.videos
    const bought = await calls('vid_2')
    await make(world, 'vid_2')
    expect(await calls('vid_2')).toEqual(bought)
    expect(await keysIn(world.ports.objects)).toEqual(after)
    expect(after.length).toBeLessThan(before.length)
    await remove(portsOf(world).removing, (await world.ports.videos.get('vid_2'))!)
    expect(await keysIn(world.ports.objects)).toEqual([])
  })

  it('keeps what a variant is made of, before and after it is made', async () => {
    const world = await worldWith(wishes)
    const done = await make(world)
    const variant = await makeVariant(world.edits, done, { captions: 'none' })
    const { removing } = portsOf(world)
    await remove(removing, done)
    const made = await make(world, variant.id)
    expect(made).toMatchObject({ status: 'done' })
    expect(await world.ports.videos.calls(variant.id)).toEqual([])
    await remove(removing, made)
    // With what only the base was made of, which had stayed because the variant was about to use it.
    expect(await keysIn(world.ports.objects)).toEqual([])
  })

  it('keeps what was left to a video that is being made until that is over, though others are deleted meanwhile', async () => {
    const world = await worldWith(wishes)
    const done = await make(world)
    await makeVariant(world.edits, done, { captions: 'none' })
    const { removing } = portsOf(world)
    await remove(removing, done)
    const before = await keysIn(world.ports.objects)
    await remove(removing, await second(world, { script: 'Quite another story.' }, 'failed'))
    expect(await keysIn(world.ports.objects)).toEqual(before)
  })

  it.each(['failed', 'was killed'])('deletes the parts of a render that %s', async (how) => {
    const world = await worldWith(wishes)
    const { ports } = world
    const kept = Promise.withResolvers<void>()
    const broken = async (composition: Parameters<typeof ports.compose.run>[0]) => {
      const path = join(composition.scratchDir, 'part')
      writeFileSync(path, 'part')
      await Promise.all(['a', 'b', 'c'].map((part) => composition.parts.keep(part, 'h264', path)))
      kept.resolve()
      if (how === 'was killed') await new Promise(() => {})
      throw new Error('cancelled')
    }
    const breaking = { ...world, ports: { ...ports, compose: { version: 'test', run: broken } } }
    const making = make(breaking)
    await (how === 'failed' ? making.catch(() => {}) : kept.promise)
    const parts = (await keysIn(ports.objects)).filter((key) => key.startsWith('parts/'))
    expect(parts).toHaveLength(3)
    await remove(portsOf(world).removing, (await ports.videos.get(videoId))!)
    expect(await keysIn(ports.objects)).toEqual([])
  })

  it.each(['queued', 'running'] as const)('leaves all to a %s video that is going to say the same', async (status) => {
    const world = await worldWith(wishes)
    const done = await make(world)
    await second(world, wishes, status)
    const assets = async () => (await keysIn(world.ports.objects)).filter((key) => !key.startsWith('videos/'))
    const before = await assets()
    await remove(portsOf(world).removing, done)
    expect((await assets()).filter((key) => !key.includes('/left/'))).toEqual(before)
    expect(await world.ports.videos.get(videoId)).toBeUndefined()
  })

  it('is not kept from anything by a video that is being made and says something else', async () => {
    const world = await worldWith(wishes)
    const done = await make(world)
    await second(world, { script: 'Quite another story.' })
    await remove(portsOf(world).removing, done)
    expect(await keysIn(world.ports.objects)).toEqual([])
  })

  it('can be sent again wherever it was killed', async () => {
    const world = await worldWith(wishes)
    const done = await make(world)
    const count = (await keysIn(world.ports.objects)).length
    const { removing } = portsOf(world)
    for (let left = 0; left < count; left += 5) {
      let deletions = left
      const dying: ObjectStore = {
        ...removing.objects,
        delete: async (key) => {
          if (deletions-- <= 0) throw new Error('killed')
          await removing.objects.delete(key)
        },
      }
      await expect(remove({ ...removing, objects: dying }, done)).rejects.toThrow('killed')
      expect(await world.ports.videos.get(videoId)).toBeDefined()
      if ((await keysIn(world.ports.objects)).length < 6) break
    }
    await remove(removing, done)
    expect(await keysIn(world.ports.objects)).toEqual([])
  })
})
