import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sharedChild, stillMotion, temporaryFolder } from '../media.ts'
import { clipChild, clipOf, evenly, h264, numberIn, vp8, type ClipSpec } from './clips.ts'

const clips = clipChild()
const run = sharedChild()
const numbers = (planes: Buffer[]) => planes.map((each) => numberIn(each, 64, 64))
const rising = (count: number) => Array.from({ length: count }, (_, i) => i)

async function prepare(path: string, options: { framesOnScreen?: number; fromMs?: number } = {}) {
  const { fromMs = 0, framesOnScreen } = options
  const media = { kind: 'clip', key: 'k', fit: 'cover', fromMs, speed: 1 } as const
  const frame = { widthPx: 64, heightPx: 64, fps: 30 }
  const task = { path, scene: 2, media, motion: stillMotion, frame, planesPath: '', framesOnScreen }
  return (await run('media', task, 'the clip')).notices
}

/** Pictures of some kilobytes each, so that there is something to damage. */
function noisy(spec: Omit<ClipSpec, 'width' | 'height'>): Promise<string> {
  return clips.make({ ...spec, width: 320, height: 320, isNoisy: true })
}

async function overwrite(path: string, from: number, to: number, random = 0): Promise<void> {
  const bytes = await readFile(path)
  for (let at = Math.floor(bytes.length * from); at < bytes.length * to; at++) bytes[at] = (at * 7919 + random) >>> 3
  await writeFile(path, bytes)
}

test('the last good picture stays while a clip is damaged, whichever frame is asked for first', async () => {
  const path = await noisy({ ...h264, path: join(await temporaryFolder(), 'a.mp4'), gop: 10, times: evenly(60, 30) })
  expect(await prepare(path)).toEqual([])
  await overwrite(path, 0.5, 0.52)
  const { planes } = await clips.show(clipOf(path), rising(60))
  const shown = numbers(planes)
  const last = shown.findIndex((number, n) => shown[n + 1] === number)
  const next = shown.findIndex((number) => number > last)
  expect(shown).toEqual(rising(60).map((n) => (n >= last && n < next ? last : n)))
  // Again from the next picture that needs no other.
  expect(next % 10).toBe(0)
  for (const start of rising(60).slice(last - 3, next + 2)) {
    const from = await clips.show(clipOf(path), [start])
    expect(from.planes[0]!.equals(planes[start]!), `from ${start}`).toBe(true)
  }
  const [seconds, until] = [last, next].map((n) => (n / 30).toFixed(1))
  const notice = `scene 3: the clip is damaged at ${seconds} s; the picture before stays until ${until} s`
  expect(await prepare(path)).toEqual([notice])
  // Only what the scene shows is looked through.
  expect(await prepare(path, { framesOnScreen: last - 5 })).toEqual([])
  expect(await prepare(path, { fromMs: 1500 })).toEqual([])
})

test.each([
  ['MP4', 'a.mp4', { ...h264, muxer: { movflags: 'faststart' } }],
  ['MP4 in pieces', 'a.mp4', { ...h264, muxer: { movflags: 'frag_keyframe+empty_moov' } }],
  ['WebM', 'a.webm', vp8],
])('a clip that is cut off ends with its last good picture, and the user is told: %s', async (_, name, spec) => {
  const path = await noisy({ ...spec, path: join(await temporaryFolder(), name), times: evenly(120, 30) })
  await truncate(path, Math.floor((await readFile(path)).length * 0.5))
  const shown = numbers((await clips.show(clipOf(path), rising(120))).planes)
  const last = shown[119]!
  expect(last).toBeGreaterThan(40)
  expect(last).toBeLessThan(75)
  // Just before the end, pictures may be missing between those that were stored first.
  expect(shown.slice(0, last - 4)).toEqual(rising(last - 4))
  for (const [n, number] of shown.entries()) expect(number <= n && number >= (shown[n - 1] ?? 0)).toBe(true)
  const [notice] = await prepare(path)
  expect(notice).toMatch(/^scene 3: the clip breaks off at [12]\.\d s( of 4\.0 s)?; its last picture stays$/)
})

test('whatever is broken in a clip, its frames come or the scene is named', async () => {
  const folder = await temporaryFolder()
  const specs = [
    { ...h264, name: 'a.mp4' },
    { ...vp8, name: 'b.webm' },
    { codec: 'libx265', options: { preset: 'ultrafast' }, name: 'c.mov' },
    { codec: 'libsvtav1', options: { preset: 12 }, name: 'd.mp4' },
  ]
  const outcomes = new Set<string>()
  for (const { name, ...spec } of specs) {
    const path = await noisy({ ...spec, path: join(folder, name), times: evenly(20, 30) })
    const whole = await readFile(path)
    for (const [from, to] of [
      [0, 0.02],
      [0.001, 0.3],
      [0.3, 0.31],
      [0.6, 0.95],
      [0.9, 1],
      [0.98, 1],
    ] as const) {
      await writeFile(path, whole)
      await overwrite(path, from, to, name.length)
      outcomes.add(await outcomeOf(path))
    }
  }
  expect(outcomes).toEqual(new Set(['refused: InputError, scene 3', '3 frames']))
})

async function outcomeOf(path: string): Promise<string> {
  try {
    await prepare(path)
  } catch (error) {
    const { name, message } = error as Error
    return `refused: ${name}, ${message.split(':')[0]}`
  }
  return `${(await clips.show(clipOf(path), [0, 10, 25])).planes.length} frames`
}

test('a clip without any whole picture is refused by the number of its scene', async () => {
  const path = await noisy({
    ...h264,
    path: join(await temporaryFolder(), 'a.mp4'),
    times: [0, 33],
    muxer: { movflags: 'faststart' },
  })
  await overwrite(path, 0.3, 1)
  await expect(prepare(path)).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(/^scene 3: the clip .*a\.mp4 has no picture that can be decoded; save it again/),
  })
})

test('a playlist or a script with the name of a clip opens nothing', async () => {
  const folder = await temporaryFolder()
  const secret = await clips.make({ ...h264, path: join(folder, 'secret.mp4'), width: 64, height: 64, times: [0, 33] })
  for (const text of [
    `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${secret}\n#EXT-X-ENDLIST\n`,
    `ffconcat version 1.0\nfile '${secret}'\n`,
    `<?xml version="1.0"?><MPD><BaseURL>file://${secret}</BaseURL></MPD>`,
    '',
  ]) {
    const path = join(folder, 'clip.mp4')
    await writeFile(path, text)
    await expect(prepare(path)).rejects.toThrow(/scene 3: .*clip\.mp4 is not an MP4, MOV or WebM clip/)
  }
})

test('opening, seeking, reading and closing three hundred times leaves nothing behind', async () => {
  const folder = await temporaryFolder()
  const spec = { ...h264, path: join(folder, 'a.mp4'), width: 96, height: 96, times: evenly(45, 30) }
  const path = await clips.make({ ...spec, isNoisy: true })
  expect(await clips.growthMb(clipOf(path), 240)).toBeLessThan(30)
  await overwrite(path, 0.5, 0.6)
  expect(await clips.growthMb(clipOf(path), 60)).toBeLessThan(30)
})
