// A whole video.json with what a user brings along, from the command to the finished folder.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliverables } from '../../../core/keys.ts'
import type { Finding } from '../../../core/ports.ts'
import type { Render } from '../../../core/stages/compose.ts'
import type { Timeline } from '../../../core/timeline.ts'
import { clipChild, evenly, h264 } from '../../render-container/media/clips.ts'
import { dots, writePicture } from '../../render-container/media.ts'
import { clipforge, type Ended, type Printed } from './clipforge.ts'

const request = {
  title: 'How coffee was found',
  style: 'anime',
  resolution: '720p',
  fps: 24,
  quality: 'draft',
  hls: true,
  transition: 'wipe',
  titleCard: true,
  endCard: 'Thanks for watching',
  logo: 'my logo.png',
  watermark: 'my channel',
  progressBar: { edge: 'top', colour: '#ff5533' },
  soundEffects: true,
  captions: { look: 'boxed', position: 'middle', font: 'anton', emphasis: ['coffee'] },
  scenes: [
    { text: 'A goat found coffee.', picture: 'wide.jpg', fit: 'blur', focus: { x: 0.2, y: 0.3 } },
    { text: 'Monks drank it.', clip: 'clip.mp4', clipPlay: 'loop' },
    { text: 'They sang all night.', picture: 'tall.png' },
    { text: 'The end.' },
  ],
}
const longMs = 240_000
const { make: makeClip } = clipChild()

let home: string
let beside: string
let made: Ended
let madeSha256: string
const makeIn = (place: string, onEvent?: Parameters<typeof clipforge>[1]['onEvent']) => {
  const options = ['--caption-size', 'large', '--upper-case', '--json', '--out', 'out']
  return clipforge(['make', join(beside, 'video.json'), ...options], { home: place, ...(onEvent && { onEvent }) })
}
const read = (place: string, name: string) => JSON.parse(readFileSync(join(place, 'out', name), 'utf8')) as unknown
const qc = (place: string) => read(place, 'qc.json') as { ok: boolean; findings: Finding[]; render: Render }
const sha256 = (place: string) =>
  createHash('sha256')
    .update(readFileSync(join(place, 'out', 'video.mp4')))
    .digest('hex')
const startedStages = (events: Printed[]) => events.filter(({ type }) => type === 'started').map(({ stage }) => stage)

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'video-json-'))
  beside = join(home, 'my request')
  mkdirSync(beside)
  writeFileSync(join(beside, 'video.json'), JSON.stringify(request))
  await writePicture(join(beside, 'wide.jpg'), [800, 450], dots(1))
  await writePicture(join(beside, 'tall.png'), [450, 800], dots(2))
  await writePicture(join(beside, 'my logo.png'), [200, 100], dots(3))
  await makeClip({ path: join(beside, 'clip.mp4'), ...h264, width: 320, height: 180, times: evenly(20, 24) })
  made = await makeIn(home)
  madeSha256 = sha256(home)
}, longMs)
afterAll(() => rmSync(home, { recursive: true, force: true }))

describe('clipforge make video.json', () => {
  it('makes all that was asked for, and finds nothing wrong with it', () => {
    expect(made.events.at(-1)).toMatchObject({ type: 'result', status: 'done', scenes: 4, width: 720, height: 1280 })
    expect(made.code).toBe(0)
    expect(readdirSync(join(home, 'out')).toSorted()).toEqual([...Object.keys(deliverables), 'hls'].toSorted())
    expect(readdirSync(join(home, 'out', 'hls'))).toContain('master.m3u8')
    const { ok, findings, render } = qc(home)
    expect(findings.filter((finding) => !finding.ok)).toEqual([])
    expect(ok).toBe(true)
    expect(render.encoderReason).not.toBe('')
  })

  it('shows in the timeline what stands where', () => {
    const timeline = read(home, 'timeline.json') as Timeline
    expect(timeline).toMatchObject({
      fps: 24,
      watermark: 'my channel',
      progressBar: { edge: 'top', colour: '#ff5533' },
      output: { codec: 'h264', quality: 'draft', hls: true },
      captions: { look: 'boxed', position: 'middle', font: 'anton', size: 'large', isUpperCase: true, emphasised: [3] },
    })
    expect(timeline.logo?.key).toMatch(/\/uploads\/\w+\.png$/)
    expect(timeline.scenes.map(({ role }) => role)).toEqual(['title', 'scene', 'scene', 'scene', 'scene', 'end'])
    const [, picture, clip, tall] = timeline.scenes
    expect(picture!.media).toMatchObject({ kind: 'picture', fit: 'blur', focus: { x: 0.2, y: 0.3 } })
    expect(clip!.media).toMatchObject({ kind: 'clip', loopMs: expect.closeTo(833, -2) as number })
    expect([clip, tall].map((scene) => scene!.transition.kind)).toEqual(['wipe', 'wipe'])
    expect(timeline.effects.length).toBeGreaterThan(0)
  })

  it('tells how far it is, how fast and how long it will take', () => {
    const progress = made.events.filter(({ type, stage }) => type === 'progress' && stage === 'compose')
    // How long is told once the pace is known, and at the end in any case.
    const told = progress.find(({ secondsLeft }) => secondsLeft !== undefined)
    expect(told!.perSecond).toBeGreaterThan(0)
    expect(told!.secondsLeft).toBeGreaterThanOrEqual(0)
  })

  it('does nothing again for the same files', async () => {
    const again = await makeIn(home)
    expect(again.events.at(-1)).toMatchObject({ type: 'result', made: false })
    expect(startedStages(again.events)).toEqual([])
  })

  it(
    'renders only a changed picture and the transitions beside it again',
    async () => {
      await writePicture(join(beside, 'tall.png'), [450, 800], dots(4))
      const refused = await makeIn(home)
      expect([refused.code, refused.events.at(-1)!.message]).toEqual([2, expect.stringContaining('--force')])
      const args = ['make', join(beside, 'video.json'), '--caption-size', 'large', '--upper-case', '--json']
      const changed = await clipforge([...args, '--force', '--out', 'out'], { home })
      expect(changed.events.at(-1)).toMatchObject({ type: 'result', made: true })
      // Four scenes and two cards with a transition between each two.
      expect(qc(home).render).toMatchObject({ segmentsRendered: 3, segmentsTotal: 11 })
      await writePicture(join(beside, 'tall.png'), [450, 800], dots(2))
    },
    longMs,
  )
})

describe('SIGTERM while it renders', () => {
  it(
    'ends with 143 and the way to go on, and resume renders only what is missing',
    async () => {
      const place = mkdtempSync(join(tmpdir(), 'video-json-'))
      let isKilled = false
      const stopped = await makeIn(place, ({ type, stage, done, total }, child) => {
        if (isKilled || type !== 'progress' || stage !== 'compose' || Number(done) < 0.4 * Number(total)) return
        isKilled = true
        child.kill('SIGTERM')
      })
      expect(stopped.code).toBe(143)
      const { message } = stopped.events.at(-1)!
      const [, id] = /^stopped; clipforge resume (vid_\S+) goes on where it was$/.exec(message as string)!
      expect(readdirSync(place)).not.toContain('out')

      const resumed = await clipforge(['resume', id!, '--json'], { home: place })
      expect(resumed.events.at(-1)).toMatchObject({ type: 'result', status: 'done' })
      expect(startedStages(resumed.events)).toEqual(['compose', 'publish'])
      const { ok, render } = qc(place)
      expect(ok).toBe(true)
      expect(render.segmentsTotal).toBe(11)
      expect(render.segmentsRendered).toBeLessThan(11)
      expect(sha256(place)).toBe(madeSha256)
      rmSync(place, { recursive: true })
    },
    longMs,
  )
})
