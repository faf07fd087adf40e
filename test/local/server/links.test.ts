import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keyBehind, linksBy } from '../../../local/server/links.ts'
import { openSigner } from '../../../local/server/secret.ts'
import { openSessions } from '../../../local/server/sessions.ts'

const home = () => mkdtempSync(join(tmpdir(), 'secret-'))
const origin = () => 'http://127.0.0.1:8000'
const key = 'videos/vid_aaaaaaaaaaaaaaaaaaaaaa/video.mp4'
const hour = 3_600_000
const start = Date.parse('2026-01-02T03:10:00Z')

async function linkTo(sign: ReturnType<typeof openSigner>, object = key, nowMs = start) {
  const made = await linksBy(sign, origin, () => nowMs)([object])
  const link = 'links' in made ? made.links[object]! : ''
  const [, token = '', name = ''] = /^http:\/\/127\.0\.0\.1:8000\/files\/([\w-]+)\/(.+)$/.exec(link) ?? []
  return { link, token, name, expiresAt: 'links' in made ? made.expiresAt : '' }
}

describe('a link to a file', () => {
  it('leads to it for a day, and is the same for an hour', async () => {
    const sign = openSigner(home())
    const { link, token, name, expiresAt } = await linkTo(sign)
    expect(name).toBe('video.mp4')
    expect(keyBehind(sign, token, name, () => start)).toBe(key)
    expect((await linkTo(sign, key, start + 49 * 60_000)).link).toBe(link)
    expect((await linkTo(sign, key, start + hour)).link).not.toBe(link)
    const end = Date.parse(expiresAt)
    expect(end - start).toBeGreaterThanOrEqual(24 * hour)
    expect(keyBehind(sign, token, name, () => end)).toBe(key)
    expect(keyBehind(sign, token, name, () => end + 1000)).toBeUndefined()
  })

  it('is good for no other file, no other installation and no other use', async () => {
    const [sign, other] = [openSigner(home()), openSigner(home())]
    const { token, name } = await linkTo(sign)
    expect(keyBehind(sign, token, 'bill.json', () => start)).toBeUndefined()
    expect(keyBehind(other, token, name, () => start)).toBeUndefined()
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      expect(keyBehind(sign, changed, name, () => start)).toBeUndefined()
    }
    for (const forged of ['', 'x', 'A'.repeat(64), '../../etc/passwd'])
      expect(keyBehind(sign, forged, name, () => start)).toBeUndefined()
  })

  it('to a playlist leads to all that lies beside it, and to nothing above', async () => {
    const sign = openSigner(home())
    const { token, name } = await linkTo(sign, 'videos/v/hls/master.m3u8')
    expect(name).toBe('master.m3u8')
    expect(keyBehind(sign, token, '720p/1.m4s', () => start)).toBe('videos/v/hls/720p/1.m4s')
    // No key has such parts: it names nothing.
    expect(keyBehind(sign, token, '../video.mp4', () => start)).toBe('videos/v/hls/../video.mp4')
  })
})

describe('the secret', () => {
  it('is made once, for its owner alone', () => {
    const dir = home()
    const first = openSigner(dir)('share', 'a').toString('hex')
    expect(openSigner(dir)('share', 'a').toString('hex')).toBe(first)
    expect(openSigner(dir)('file', 'a').toString('hex')).not.toBe(first)
    expect(statSync(join(dir, 'secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, 'secret'), 'utf8')).toMatch(/^[0-9a-f]{64}\n$/)
  })

  it('that somebody has spoilt is refused, not used', () => {
    const dir = home()
    writeFileSync(join(dir, 'secret'), 'hunter2')
    expect(() => openSigner(dir)).toThrow(/holds no secret of ClipForge: delete it/)
  })
})

describe('a session', () => {
  it('begins with a code and lasts thirty days, over restarts too', async () => {
    const dir = home()
    let nowMs = start
    const sessions = openSessions(openSigner(dir), () => nowMs)
    const code = sessions.newCode('local')
    const token = (await sessions.signIn(code))!
    const later = openSessions(openSigner(dir), () => nowMs)
    expect(later.ownerOf(token)).toBe('local')
    nowMs += 30 * 24 * hour + 1
    expect(later.ownerOf(token)).toBeUndefined()
  })

  it('begins with no other code, nor with one that is twelve hours old or of another run', async () => {
    let nowMs = start
    const sign = openSigner(home())
    const sessions = openSessions(sign, () => nowMs)
    const code = sessions.newCode('local')
    expect(code).toMatch(/^[\w-]{22}$/)
    expect(await sessions.signIn(`${code.slice(0, -1)}${code.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
    expect(await openSessions(sign).signIn(code)).toBeUndefined()
    nowMs += 12 * hour + 1
    expect(await sessions.signIn(code)).toBeUndefined()
  })

  it('cannot be had by a token that was changed', async () => {
    const sessions = openSessions(openSigner(home()))
    const token = (await sessions.signIn(sessions.newCode('local')))!
    const [text = '', signature = ''] = token.slice(4).split('.')
    const others = Buffer.from(Buffer.from(text, 'base64url').toString().replace('local', 'other')).toString(
      'base64url',
    )
    for (const forged of [`cfs_${others}.${signature}`, `cfs_${text}.${'A'.repeat(43)}`, `cfs_${text}`, 'cfs_.', ''])
      expect(sessions.ownerOf(forged)).toBeUndefined()
    expect(sessions.ownerOf(token)).toBe('local')
  })
})
