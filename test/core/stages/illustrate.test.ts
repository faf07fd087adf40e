import { describe, expect, it } from 'vitest'
import { json } from '../../../core/once.ts'
import type { PictureBrief } from '../../../core/ports.ts'
import { illustrate } from '../../../core/stages/illustrate.ts'
import { plan } from '../../../core/stages/plan.ts'
import { write } from '../../../core/stages/write.ts'
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
  const illustrator = {
    provider: 'test',
    model: 'test',
    make: async (brief: PictureBrief) => {
      briefs.push(brief)
      return { made: { bytes: json(brief), contentType: 'image/jpeg' as const }, charges: [] }
    },
  }
  const asked = { ...ports, providers: { ...ports.providers, illustrator } }
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
