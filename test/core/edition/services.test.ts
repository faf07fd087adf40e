// What a change of a video costs at the services: real SDKs against their stand-ins.
import { describe, expect, it } from 'vitest'
import { changeScene, lastAssembled } from '../../../core/edit.ts'
import { readJson } from '../../../core/once.ts'
import type { VideoRecord } from '../../../core/ports.ts'
import { videoOf } from '../../../core/records.ts'
import type { Narration } from '../../../core/stages/narrate.ts'
import type { Script } from '../../../core/stages/write.ts'
import { makeVariant } from '../../../core/variant.ts'
import { soundOf } from '../../../core/wav.ts'
import { hurry, type Servers, startServices } from '../../providers/all-services.ts'
import { videoId } from '../stages/ports.ts'
import { make, type World, worldWith } from './made.ts'

const texts = [
  'A goat danced on the hill all night.',
  'The monks could not sleep, so they drank coffee.',
  'Nobody knew why it danced.',
  'In the morning it was gone.',
]
const wishes = { scenes: texts.map((text) => ({ text })), music: 'none', resolution: '720p' }
const all = ['openai', 'elevenlabs', 'gemini'] as const

async function doneWorld(models = {}): Promise<World & { done: VideoRecord; servers: Servers; asked: () => Asked[] }> {
  const servers = await startServices()
  const world = await worldWith(wishes, { available: [...all], models })
  const done = await make(world)
  for (const server of Object.values(servers)) server.received.length = 0
  const asked = () => Object.values(servers).flatMap(({ received }) => received as Asked[])
  return { ...world, done, servers, asked }
}
type Asked = { path: string; body: Record<string, unknown> }

async function narrationOf({ ports }: World, id = videoId) {
  const { narrationKey, scriptKey } = lastAssembled(await ports.videos.events(id))!
  const narration = (await readJson(ports.objects, narrationKey)) as Narration
  const { words, spans } = (await readJson(ports.objects, scriptKey)) as Script
  return { narration, words, spans: spans!, sound: soundOf(await ports.objects.get(narration.speech!)) }
}
type Told = Awaited<ReturnType<typeof narrationOf>>

/** The samples between the first and the last word of a scene, short of what rounding of times may move. */
function soundOfScene({ narration, spans, sound }: Told, scene: number): Buffer {
  const at = (ms: number) => 2 * Math.round((ms * sound.sampleRateHz) / 1000)
  const { firstWord, lastWord } = spans[scene]!
  const [from, to] = [narration.times[firstWord]!.startMs + 2, narration.times[lastWord]!.endMs - 2]
  return Buffer.from(sound.samples.buffer, sound.samples.byteOffset).subarray(at(from), at(to))
}

function isIn({ sound }: Told, part: Buffer): boolean {
  return Buffer.from(sound.samples.buffer, sound.samples.byteOffset).includes(part)
}

describe('a text that changed', () => {
  it.each([
    ['elevenlabs', (body: Asked['body']) => body['text']],
    ['openai', (body: Asked['body']) => body['input']],
  ])('is bought from %s alone, once; the other words keep their sound', async (narrate, textIn) => {
    const world = await doneWorld({ narrate })
    const before = await narrationOf(world)
    await changeScene(world.edits, world.done, 1, { text: 'The monks slept well.' })
    await make(world, videoId, 'assemble')
    const spoken = world.asked().filter(({ path }) => /speech|with-timestamps/.test(path))
    expect(spoken.map(({ body }) => textIn(body))).toEqual(['The monks slept well.'])
    expect(world.asked().filter(({ path }) => /images|generateContent|completions/.test(path))).toEqual([])
    const after = await narrationOf(world)
    for (const scene of [0, 2, 3]) expect(isIn(after, soundOfScene(before, scene)), `scene ${scene}`).toBe(true)
    expect(isIn(after, soundOfScene(before, 1))).toBe(false)
    // The first scene has not moved at all, so that none of it is rendered again.
    const { lastWord } = before.spans[0]!
    expect(after.narration.times.slice(0, lastWord + 1)).toEqual(before.narration.times.slice(0, lastWord + 1))
    after.narration.times
      .slice(1)
      .forEach(({ startMs }, i) => expect(startMs).toBeGreaterThanOrEqual(after.narration.times[i]!.endMs))
    // Run again, as after a kill.
    const count = world.asked().length
    await make(world)
    expect(world.asked()).toHaveLength(count)
    expect((await videoOf(world.ports.videos, videoId)).notices).toEqual([])
  })

  it('is told its place in the whole', async () => {
    const world = await doneWorld({ narrate: 'elevenlabs' })
    await changeScene(world.edits, world.done, 2, { text: 'Who knows.' })
    await make(world)
    const [{ body }] = world.asked() as [Asked]
    expect(body).toMatchObject({ previous_text: texts.slice(0, 2).join(' '), next_text: texts[3] })
  })

  it('is said by somebody else with all the rest when that voice is out of order', async () => {
    hurry()
    const world = await doneWorld({ narrate: 'elevenlabs' })
    world.servers.elevenlabs.fail({ kind: 'overloaded', match: 'with-timestamps', times: Infinity })
    await changeScene(world.edits, world.done, 1, { text: 'The monks slept well.' })
    const done = await make(world)
    expect(done.notices).toEqual([expect.stringMatching(/^narrate: .*ElevenLabs/)])
    const { narration, words } = await narrationOf(world)
    expect(narration.by!.provider).not.toBe('elevenlabs')
    expect(narration.times).toHaveLength(words.length)
  })
})

describe('a picture that is redone', () => {
  it('is bought once more, and once only', async () => {
    const world = await doneWorld()
    await changeScene(world.edits, world.done, 1, { redo: 1 })
    await make(world, videoId, 'assemble')
    await make(world)
    expect(world.asked()).toHaveLength(1)
    const calls = (await world.ports.videos.calls(videoId)).filter(
      ({ scene, provider }) => scene === 1 && provider !== 'embedded',
    )
    expect(calls.map(({ outcome }) => outcome)).toEqual(['made', 'made'])
    const done = await changeScene(world.edits, await videoOf(world.ports.videos, videoId), 0, {
      prompt: 'a goat at dawn',
    })
    expect(done.edition!.number).toBe(3)
    await make(world)
    expect(world.asked()).toHaveLength(2)
  })

  it('tells of its own refusals, not of those of the picture before', async () => {
    hurry()
    const servers = await startServices()
    const world = await worldWith(wishes, { available: [...all], models: { illustrate: 'openai' } })
    // Of the first scene OpenAI refuses the prompt and the softer one, and Gemini that one, too.
    servers.openai.fail({ kind: 'refused', match: '/images/', times: 2 })
    servers.gemini.fail({ kind: 'refused', match: 'image', times: 1 })
    const done = await make(world)
    expect(done.notices).toEqual([expect.stringMatching(/^scene 1: .*; a text card is shown instead$/)])
    await changeScene(world.edits, done, 0, { redo: 1 })
    expect((await make(world)).notices).toEqual([])
  })
})

describe('a variant in another language', () => {
  it('is translated in one call and said anew, with the same pictures', async () => {
    const world = await doneWorld()
    const variant = await makeVariant(world.edits, world.done, { language: 'es' })
    expect(variant).toMatchObject({
      variantOf: videoId,
      edition: { number: 1, translateTo: 'es' },
      request: { language: 'es' },
    })
    await make(world, variant.id, 'assemble')
    const made = await make(world, variant.id)
    expect(made).toMatchObject({ status: 'done', made: { edition: 1 }, notices: [] })
    const questions = world.asked().filter(({ path }) => /completions|generateContent/.test(path))
    expect(questions).toHaveLength(1)
    const told = await narrationOf(world, variant.id)
    expect(told.words.map(({ text }) => text).join(' ')).toContain('Así fue: A goat danced')
    const [base, other] = await Promise.all(
      [videoId, variant.id].map(async (id) => lastAssembled(await world.ports.videos.events(id))!),
    )
    expect(other!.pictureKeys).toEqual(base!.pictureKeys)
  })

  it('goes on with the next service when one refuses, and says what to do when all do', async () => {
    hurry()
    const world = await doneWorld()
    world.servers.openai.fail({ kind: 'refused', match: 'completions', times: Infinity })
    const variant = await makeVariant(world.edits, world.done, { language: 'es' })
    await make(world, variant.id)
    expect(
      (await world.ports.videos.calls(variant.id))
        .filter(({ stage }) => stage === 'write')
        .map(({ outcome }) => outcome)
        .at(-1),
    ).toBe('made')
    world.servers.gemini.fail({ kind: 'refused', times: Infinity })
    const other = await makeVariant(world.edits, world.done, { language: 'fr' })
    await expect(make(world, other.id)).rejects.toThrow(/^language: .*give texts/)
  })
})
