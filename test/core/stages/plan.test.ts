import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readJson } from '../../../core/once.ts'
import type { StagePorts } from '../../../core/stage.ts'
import { type Plan, plan } from '../../../core/stages/plan.ts'
import { write } from '../../../core/stages/write.ts'
import { parseRequest } from '../../../core/video.ts'
import { embedded } from '../../../providers/registry.ts'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'

let dir: string
let db: ReturnType<typeof openDatabase>
let ports: StagePorts

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'plan-'))
  db = openDatabase(join(dir, 'test.db'))
  const stores = { objects: openDiskObjects({ dir: join(dir, 'objects'), db }), videos: openSqliteVideos(db) }
  ports = {
    ...stores,
    providers: embedded,
    now: () => new Date(),
    signal: new AbortController().signal,
  } as unknown as StagePorts
})
afterEach(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

async function plannedScenes(raw: object): Promise<Plan['scenes']> {
  const request = parseRequest(raw)
  await ports.videos.create({
    id: 'vid_1',
    owner: 'local',
    createdAt: new Date().toISOString(),
    status: 'running',
    request,
    notices: [],
  })
  const { scriptKey } = await write({ videoId: 'vid_1' }, ports)
  const { planKey } = await plan({ videoId: 'vid_1', scriptKey }, ports)
  return ((await readJson(ports.objects, planKey)) as Plan).scenes
}

describe('plan', () => {
  it("keeps the scenes whose texts the user gave, word for word, with the user's prompts and pictures", async () => {
    const scenes = await plannedScenes({
      scenes: [
        { text: 'A goat. It danced.', prompt: 'a dancing goat' },
        { text: 'The monks slept', picture: 'owners/local/uploads/a.jpg' },
      ],
    })
    expect(scenes).toEqual([
      { firstWord: 0, lastWord: 3, prompt: 'a dancing goat' },
      { firstWord: 4, lastWord: 6, prompt: 'The monks slept', picture: 'owners/local/uploads/a.jpg' },
    ])
  })

  it('divides the script among scenes that bring only prompts', async () => {
    const scenes = await plannedScenes({
      script: 'A goat danced. The monks slept.',
      scenes: [{ prompt: 'one' }, { prompt: 'two' }],
    })
    expect(scenes).toEqual([
      { firstWord: 0, lastWord: 2, prompt: 'one' },
      { firstWord: 3, lastWord: 5, prompt: 'two' },
    ])
  })

  it('makes as many scenes as were asked for, over all words', async () => {
    const scenes = await plannedScenes({ script: 'One two three four five six seven.', scenes: 4 })
    expect(scenes).toHaveLength(4)
    expect(scenes[0]!.firstWord).toBe(0)
    scenes.slice(1).forEach((scene, i) => expect(scene.firstWord).toBe(scenes[i]!.lastWord + 1))
    expect(scenes.at(-1)!.lastWord).toBe(6)
  })

  it('is not made twice for the same script and wishes', async () => {
    await plannedScenes({ script: 'A goat danced.' })
    const before = await ports.videos.calls('vid_1')
    const { scriptKey } = await write({ videoId: 'vid_1' }, ports)
    await plan({ videoId: 'vid_1', scriptKey }, ports)
    expect(await ports.videos.calls('vid_1')).toEqual(before)
  })
})
