import { describe, expect, it } from 'vitest'
import { checkUploads, uploadsOf, withUploads } from '../../../core/request/uploads.ts'
import { parseRequest, type VideoRequest } from '../../../core/video.ts'

const key = (name: string) => `owners/local/uploads/${name}`
const request = (wishes: object, media?: VideoRequest['media']): VideoRequest => ({
  ...parseRequest({ script: 'A goat danced.', ...wishes }),
  media,
})
const everything = {
  musicFile: 'a.mp3',
  intro: 'i.mp4',
  outro: 'o.mp4',
  logo: 'l.png',
  scenes: [{ picture: 'p.jpg' }, { prompt: 'a goat' }, { clip: 'c.mp4' }],
}

describe('uploadsOf', () => {
  it('names every file of a request, where it stands and what it is', () => {
    const uploads = uploadsOf(request(everything)).toSorted((a, b) => (a.file < b.file ? -1 : 1))
    expect(uploads.map(({ field, kind, file }) => `${field} ${kind} ${file}`)).toEqual([
      'musicFile music a.mp3',
      'scenes.2.clip clip c.mp4',
      'intro clip i.mp4',
      'logo picture l.png',
      'outro clip o.mp4',
      'scenes.0.picture picture p.jpg',
    ])
    expect(uploadsOf(request({ scenes: 3 }))).toEqual([])
  })
})

describe('withUploads', () => {
  it('puts keys in the place of files, and leaves everything else as it is', () => {
    const before = request(everything)
    const keys = new Map(uploadsOf(before).map(({ field, file }) => [field, key(file)]))
    const after = withUploads(before, keys)
    expect(uploadsOf(after)).toEqual(uploadsOf(before).map((upload) => ({ ...upload, file: key(upload.file) })))
    expect(withUploads(after, new Map(uploadsOf(before).map(({ field, file }) => [field, file])))).toEqual(before)
    expect(withUploads(before, new Map())).toEqual(before)
  })
})

describe('checkUploads', () => {
  const clip = { durationMs: 8000, hasSound: true }
  const check = (wishes: object, media?: VideoRequest['media']) => checkUploads(request(wishes, media), 'local')

  it('accepts what is there and known', () => {
    const scenes = [{ picture: key('p.jpg') }, { clip: key('c.mp4'), clipFromSeconds: 7 }]
    const wishes = { scenes, intro: key('c.mp4'), logo: key('l.png') }
    expect(() => check(wishes, { [key('c.mp4')]: clip })).not.toThrow()
  })

  it.each([
    [{ scenes: [{ picture: 'owners/eve/uploads/a.jpg' }] }, /^scenes\.0\.picture: '.*' is no upload of yours$/],
    [{ musicFile: 'song.mp3' }, /^musicFile: 'song\.mp3' is no upload of yours$/],
    [{ logo: key('../../eve/uploads/a.png') }, /^logo: .* is no upload of yours$/],
    [{ intro: key('unknown.mp4') }, /^intro: nothing is known of .*; upload the clip again$/],
    [{ outro: key('long.mp4') }, /^outro: it is 121 seconds long; cut it to 120 or fewer$/],
    [
      { scenes: [{}, { clip: key('c.mp4'), clipFromSeconds: 8 }] },
      /^scenes\.1\.clipFromSeconds: the clip ends at 8 seconds, before 8$/,
    ],
  ])('refuses what is not: %j', (wishes, line) => {
    const media = { [key('c.mp4')]: clip, [key('long.mp4')]: { ...clip, durationMs: 121_000 } }
    expect(() => check(wishes, media)).toThrow(line)
  })
})
