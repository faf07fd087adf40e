import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
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
