import { describe, expect, it } from 'vitest'
import { readJson } from '../../../core/once.ts'
import { type Plan, plan } from '../../../core/stages/plan.ts'
import { write } from '../../../core/stages/write.ts'
import { portsFor, videoId } from './ports.ts'

async function plannedScenes(wishes: object): Promise<Plan['scenes']> {
  const media = { 'owners/local/uploads/a.mp4': { durationMs: 9000, hasSound: false } }
  const ports = await portsFor(wishes, media)
  const { scriptKey } = await write({ videoId }, ports)
  const { planKey } = await plan({ videoId, scriptKey }, ports)
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

  it("carries the user's wishes for how a scene is shown", async () => {
    const wishes = {
      clip: 'owners/local/uploads/a.mp4',
      clipFromSeconds: 2,
      clipPlay: 'slow',
      fit: 'blur',
      focus: { x: 0.1, y: 1 },
    }
    const scenes = await plannedScenes({ script: 'A goat danced. The monks slept.', scenes: [{}, wishes] })
    expect(scenes[1]).toMatchObject({ firstWord: 3, lastWord: 5, ...wishes })
    expect(Object.keys(scenes[0]!).toSorted()).toEqual(['firstWord', 'lastWord', 'prompt'])
  })

  it('is not made twice for the same script and wishes', async () => {
    const ports = await portsFor({ script: 'A goat danced.' })
    const { scriptKey } = await write({ videoId }, ports)
    await plan({ videoId, scriptKey }, ports)
    const before = await ports.videos.calls(videoId)
    await plan({ videoId, scriptKey }, ports)
    expect(before).toHaveLength(1)
    expect(await ports.videos.calls(videoId)).toEqual(before)
  })
})
