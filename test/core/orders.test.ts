import { describe, expect, test } from 'vitest'
import { ServiceError } from '../../core/errors.ts'
import { assetKey } from '../../core/keys.ts'
import { readJson } from '../../core/once.ts'
import { carryOut, have, Order } from '../../core/orders.ts'
import type { Aligner, SpeechBrief } from '../../core/ports.ts'
import type { Providers, StagePorts } from '../../core/stage.ts'
import { videoOf } from '../../core/records.ts'
import { wavOf } from '../../core/wav.ts'
import { owner, portsFor, videoId } from './stages/ports.ts'

const sound = { sampleRateHz: 24_000, samples: new Int16Array([0, 100, -100, 0]) }
const charge = { provider: 'openai', model: 'voice-1', unit: 'characters', units: 5, costMicroUsd: 75 }
const brief: SpeechBrief = { text: 'Hello', before: '', after: '', language: 'en', voice: 'clara' }
const key = assetKey(owner, 'spoken', 'openai', 'voice-1', brief)

/** The side of the service: it has the key, and counts what it sends. */
async function service(sent: unknown[], refuses = false): Promise<StagePorts> {
  const ports = await portsFor({ script: 'Hello.' })
  const speaker: Providers['narrators'][number] = {
    kind: 'speaker',
    provider: 'openai',
    model: 'voice-1',
    maxCharacters: 1000,
    request: (asked) => asked,
    make: (asked, { buy }) =>
      buy({ provider: 'openai', model: 'voice-1', estimateMicroUsd: 100 }, async () => {
        sent.push(asked)
        if (refuses) throw new ServiceError('RefusedError', 'OpenAI does not say this', { charges: [] })
        return { made: { sound }, charges: [charge] }
      }),
  }
  const aligner: Aligner = {
    provider: 'openai',
    model: 'ear-1',
    timesFrom: 'transcription',
    request: ({ words, language }) => ({ words, language }),
    make: async (asked) => [{ text: `${asked.sound.samples.length} samples`, startMs: 0, endMs: 1 }],
  }
  const providers = ports.providers(undefined)
  return { ...ports, providers: () => ({ ...providers, narrators: [speaker], aligners: [aligner] }) }
}

/** The side of the stage: the same stores, and orders that travel as JSON. */
function stageOf(ports: StagePorts, orders: Order[] = []): StagePorts {
  const order = async (given: Order) => {
    const travelled = Order.parse(JSON.parse(JSON.stringify(given)))
    orders.push(travelled)
    await carryOut(travelled, ports)
  }
  const none: Providers = { ...ports.providers(undefined), narrators: [], aligners: [] }
  return { ...ports, order, providers: () => none }
}

async function speak(ports: StagePorts) {
  const video = await videoOf(ports.videos, videoId)
  const by = { provider: 'openai', model: 'voice-1' }
  await have({ kind: 'spoken', by, key, brief, video, stage: 'narrate', about: 'said' }, ports)
}

describe('an order', () => {
  test('is carried out where the key is: sound, asset and ledger are there afterwards', async () => {
    const sent: unknown[] = []
    const elsewhere = await service(sent)
    await speak(stageOf(elsewhere))
    const { speech } = (await readJson(elsewhere.objects, key)) as { speech: string }
    expect(speech).toBe(assetKey(owner, 'speech', 'openai', 'voice-1', brief))
    expect(Buffer.from(await elsewhere.objects.get(speech)).equals(wavOf(sound))).toBe(true)
    expect(sent).toEqual([brief])
    expect(await elsewhere.videos.calls(videoId)).toMatchObject([
      { stage: 'narrate', about: 'said', provider: 'openai', outcome: 'made', charges: [charge] },
    ])
  })

  test('is not given twice: what is there is taken', async () => {
    const sent: unknown[] = []
    const orders: Order[] = []
    const stage = stageOf(await service(sent), orders)
    await speak(stage)
    await speak(stage)
    expect([sent.length, orders.length]).toEqual([1, 1])
  })

  test('that was refused is not given again, and says the same', async () => {
    const orders: Order[] = []
    const stage = stageOf(await service([], true), orders)
    await expect(speak(stage)).rejects.toMatchObject({ name: 'RefusedError', message: 'OpenAI does not say this' })
    await expect(speak(stage)).rejects.toMatchObject({ name: 'RefusedError', message: 'OpenAI does not say this' })
    expect(orders).toHaveLength(1)
  })

  test('names a sound by its key, and whoever hears it has the sound', async () => {
    const elsewhere = await service([])
    await elsewhere.objects.put('owners/ann/sound.wav', wavOf(sound), { contentType: 'audio/wav' })
    const heard = assetKey(owner, 'heard', 'x')
    const video = await videoOf(elsewhere.videos, videoId)
    const asked = { speech: 'owners/ann/sound.wav', words: [], language: 'en' }
    const by = { provider: 'openai', model: 'ear-1' }
    await have({ kind: 'heard', by, key: heard, brief: asked, video, stage: 'narrate' }, stageOf(elsewhere))
    expect(await readJson(elsewhere.objects, heard)).toMatchObject([{ text: '4 samples' }])
  })

  test('for what is embedded never leaves the process', async () => {
    const ports = await portsFor({ script: 'Hello.' })
    const orders: Order[] = []
    const video = await videoOf(ports.videos, videoId)
    const musician = ports.providers(undefined).musicians.at(-1)!
    const music = { mood: 'calm', durationMs: 2000, seed: 1 }
    const bed = assetKey(owner, 'music', musician.request(music))
    const wish = { kind: 'music', by: musician, key: bed, brief: music, video, stage: 'score' } as const
    await have(wish, { ...ports, order: async (order) => void orders.push(order) })
    expect(orders).toEqual([])
    expect((await ports.objects.head(bed))?.contentType).toBe('audio/wav')
  })

  test('for somebody who is not among the makers says so', async () => {
    const ports = await portsFor({ script: 'Hello.' })
    const order: Order = { kind: 'draft', service: 'gemini', model: 'x', key: 'k', videoId, stage: 'write', brief: {} }
    await expect(carryOut(order, ports)).rejects.toThrow("gemini x makes no 'draft'")
  })
})

test('nothing is begun any more for a video that was cancelled', async () => {
  const sent: unknown[] = []
  const elsewhere = await service(sent)
  const video = await videoOf(elsewhere.videos, videoId)
  await elsewhere.videos.update(videoId, video.version, { status: 'cancelled' })
  await expect(speak(stageOf(elsewhere))).rejects.toMatchObject({ name: 'CancelledError' })
  expect(sent).toEqual([])
})

test('a job that failed says why by the last words it left, else by what Batch says', async () => {
  const { fail } = await import('../../core/stages/fail.ts')
  const ports = await portsFor({ script: 'Hello.' })
  const Cause = JSON.stringify({ JobId: 'f00', StatusReason: 'Host EC2 (instance i-0) terminated.' })
  const error = { Error: 'States.TaskFailed', Cause }
  expect(await fail({ videoId, error }, ports)).toMatchObject({
    // Names that begin with 'States.' belong to the States Language.
    name: 'Workflow.TaskFailed',
    message: expect.stringContaining('Host EC2'),
  })
  const words = { type: 'compose-failed', name: 'InputError', message: 'scene 2: its clip cannot be read' }
  await ports.videos.appendEvent(videoId, { at: new Date().toISOString(), ...words })
  await fail({ videoId, error }, ports)
  expect((await ports.videos.get(videoId))?.error).toEqual({ name: words.name, message: words.message })
})
