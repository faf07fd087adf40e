import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faceKeyOf, uploadKey } from '../../../core/keys.ts'
import type { SceneRequest } from '../../../core/request/scenes.ts'
import { parseRequest } from '../../../core/video.ts'
import { takeUploads } from '../../../local/cli/uploads.ts'
import { localOwner, openStores, type Stores } from '../../../local/stores.ts'
import { clipChild, evenly, h264, vp8 } from '../../render-container/media/clips.ts'
import { babble, dots, fontsDir, writePicture, writeWav } from '../../render-container/media.ts'

const { make } = clipChild()
let dir: string
let stores: Stores
const at = (name: string) => join(dir, name)
const file = (name: string, body: string) => writeFileSync(at(name), body)
const copy = (from: string, to: string) => copyFileSync(at(from), at(to))

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'uploads-'))
  stores = openStores(join(dir, 'home'))
  const twoSeconds = { width: 64, height: 36, times: evenly(48, 24) }
  await make({ path: at('clip.mp4'), ...h264, ...twoSeconds, sound: 'too' })
  await make({ path: at('clip.webm'), ...vp8, ...twoSeconds })
  await make({ path: at('clip.mov'), ...h264, ...twoSeconds })
  await make({ path: at('sound-only.mp4'), ...h264, ...twoSeconds, sound: 'only' })
  await writePicture(at('picture.jpg'), [64, 36], dots(1))
  await writePicture(at('picture.png'), [64, 36], dots(2))
  await writeWav(at('music.wav'), { rate: 48_000, channels: 1, seconds: 1 }, babble)
  mkdirSync(at('folder.jpg'))
  file('text.mp4', 'not a clip')
  file('text.jpg', 'not a picture')
  file('text.mp3', 'no sound')
  for (const name of ['empty.mp4', 'empty.jpg', 'empty.mp3']) file(name, '')
  file('moving.gif', 'GIF89a')
  file('photo.heic', 'any')
  file('film.avi', 'RIFF0000AVI LIST')
})
afterAll(() => {
  stores.db.close()
  rmSync(dir, { recursive: true })
})

const sceneWith = (scene: SceneRequest) =>
  takeUploads(parseRequest({ scenes: [{ text: 'A goat.', ...scene }] }), dir, stores.objects)
const keyOf = (name: string, extension: string) =>
  uploadKey(
    localOwner,
    createHash('sha256')
      .update(readFileSync(at(name)))
      .digest('hex'),
    extension,
  )

describe('takeUploads', () => {
  it.each([
    ['picture.jpg', 'PICTURE.JPG', 'jpg', 'image/jpeg'],
    ['picture.jpg', 'a picture with spaces.jpeg', 'jpg', 'image/jpeg'],
    ['picture.png', 'Bild – Ünïcôdé 日本.PnG', 'png', 'image/png'],
  ])('keeps a picture whatever it is called: %s as %s', async (from, name, extension, contentType) => {
    copy(from, name)
    const key = keyOf(from, extension)
    const { scenes, media } = await sceneWith({ picture: name })
    expect([scenes, media]).toEqual([[{ text: 'A goat.', picture: key }], undefined])
    expect(await stores.objects.head(key)).toMatchObject({ contentType })
    expect(Buffer.from(await stores.objects.get(key))).toEqual(readFileSync(at(from)))
  })

  it.each([
    ['clip.mp4', 'CLIP.M4V', 'mp4', true],
    ['clip.mov', 'clip.Mov', 'mov', false],
    ['clip.webm', 'ein Clip.webm', 'webm', false],
  ])('keeps a clip, and how long it is and whether it has sound: %s as %s', async (from, name, extension, hasSound) => {
    copy(from, name)
    const key = keyOf(from, extension)
    const { scenes, media } = await sceneWith({ clip: name })
    expect(scenes).toEqual([{ text: 'A goat.', clip: key }])
    expect(media).toEqual({ [key]: { durationMs: expect.closeTo(2000, -2) as number, hasSound } })
  })

  it('takes each file of the request, beside it or by its whole path, the same one only once', async () => {
    const request = parseRequest({
      intro: 'clip.mp4',
      outro: at('clip.mp4'),
      logo: './picture.png',
      musicFile: 'music.wav',
      scenes: [
        { text: 'A goat.', picture: at('picture.png') },
        { text: 'A cow.', clip: 'clip.mp4' },
      ],
    })
    const [clip, picture] = [keyOf('clip.mp4', 'mp4'), keyOf('picture.png', 'png')]
    const taken = await takeUploads(request, dir, stores.objects)
    expect(taken).toMatchObject({ intro: clip, outro: clip, logo: picture, musicFile: keyOf('music.wav', 'wav') })
    expect(taken.scenes).toEqual([
      { text: 'A goat.', picture },
      { text: 'A cow.', clip },
    ])
    expect(Object.keys(taken.media!)).toEqual([clip])
  })

  it('keeps a font of one’s own, and beside it how its letters measure', async () => {
    copyFileSync(join(fontsDir, 'Anton_400Regular.ttf'), at('my font.ttf'))
    const request = parseRequest({ script: 'A goat.', captions: { font: 'my font.ttf' } })
    const { captions } = await takeUploads(request, dir, stores.objects)
    const key = keyOf('my font.ttf', 'ttf')
    expect(captions).toEqual({ look: 'highlight', font: key })
    expect(await stores.objects.head(faceKeyOf(key))).toBeDefined()
  })

  it.each([
    ['picture', 'none.jpg', /none\.jpg is not there; check the path$/],
    ['picture', 'text.mp4/x.jpg', /x\.jpg is not there; check the path$/],
    ['picture', 'folder.jpg', /folder\.jpg is a folder; name the picture in it$/],
    ['picture', '.', /is a folder; name the picture in it$/],
    ['picture', '/dev/null', /null is no file; name a picture$/],
    ['picture', 'empty.jpg', /empty\.jpg is empty; save or download it again$/],
    ['picture', 'text.jpg', /text\.jpg is no picture that can be read; save it as JPEG, PNG or WebP$/],
    ['picture', 'clip.mp4', /clip\.mp4 is a clip and no picture; use it as a clip, or save it as JPEG, PNG or WebP$/],
    ['picture', 'moving.gif', /is a GIF; save it as PNG, or as MP4 if it moves$/],
    ['picture', 'photo.heic', /photo\.heic is no picture that can be read; save it as JPEG, PNG or WebP$/],
    ['picture', 'music.wav', /music\.wav is a sound file and no picture; use it as a sound file, or/],
    ['clip', 'empty.mp4', /empty\.mp4 is empty/],
    ['clip', 'text.mp4', /text\.mp4 is no clip that can be read; save it as MP4, MOV or WebM$/],
    ['clip', 'sound-only.mp4', /sound-only\.mp4 has no moving pictures/],
    [
      'clip',
      'picture.jpg',
      /picture\.jpg is a picture and no clip; use it as a picture, or save it as MP4, MOV or WebM$/,
    ],
    ['clip', 'moving.gif', /moving\.gif is a GIF; save it as PNG, or as MP4 if it moves$/],
    ['clip', 'film.avi', /film\.avi is an AVI; save it as MP4$/],
  ] as const)('says what is wrong with a %s and what to do: %s', async (kind, name, message) => {
    const error: unknown = await sceneWith({ [kind]: name }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringMatching(message) as string })
    expect((error as Error).message).toMatch(new RegExp(`^scenes\\.0\\.${kind}: `))
  })

  it.each([
    [
      'logo',
      'clip.mp4',
      /^logo: .*clip\.mp4 is a clip and no picture; use it as a clip, or save it as JPEG, PNG or WebP$/,
    ],
    ['logo', 'moving.gif', /^logo: .*moving\.gif is a GIF; save it as PNG, or as MP4 if it moves$/],
    [
      'intro',
      'picture.png',
      /^intro: .*picture\.png is a picture and no clip; use it as a picture, or save it as MP4, MOV or WebM$/,
    ],
    [
      'musicFile',
      'text.mp3',
      /^musicFile: .*text\.mp3 is no sound file that can be read; save it as MP3, M4A, WAV, FLAC, Ogg or Opus$/,
    ],
    ['musicFile', 'picture.png', /^musicFile: .*picture\.png is a picture and no sound file; use it as a picture/],
    ['musicFile', 'clip.mov', /^musicFile: .*clip\.mov has no sound that can be decoded/],
    ['musicFile', 'empty.mp3', /^musicFile: .*empty\.mp3 is empty/],
  ])('says so of the whole video’s files too: %s, %s', async (field, name, message) => {
    const request = parseRequest({ script: 'A goat.', [field]: name })
    await expect(takeUploads(request, dir, stores.objects)).rejects.toThrow(message)
  })

  it.skipIf(process.platform === 'win32' || process.getuid!() === 0)(
    'says so of a file that may not be read',
    async () => {
      copy('picture.jpg', 'secret.jpg')
      chmodSync(at('secret.jpg'), 0)
      await expect(sceneWith({ picture: 'secret.jpg' })).rejects.toThrow(
        /^scenes\.0\.picture: .*secret\.jpg may not be read by you; change its permissions$/,
      )
    },
  )

  it('refuses to start in a clip after its end', async () => {
    await expect(sceneWith({ clip: 'clip.mp4', clipFromSeconds: 3 })).rejects.toThrow(
      /^scenes\.0\.clipFromSeconds: the clip ends at (2|1\.9) seconds, before 3$/,
    )
  })
})
