// What is kept of a video in the making, and of one that was made.
import type { VideoEvent, VideoRecord } from '../../core/ports.ts'
import type { Asked, World } from './world.ts'

export const at = '2026-11-23T05:00:01.000Z'

/** What tests do with the videos of a world. */
export function videosOf(world: World) {
  const put = (key: string, value: unknown) =>
    world.ports.objects.put(key, new TextEncoder().encode(JSON.stringify(value)), { contentType: 'application/json' })
  return {
    put,
    make: async (more: Asked = {}) =>
      String((await world.ask('POST', '/v1/videos', { body: { script: 'A goat.' }, ...more })).body['id']),
    look: async (id: string) => (await world.ask('GET', `/v1/videos/${id}`)).body,
    happens: async (id: string, ...events: Record<string, unknown>[]) => {
      for (const event of events) await world.ports.videos.appendEvent(id, { at, ...event } as VideoEvent)
    },
    update: async (id: string, patch: Partial<VideoRecord>) => {
      const { version } = (await world.ports.videos.get(id))!
      await world.ports.videos.update(id, version, patch)
    },
    keepAssets: async () => {
      await put('owners/ann/assets/script/s.json', script)
      await put('owners/ann/assets/plan/p.json', plan)
      await put('owners/ann/assets/narration/n.json', narration)
    },
  }
}

export const script = {
  title: 'Goat',
  text: 'A goat. It sings.',
  language: 'en',
  seed: 1,
  words: ['A', 'goat.', 'It', 'sings.'].map((text, index) => ({
    index,
    text,
    spaceBefore: index > 0,
    sentence: index >> 1,
  })),
}
const plan = {
  scenes: [
    { firstWord: 0, lastWord: 1, prompt: 'a goat' },
    { firstWord: 2, lastWord: 3, prompt: 'it sings', clip: 'owners/ann/uploads/c.mp4' },
  ],
  publishing: { title: 'Goat', description: '', tags: [] },
}
const narration = {
  durationMs: 2000,
  timesFrom: 'voice',
  times: [0, 1, 2, 3].map((n) => ({ startMs: n * 500.4, endMs: n * 500 + 400 })),
}
export const written = [
  { type: 'started', stage: 'write' },
  { type: 'done', stage: 'write', output: { scriptKey: 'owners/ann/assets/script/s.json' } },
]
export const planned = [
  { type: 'started', stage: 'plan' },
  { type: 'done', stage: 'plan', output: { planKey: 'owners/ann/assets/plan/p.json', scenes: [0, 1] } },
]
export const assembled = {
  scriptKey: 'owners/ann/assets/script/s.json',
  planKey: 'owners/ann/assets/plan/p.json',
  narrationKey: 'owners/ann/assets/narration/n.json',
  musicKey: null,
  mood: null,
  pictureKeys: ['a.jpg', 'c.mp4'],
  timelineKey: 't.json',
}
