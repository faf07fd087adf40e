import { describe, expect, it } from 'vitest'
import { ServiceError, type ServiceErrorName } from '../../../core/errors.ts'
import { json, readJson } from '../../../core/once.ts'
import type { Illustrator, PictureBrief, Softener } from '../../../core/ports.ts'
import { illustrate } from '../../../core/stages/illustrate.ts'
import { plan } from '../../../core/stages/plan.ts'
import { write } from '../../../core/stages/write.ts'
import { noticesOf } from '../../../core/story.ts'
import { portsFor, videoId } from './ports.ts'

const key = (name: string) => `owners/local/uploads/${name}`
const script = 'A goat danced. The monks slept.'

/** Gives the key, and what an illustrator was asked for, if one was. */
async function illustrated(wishes: object, scene = 0) {
  const media = { [key('c.mp4')]: { durationMs: 4000, hasSound: true } }
  const ports = await portsFor({ script, scenes: 2, ...wishes }, media)
  const { scriptKey } = await write({ videoId }, ports)
  const { planKey } = await plan({ videoId, scriptKey }, ports)
  const briefs: PictureBrief[] = []
  const illustrator: Illustrator = {
    provider: 'test',
    model: 'test',
    request: (brief) => brief,
    make: (brief, { buy }) =>
      buy({ provider: 'test', model: 'test', estimateMicroUsd: 0 }, async () => {
        briefs.push(brief)
        return { made: { bytes: json(brief), contentType: 'image/jpeg' }, charges: [] }
      }),
  }
  const asked = { ...ports, providers: () => ({ ...ports.providers(undefined), illustrators: [illustrator] }) }
  return { ...(await illustrate({ videoId, scriptKey, planKey, scene }, asked)), briefs }
}

describe('illustrate', () => {
  it("takes the user's own picture or clip as it is", async () => {
    const scenes = [{ picture: key('p.jpg') }, { clip: key('c.mp4'), fit: 'blur' }]
    expect(await illustrated({ scenes })).toEqual({ pictureKey: key('p.jpg'), briefs: [] })
    expect(await illustrated({ scenes }, 1)).toEqual({ pictureKey: key('c.mp4'), briefs: [] })
  })

  it('asks for pictures of the wanted resolution, with room for the deepest zoom', async () => {
    const sizeOf = async (wishes: object) => {
      const { widthPx, heightPx } = (await illustrated(wishes)).briefs[0]!
      return [widthPx, heightPx]
    }
    expect(await sizeOf({})).toEqual([1216, 2160])
    expect(await sizeOf({ format: '16:9', resolution: '4k' })).toEqual([4320, 2430])
    expect(await sizeOf({ resolution: '720p' })).toEqual([810, 1440])
  })

  it('names a picture by what it shows, not by how the video is put together', async () => {
    const { pictureKey } = await illustrated({})
    const changes = { fps: 60, codec: 'hevc', quality: 'draft', hls: true, transition: 'wipe', titleCard: true }
    expect((await illustrated(changes)).pictureKey).toBe(pictureKey)
    expect((await illustrated({ resolution: '4k' })).pictureKey).not.toBe(pictureKey)
  })
})

describe("the ladder of a scene's picture", () => {
  type Answer = ServiceErrorName | 'picture'

  /** `answers`: what each service says, in order, to prompts that are not softened and to those that are. */
  async function climbed(answers: Record<string, Answer[]>, softener?: 'softens' | ServiceErrorName) {
    const ports = await portsFor({ script, scenes: 2 })
    const asked: string[] = []
    const answering = (provider: string, left: Answer[]): Illustrator => ({
      provider,
      model: 'pictures-1',
      request: ({ prompt }) => prompt,
      make: (brief, { buy }) =>
        buy({ provider, model: 'pictures-1', estimateMicroUsd: 0 }, async () => {
          asked.push(`${provider}: ${brief.prompt}`)
          const answer = left.shift() ?? 'picture'
          if (answer !== 'picture') throw new ServiceError(answer, `${provider} says ${answer}`, { charges: [] })
          return { made: { bytes: json(provider), contentType: 'image/jpeg' }, charges: [] }
        }),
    })
    const softeners: Softener[] = [
      {
        provider: 'writer',
        model: 'text-1',
        request: (brief) => brief,
        make: (brief, { buy }) =>
          buy({ provider: 'writer', model: 'text-1', estimateMicroUsd: 0 }, async () => {
            if (softener !== 'softens') throw new ServiceError(softener!, 'no', { charges: [] })
            return { made: `soft ${brief.prompt}`, charges: [] }
          }),
      },
    ]
    const providers = {
      ...ports.providers(undefined),
      softeners: softener === undefined ? [] : softeners,
      illustrators: Object.entries(answers).map(([name, left]) => answering(name, left)),
      standIns: { refused: answering('card', []), outOfOrder: answering('embedded', []) },
    }
    const all = { ...ports, providers: () => providers }
    const { scriptKey } = await write({ videoId }, ports)
    const { planKey } = await plan({ videoId, scriptKey }, ports)
    const draw = async () => {
      const { pictureKey } = await illustrate({ videoId, scriptKey, planKey, scene: 0 }, all)
      return (await readJson(ports.objects, pictureKey)) as string
    }
    return { draw, asked, notices: async () => noticesOf(await ports.videos.calls(videoId)) }
  }

  it('softens a refused prompt once, then asks the other service with it', async () => {
    const { draw, asked, notices } = await climbed({ one: ['RefusedError', 'RefusedError'], two: [] }, 'softens')
    expect(await draw()).toBe('two')
    expect(asked).toEqual(['one: A goat danced.', 'one: soft A goat danced.', 'two: soft A goat danced.'])
    expect(await notices()).toEqual(['scene 1: one says RefusedError; two made it with a softened prompt'])
    // Run again, as after a kill: nobody is asked twice.
    expect(await draw()).toBe('two')
    expect(asked).toHaveLength(3)
  })

  it('softens by rule when no service does', async () => {
    const { draw, asked } = await climbed({ one: ['RefusedError'] }, 'TransientError')
    expect(await draw()).toBe('one')
    expect(asked).toHaveLength(2)
    expect(asked[1]).not.toBe(asked[0])
  })

  it('shows a text card when everybody refuses', async () => {
    const { draw } = await climbed({ one: ['RefusedError', 'RefusedError'], two: ['RefusedError'] }, 'softens')
    expect(await draw()).toBe('card')
  })

  it('asks the other service at an outage, and not again the one that was out', async () => {
    const { draw, asked, notices } = await climbed({ one: ['TransientError'], two: [] }, 'softens')
    expect(await draw()).toBe('two')
    expect(await draw()).toBe('two')
    expect(asked).toEqual(['one: A goat danced.', 'two: A goat danced.'])
    expect(await notices()).toEqual(['scene 1: one says TransientError; two made it'])
  })

  it('draws it itself when every service is out of order', async () => {
    const { draw } = await climbed({ one: ['TransientError'], two: ['BrokenAnswerError'] })
    expect(await draw()).toBe('embedded')
  })

  it('stops at once when an account does', async () => {
    const { draw, asked } = await climbed({ one: ['AccountError'], two: [] })
    await expect(draw()).rejects.toMatchObject({ name: 'AccountError', message: 'one says AccountError' })
    expect(asked).toHaveLength(1)
  })
})
