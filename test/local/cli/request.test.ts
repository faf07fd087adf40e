import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scriptOf } from '../../../core/stages/write.ts'
import { type MakeOptions, readSource } from '../../../local/cli/request.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'request-'))
  mkdirSync(join(dir, 'folder'))
})
afterAll(() => rmSync(dir, { recursive: true }))

const file = (name: string, body: string | Uint8Array) => {
  writeFileSync(join(dir, name), body)
  return join(dir, name)
}
const ofJson = (request: object) => readSource(file('video.json', JSON.stringify(request)), {})
const asked = async (request: object, options: MakeOptions = {}) =>
  (await readSource(file('video.json', JSON.stringify({ script: 'A goat.', ...request })), options)).request

describe('readSource', () => {
  it('reads a file with a byte order mark', async () => {
    expect((await readSource(file('bom.txt', '\uFEFFA goat.'), {})).request.script).toBe('A goat.')
  })

  it.each([
    ['UTF-16 with its mark', Buffer.from('\uFEFFA goat.', 'utf16le')],
    ['UTF-16 without one', Buffer.from('A goat.', 'utf16le')],
    ['Latin-1', Buffer.from('Café', 'latin1')],
    ['anything', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff])],
  ])('refuses what is not UTF-8: %s', async (_, body) => {
    await expect(readSource(file('other.txt', body), {})).rejects.toThrow(/is not UTF-8 text; save it as UTF-8$/)
  })

  it('stops reading where no script is that long, also when the source has no end', async () => {
    await expect(readSource(file('long.txt', 'a'.repeat(2_000_001)), {})).rejects.toThrow(/long\.txt is too large/)
    await expect(readSource('/dev/zero', {})).rejects.toThrow('/dev/zero is too large')
  })

  it.each([
    ['', /^no file is named/],
    ['folder', /folder is a folder; name a \.txt/],
    ['none.txt', /none\.txt: no such file/],
    ['bom.txt/x', /no such file/],
    ['x'.repeat(5000), /…?x* cannot be read \(ENAMETOOLONG\)|x…/],
  ])('says what is wrong with a path, as the user’s mistake: %.20s', async (path, message) => {
    const error: unknown = await readSource(path && join(dir, path), {}).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringMatching(message) as string })
    expect((error as Error).message.length).toBeLessThan(300)
  })

  it.each(['null', '[]', '7', '"script"'])('wants an object in a .json file, not %s', async (json) => {
    await expect(readSource(file('video.json', json), {})).rejects.toThrow(
      /is no request; it must be an object such as/,
    )
  })

  it.each([
    [{ script: 7 }, 'script: must be a text in quotes (it is 7)'],
    [{ title: '' }, 'title: must not be empty (it is "")'],
    [{ title: 'x'.repeat(121) }, 'title: must have at most 120 characters'],
    [{ keywords: 'goat' }, 'keywords: must be a list (it is "goat")'],
    [{ scenes: [] }, 'scenes: must not be empty'],
    [{ scenes: [7] }, 'scenes.0: must be an object with fields (it is 7)'],
    [{ scenes: 'many' }, `scenes: must be 'auto', a whole number or a list of scenes (it is "many")`],
    [{ scenes: 1e99 }, 'scenes: must be a whole number from 1 to 120 (it is 1e+99)'],
    [{ maxCostUsd: -1 }, 'maxCostUsd: must be at least 0 (it is -1)'],
    [{ language: 'english' }, `language: must be a BCP 47 tag such as 'en' or 'pt-BR' (it is "english")`],
    [{ language: 'zz' }, 'language: is no language we know (it is "zz")'],
    [{ style: 'noir2' }, "the nearest is 'comic-noir'"],
    [{ captions: 'popp' }, "'popp' is no caption look we have; the nearest is 'pop'"],
    [{ watermark: 'a\u0007b' }, 'watermark: has a control character'],
    [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, 'and 2 more'],
  ])('says in our words what is wrong with %j', async (fields, message) => {
    const error: unknown = await asked(fields).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringContaining(message) as string })
    expect((error as Error).message.split(message)).toHaveLength(2)
  })

  it('takes language tags in any case, and a title over two lines', async () => {
    expect(await asked({ language: 'pt_br', title: ' A\n goat ' })).toMatchObject({
      language: 'pt-BR',
      title: 'A goat',
    })
  })

  it('takes plain numbers for options, no other writing of them', async () => {
    expect(await asked({}, { scenes: '2', seed: '7' })).toMatchObject({ scenes: 2, seed: 7 })
    for (const seed of ['0x10', '1e3', '', 'x'])
      await expect(asked({}, { seed })).rejects.toThrow('seed: must be a whole number')
  })
})

describe('options', () => {
  const here = mkdtempSync(join(tmpdir(), 'here-'))
  const standing = process.env.INIT_CWD
  beforeAll(() => void (process.env.INIT_CWD = here))
  afterAll(() => {
    if (standing === undefined) delete process.env.INIT_CWD
    else process.env.INIT_CWD = standing
    rmSync(here, { recursive: true })
  })

  it('go before what the request says, field by field', async () => {
    const inFile = { format: '1:1', fps: 24, transition: 'wipe', endCard: 'Bye.', hls: true, music: 'calm' }
    const options = { format: '16:9', fps: '60', transition: 'Fade to black', titleCard: true, soundEffects: true }
    expect(await asked(inFile, options)).toMatchObject({
      format: '16:9',
      fps: 60,
      transition: 'dip',
      endCard: 'Bye.',
      hls: true,
      music: 'calm',
      titleCard: true,
      soundEffects: true,
    })
  })

  it('each are a field of the request: `make` has none that it does not take', async () => {
    const program = readFileSync(new URL('../../../local/cli/program.ts', import.meta.url), 'utf8')
    const [make] = program.split(".command('resume')")
    const flags = [...make!.matchAll(/\.option\('--([a-z-]+)( <)?/g)].map(([, flag, value]) => [flag!, value] as const)
    expect(flags.length).toBeGreaterThan(30)
    const values: Record<string, string> = {
      format: '1:1',
      style: 'anime',
      voice: 'miles',
      captions: 'pop',
      music: 'calm',
      language: 'en',
      scenes: '1',
      seed: '7',
      resolution: '720p',
      fps: '24',
      quality: 'draft',
      codec: 'av1',
      'caption-position': 'top',
      'caption-size': 'large',
      'caption-font': 'anton',
      'caption-colour': 'ffd23f',
      'caption-accent': 'ffd23f',
      'caption-outline': 'ffd23f',
      transition: 'cut',
      motion: 'still',
      preset: 'best',
      'picture-quality': 'high',
      'max-cost': '1',
    }
    const camel = (flag: string) => flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
    const plain = JSON.stringify(await asked({}))
    for (const [flag, value] of flags.filter(([name]) => !['out', 'force', 'again'].includes(name))) {
      const options = { [camel(flag)]: value ? (values[flag] ?? 'any') : true }
      expect(JSON.stringify(await asked({}, options)), flag).not.toBe(plain)
    }
  })

  it('name who does what, each role by itself', async () => {
    const { models } = await asked({ models: { plan: 'gemini', narrate: 'openai' } }, { model: ['narrate=eleven_v4'] })
    expect(models).toEqual({ plan: 'gemini', narrate: 'eleven_v4' })
    await expect(asked({}, { model: ['narrate'] })).rejects.toThrow(/^model: must be a role and who does it/)
    await expect(asked({}, { model: ['draw=openai'] })).rejects.toThrow(/draw: no such field/)
  })

  it('name files from where the person stands; a request names them from where it lies', async () => {
    const request = { intro: 'intro.mp4', logo: '/pictures/logo.png' }
    const path = file('video.json', JSON.stringify({ script: 'A goat.', ...request }))
    const source = await readSource(path, { outro: 'clips/outro.mp4', musicFile: '/music/song.mp3' })
    expect(source.folder).toBe(dir)
    expect(source.request).toMatchObject({
      ...request,
      outro: join(here, 'clips', 'outro.mp4'),
      musicFile: '/music/song.mp3',
    })
  })

  it.each([
    [undefined, { captions: 'karaoke' }, 'karaoke'],
    ['pop', { captions: 'karaoke' }, 'karaoke'],
    ['pop', { captionSize: 'large' }, { look: 'pop', size: 'large' }],
    [undefined, { captionPosition: 'top', upperCase: true }, { look: 'highlight', position: 'top', upperCase: true }],
    [
      { look: 'boxed', colour: '#000000', emphasis: ['goat'] },
      { captionColour: '#ffffff', captionFont: 'Anton' },
      { look: 'boxed', colour: '#ffffff', emphasis: ['goat'], font: 'anton' },
    ],
    [{ look: 'boxed', size: 'small' }, { captions: 'single' }, { look: 'single', size: 'small' }],
  ])('about captions join those of the request: %j and %j', async (inFile, options, captions) => {
    expect((await asked(inFile === undefined ? {} : { captions: inFile }, options)).captions).toEqual(captions)
  })

  it('take a colour without its #, which begins a comment in a shell', async () => {
    const { captions } = await asked({}, { captionColour: 'FFD23F', captionOutline: '#102030' })
    expect(captions).toEqual({ look: 'highlight', colour: '#FFD23F', outlineColour: '#102030' })
  })

  it.each([
    [{ resolution: '1081p' }, "resolution: '1081p' is no resolution we have; the nearest is '1080p'"],
    [{ fps: '29' }, 'fps: must be one of 24, 25, 30, 50, 60; the nearest is 30 (it is 29)'],
    [{ fps: 'fast' }, 'fps: must be one of 24, 25, 30, 50, 60 (it is "fast")'],
    [{ quality: 'hgh' }, "the nearest is 'high'"],
    [{ codec: 'h266' }, "the nearest is 'h264'"],
    [{ transition: 'crosfade' }, "transition: 'crosfade' is no transition we have; the nearest is 'crossfade'"],
    [{ captionFont: 'antom' }, "captions.font: 'antom' is no font we have; the nearest is 'anton'"],
    [{ captionColour: 'red' }, `captions.colour: must be a colour such as '#ffd23f' (it is "red")`],
    [
      { captions: 'popp', captionSize: 'large' },
      "captions.look: 'popp' is no caption look we have; the nearest is 'pop'",
    ],
    [{ endCard: '' }, 'endCard: must not be empty'],
    [{ logo: '' }, 'logo: must not be empty'],
  ])('with a wrong value are said by field, rule and nearest choice: %j', async (options, message) => {
    const error: unknown = await asked({}, options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ name: 'InputError', message: expect.stringContaining(message) as string })
  })
})

describe('scriptOf', () => {
  it.each([
    ['𓀀', /^watermark: no font can show “𓀀” \(U\+13000\)/],
    ['🐐', /^watermark: '🐐' has nothing that can be drawn/],
  ])('refuses a watermark that would not show: %s', async (watermark, message) => {
    const { request } = await ofJson({ script: 'A goat.', watermark })
    expect(() => scriptOf(request)).toThrow(message)
  })

  it('names the characters of a script that no font shows', async () => {
    const { request } = await ofJson({ script: 'The sign 𓀀 is a man.' })
    expect(() => scriptOf(request)).toThrow(/^script: no font can show “𓀀” \(U\+13000\)/)
  })
})
