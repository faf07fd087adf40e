import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { masterPlaylist, mediaPlaylist } from '../../render-container/hls-playlists.ts'
import { smallerSizes } from '../../render-container/hls-sizes.ts'
import { sharedChild, temporaryFolder } from './media.ts'
import { isEveryFrameOnce, rampSegments, watch } from './ramp.ts'

const run = sharedChild()

test.for(['h264', 'av1'] as const)(
  'every size of %s plays with every frame once, and the sound beside it',
  async (codec) => {
    const folder = await temporaryFolder()
    // The first two go into one of HLS, with the third they would be longer than four seconds.
    const counts = [22, 2, 20, 4]
    const { segments, ...video } = await rampSegments(run, folder, counts, { codec, fps: 10 })
    const format = { widthPx: 160, heightPx: 96, fps: 10 }
    const small = []
    for (const [index, segment] of segments.entries()) {
      const path = join(folder, `small-${index}.mp4`)
      await run('rendition', { from: segment.path, frameCount: segment.frameCount, format, path }, 'a rendition')
      small.push({ ...segment, path })
    }
    const renditions = [
      { name: 'own', widthPx: 320, heightPx: 192, segments },
      { name: 'small', widthPx: 160, heightPx: 96, segments: small },
    ]
    const dir = join(await temporaryFolder(), 'hls')
    const names = await run('packageHls', { ...video, renditions, dir }, 'the playlists')
    expect(names[0]).toBe('master.m3u8')
    expect((await readdir(dir)).toSorted()).toEqual(names.toSorted())

    for (const { name, widthPx, heightPx } of renditions) {
      const watched = await watch(join(dir, `${name}.m3u8`))
      expect(watched).toMatchObject({ widthPx, heightPx })
      expect(watched.frames.length).toBe(48)
      expect(isEveryFrameOnce(watched, 48, 10)).toBe(true)
      const playlist = await readFile(join(dir, `${name}.m3u8`), 'utf8')
      expect([...playlist.matchAll(/EXTINF:([\d.]+)/g)].map((found) => Number(found[1]))).toEqual([2.4, 2.4])
    }
    const heard = await watch(join(dir, 'sound.m3u8'))
    expect(Math.abs(heard.soundStartS!)).toBeLessThan(0.005)
    expect(Math.abs(heard.soundSamples / 48_000 - 4.8)).toBeLessThan(0.1)

    const master = await readFile(join(dir, 'master.m3u8'), 'utf8')
    const codecs = [...master.matchAll(/CODECS="([^"]+)"/g)].map((found) => found[1])
    expect(codecs[0]).toMatch(
      codec === 'h264' ? /^avc1\.6400[0-9a-f]{2},mp4a\.40\.2$/ : /^av01\.0\.\d\dM\.08,mp4a\.40\.2$/,
    )
    expect(codecs[1]).toMatch(/^avc1\.6400[0-9a-f]{2},mp4a\.40\.2$/)
  },
)

test('the sizes are those below the video, in its shape and even', () => {
  expect(smallerSizes({ widthPx: 1080, heightPx: 1920 })).toEqual([
    { name: '720p', widthPx: 720, heightPx: 1280 },
    { name: '480p', widthPx: 480, heightPx: 854 },
    { name: '360p', widthPx: 360, heightPx: 640 },
  ])
  expect(smallerSizes({ widthPx: 1280, heightPx: 720 }).map(({ name }) => name)).toEqual(['480p', '360p'])
})

const file = {
  name: 'own',
  header: { offset: 0, length: 900 },
  segments: [
    { offset: 900, length: 400_000, durationS: 4 },
    { offset: 400_900, length: 300_000, durationS: 2 },
    { offset: 700_900, length: 1000, durationS: 0.5 },
  ],
}

test('a media playlist names every range of bytes and how long it is', () => {
  const lines = mediaPlaylist(file).split('\n')
  expect(lines).toContain('#EXT-X-TARGETDURATION:4')
  expect(lines).toContain('#EXT-X-MAP:URI="own.mp4",BYTERANGE="900@0"')
  expect(lines.filter((line) => line.startsWith('#EXT-X-BYTERANGE'))).toEqual([
    '#EXT-X-BYTERANGE:400000@900',
    '#EXT-X-BYTERANGE:300000@400900',
    '#EXT-X-BYTERANGE:1000@700900',
  ])
  expect(lines.at(-2)).toBe('#EXT-X-ENDLIST')
})

test("the bandwidth is that of the worst stretch, and of the sound's", () => {
  const sound = { ...file, name: 'sound', segments: [{ offset: 0, length: 6500, durationS: 6.5 }] }
  const text = masterPlaylist(
    [{ ...file, codec: 'avc1.640028', widthPx: 1080, heightPx: 1920 }],
    { ...sound, codec: 'mp4a.40.2', channels: 2 },
    { fps: 29.97, language: 'pt-BR' },
  )
  // The second segment: 300 kB in two seconds. The third is too short to count alone.
  expect(text).toContain('BANDWIDTH=1208000,AVERAGE-BANDWIDTH=870770,')
  expect(text).toContain('RESOLUTION=1080x1920,FRAME-RATE=29.970,AUDIO="sound"')
  expect(text).toContain('LANGUAGE="pt-BR"')
})
