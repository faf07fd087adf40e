import { describe, expect, it } from 'vitest'
import { estimateTimes } from '../../../core/estimate.ts'
import { json, readJson } from '../../../core/once.ts'
import { assemble } from '../../../core/stages/assemble.ts'
import { plan } from '../../../core/stages/plan.ts'
import { score } from '../../../core/stages/score.ts'
import { type Script, write } from '../../../core/stages/write.ts'
import type { Timeline } from '../../../core/timeline.ts'
import type { VideoRequest } from '../../../core/video.ts'
import { portsFor, videoId } from './ports.ts'

const key = (name: string) => `owners/local/uploads/${name}`
const script = 'A goat found coffee. It danced all night. The monks wondered, and slept no more.'

async function assembled(wishes: object, media?: VideoRequest['media']): Promise<Timeline> {
  const ports = await portsFor({ script, scenes: 3, musicFile: key('song.mp3'), ...wishes }, media)
  const { scriptKey } = await write({ videoId }, ports)
  const { planKey, scenes } = await plan({ videoId, scriptKey }, ports)
  const { words, language } = (await readJson(ports.objects, scriptKey)) as Script
  const narration = { ...estimateTimes(words, language), timesFrom: 'estimate', speech: 'speech' }
  await ports.objects.put('narration', json(narration), { contentType: 'application/json' })
  const pictureKeys = scenes.map((scene) => key(`${scene}.mp4`))
  const music = await score({ videoId, scriptKey }, ports)
  const { timelineKey, frames, durationMs } = await assemble(
    { videoId, scriptKey, planKey, narrationKey: 'narration', pictureKeys, ...music },
    ports,
  )
  const timeline = (await readJson(ports.objects, timelineKey)) as Timeline
  expect({ frames, durationMs }).toEqual({ frames: timeline.durationFrames, durationMs: timeline.durationMs })
  return timeline
}

describe('assemble', () => {
  it('makes a plain video of what a script alone says', async () => {
    const timeline = await assembled({})
    expect(timeline).toMatchObject({
      version: 2,
      width: 1080,
      height: 1920,
      fps: 30,
      captions: { look: 'highlight' },
      narration: { key: 'speech', startMs: 0 },
      music: { key: key('song.mp3'), mood: 'own' },
      output: { codec: 'h264', quality: 'standard', hls: false },
      clipSounds: [],
      effects: [],
    })
    expect(timeline.scenes.map(({ role }) => role)).toEqual(['scene', 'scene', 'scene'])
    expect(timeline.cues.at(-1)!.lastFrame).toBeLessThan(timeline.durationFrames)
    expect(Object.keys(timeline)).not.toContain('logo')
  })

  it('puts everything that a request may ask for where it belongs', async () => {
    const clip = { durationMs: 3000, hasSound: true }
    const timeline = await assembled(
      {
        resolution: '720p',
        format: '16:9',
        fps: 50,
        codec: 'hevc',
        quality: 'high',
        hls: true,
        style: 'comic-book',
        keywords: ['coffee'],
        captions: { look: 'pop', accent: '#00ff00', emphasis: true },
        soundEffects: true,
        titleCard: true,
        title: 'Goats',
        endCard: 'The end',
        intro: key('intro.mp4'),
        outro: key('outro.mp4'),
        watermark: '@goats',
        logo: key('logo.png'),
        progressBar: true,
      },
      { [key('intro.mp4')]: clip, [key('outro.mp4')]: { ...clip, hasSound: false } },
    )
    expect(timeline).toMatchObject({
      width: 1280,
      height: 720,
      fps: 50,
      captions: { look: 'pop', accent: '#00ff00', emphasised: [3] },
      watermark: '@goats',
      logo: { key: key('logo.png') },
      progressBar: { edge: 'bottom', colour: '#00ff00' },
      output: { codec: 'hevc', quality: 'high', hls: true },
      clipSounds: [{ key: key('intro.mp4'), startMs: 0 }],
    })
    expect(timeline.scenes.map(({ role, transition }) => [role, transition.kind])).toEqual([
      ['intro', 'cut'],
      ['title', 'crossfade'],
      ['scene', 'crossfade'],
      ['scene', 'slide'],
      ['scene', 'slide'],
      ['end', 'crossfade'],
      ['outro', 'crossfade'],
    ])
    expect(timeline.scenes[1]!.card).toEqual({ heading: 'Goats' })
    expect(timeline.effects.length).toBeGreaterThan(0)
    const lastScene = timeline.scenes[4]!
    expect(timeline.cues.at(-1)!.lastFrame).toBeLessThanOrEqual(lastScene.lastFrame)
  })

  it("follows the user's wishes for scenes", async () => {
    const scenes = [
      { clip: key('0.mp4'), clipFromSeconds: 1, clipPlay: 'loop' },
      { picture: key('1.mp4'), fit: 'contain', focus: { x: 0.2, y: 0.8 } },
      { prompt: 'sleeping monks' },
    ]
    const media = { [key('0.mp4')]: { durationMs: 1500, hasSound: true } }
    const timeline = await assembled({ scenes, motion: 'still', transition: 'zoom' }, media)
    expect(timeline.scenes.map((scene) => scene.media)).toEqual([
      { kind: 'clip', key: key('0.mp4'), fit: 'cover', fromMs: 1000, speed: 1, loopMs: 500 },
      { kind: 'picture', key: key('1.mp4'), fit: 'contain', focus: { x: 0.2, y: 0.8 } },
      { kind: 'picture', key: key('2.mp4'), fit: 'cover' },
    ])
    expect(timeline.scenes.map(({ motion }) => motion.kind)).toEqual(['still', 'still', 'still'])
    expect(timeline.scenes.map(({ transition }) => transition.kind)).toEqual(['cut', 'zoom', 'zoom'])
    expect(timeline.scenes[2]!.prompt).toBe('sleeping monks')
  })

  it('draws no captions when none are wanted', async () => {
    expect(await assembled({ captions: 'none' })).not.toHaveProperty('captions')
  })
})
