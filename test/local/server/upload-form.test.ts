import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { type IncomingMessage, request as httpRequest, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAdaptorServer } from '@hono/node-server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openSigner } from '../../../local/server/secret.ts'
import { localForms, uploadFormRoutes } from '../../../local/server/upload-form.ts'
import { newApiKey } from '../../../core/api-keys.ts'
import { openUpload, removeUpload } from '../../../core/uploads/records.ts'
import { openSqliteApiKeys } from '../../../stores/api-keys/sqlite.ts'
import { openSqliteVideos } from '../../../stores/videos/sqlite.ts'
import { openDiskObjects } from '../../../stores/objects/disk.ts'
import { openDatabase } from '../../../stores/sqlite.ts'

const dir = mkdtempSync(join(tmpdir(), 'form-'))
const db = openDatabase(':memory:')
const objects = openDiskObjects({ dir: join(dir, 'objects'), db })
const sign = openSigner(dir)
const received: string[] = []
const errors: unknown[] = []
let nowMs = Date.now()
let server: Server
let url: string
const keys = openSqliteApiKeys(db)
const videos = openSqliteVideos(db)
/** Of an upload of ann's that waits; its id is the key's last part. */
const formOf = (key: string, maxBytes = 1000, keyId?: string) => {
  const caller = { owner: 'ann', ...(keyId !== undefined && { keyId }) }
  return localForms(sign, url, () => nowMs)(key, { contentType: 'x/y', maxBytes }, { uploadId, caller })
}
let uploadId: string

beforeAll(async () => {
  uploadId = (await openUpload({ objects, now: () => new Date() }, 'ann', { name: 'a.png', kind: 'picture' })).id
  lying = readdirSync(join(dir, 'objects'))
  const routes = uploadFormRoutes({
    objects,
    keys,
    sign,
    patienceMs: 300,
    onReceived: async (key) => void received.push(key),
    onError: (error) => void errors.push(error),
    now: () => nowMs,
  })
  server = createAdaptorServer({ fetch: routes.fetch }) as Server
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
beforeEach(() => {
  nowMs = Date.now()
  received.length = 0
  errors.length = 0
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  db.close()
  rmSync(dir, { recursive: true })
})

type Sent = { fields?: Record<string, string>; file?: Blob | string; name?: string; fileFirst?: boolean }
async function send({ fields = {}, file = 'abc', name = 'file', fileFirst = false }: Sent) {
  const form = new FormData()
  if (fileFirst) form.append(name, new Blob([file]), 'a.png')
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  if (!fileFirst) form.append(name, new Blob([file]), '../../a.png')
  const response = await fetch(url, { method: 'POST', body: form })
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), detail: detailIn(text) }
}
function detailIn(text: string): string | undefined {
  return text === '' ? undefined : (JSON.parse(text) as { detail: string }).detail
}
/** But for what is kept of the upload itself. */
const files = () => readdirSync(join(dir, 'objects')).filter((name) => !lying.includes(name))
let lying: string[] = []

describe('the form', () => {
  it('takes one file under the key that it was made for, and tells of it', async () => {
    const { fields, expiresAt } = await formOf('incoming/ann/upl_1')
    expect(Date.parse(expiresAt) - nowMs).toBe(3_600_000)
    expect(await send({ fields })).toMatchObject({ status: 204 })
    expect(Buffer.from(await objects.get('incoming/ann/upl_1')).toString()).toBe('abc')
    expect(received).toEqual(['incoming/ann/upl_1'])
    await send({ fields, file: 'again' })
    expect(Buffer.from(await objects.get('incoming/ann/upl_1')).toString()).toBe('again')
    await objects.delete('incoming/ann/upl_1')
    expect(files()).toEqual([])
  })

  it('takes a large one without holding it in memory', async () => {
    const bytes = new Uint8Array(30_000_000).fill(7)
    const { fields } = await formOf('incoming/ann/upl_2', bytes.length)
    expect(await send({ fields, file: new Blob([bytes]) })).toMatchObject({ status: 204 })
    expect(await objects.head('incoming/ann/upl_2')).toMatchObject({ bytes: bytes.length })
    await objects.delete('incoming/ann/upl_2')
  })

  it.each([
    ['a token that is none', { fields: { token: 'x' } }, 403, 'token does not fit'],
    ['no token', {}, 403, 'token does not fit'],
    ['a token of another purpose', { fields: { token: `e30.${'A'.repeat(43)}` } }, 403, 'token does not fit'],
    ['an enormous field', { fields: { token: 'x'.repeat(100_000) } }, 403, 'token does not fit'],
    ['the file before the token', { fields: 'own', fileFirst: true }, 403, 'before the file'],
    ['no file', { fields: 'own', name: 'other' }, 422, 'there is no file in the form'],
    ['an empty file', { fields: 'own', file: '' }, 422, 'the file is empty'],
    ['more than was agreed', { fields: 'own', file: 'x'.repeat(1001) }, 413, 'the file has more than'],
    ['far more than was agreed', { fields: 'own', file: 'x'.repeat(5_000_000) }, 413, 'the file has more than'],
  ] as const)('refuses %s and keeps nothing of it', async (_what, sent, status, detail) => {
    const { fields } = await formOf('incoming/ann/upl_3')
    const own = 'fields' in sent && sent.fields === 'own' ? { ...sent, fields } : (sent as Sent)
    const answer = await send(own)
    expect(answer).toMatchObject({ status, type: 'application/problem+json', detail: expect.stringContaining(detail) })
    expect(files()).toEqual([])
    expect(received).toEqual([])
  })

  it('refuses a form that has expired, one that was changed, and what is no form', async () => {
    const { fields } = await formOf('incoming/ann/upl_4')
    nowMs += 3_600_001
    expect(await send({ fields })).toMatchObject({ status: 403, detail: expect.stringContaining('expired') })
    const [text = '', signature] = fields['token']!.split('.')
    const other = Buffer.from(Buffer.from(text, 'base64url').toString().replace('ann', 'ben')).toString('base64url')
    expect(await send({ fields: { token: `${other}.${signature}` } })).toMatchObject({ status: 403 })
    for (const [type, body] of [
      ['application/json', '{}'],
      ['multipart/form-data', 'x'],
      ['text/plain', ''],
    ] as const)
      expect((await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body })).status).toBe(415)
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
    for (const body of ['', '--b', '--b\r\n\r\n', '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc'])
      expect([403, 422]).toContain((await fetch(url, { method: 'POST', headers, body })).status)
    expect([files(), errors]).toEqual([[], []])
  })

  it.each(['x'.repeat(300), 'a"b', ''])('takes no form whose boundary is %j', async (boundary) => {
    for (const type of [`multipart/form-data; boundary=${boundary}`, 'multipart/form-data; x=boundary=BB'])
      expect((await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body: '--BB' })).status).toBe(415)
    expect(errors).toEqual([])
  })

  it('takes the boundaries that programs write', async () => {
    const { fields } = await formOf('incoming/ann/upl_6')
    for (const [boundary, written] of [
      ['----=_Part_1 2', '"----=_Part_1 2"'],
      ["a'()+_,-./:=?", '"a\'()+_,-./:=?"'],
      ['----WebKitFormBoundaryx', '----WebKitFormBoundaryx; charset=utf-8'],
    ]) {
      const part = (name: string, value: string) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
      const body = `${part('token', fields['token']!)}${part('file', 'abc')}--${boundary}--\r\n`
      const headers = { 'Content-Type': `multipart/form-data; charset="x;y"; boundary=${written}` }
      expect([written, (await fetch(url, { method: 'POST', headers, body })).status]).toEqual([written, 204])
    }
    await objects.delete('incoming/ann/upl_6')
  })

  it('takes nothing for an upload that was deleted, or a key that was revoked, since', async () => {
    const record = newApiKey()
    await keys.put({ ...record, owner: 'ann', name: 'k', plan: 'local', createdAt: new Date().toISOString() })
    const { id, sentTo } = await openUpload({ objects, now: () => new Date() }, 'ann', {
      name: 'b.png',
      kind: 'picture',
    })
    const own = { uploadId: id, caller: { owner: 'ann', keyId: record.id } }
    const { fields } = await localForms(sign, url)(sentTo, { contentType: 'x/y', maxBytes: 9 }, own)
    expect(await send({ fields })).toMatchObject({ status: 204 })
    await keys.revoke(record.hash, new Date(nowMs).toISOString())
    expect(await send({ fields })).toMatchObject({ status: 403, detail: expect.stringContaining('works no more') })
    await removeUpload({ objects, videos }, 'ann', id)
    const page = { uploadId: id, caller: { owner: 'ann' } }
    const { fields: other } = await localForms(sign, url)(sentTo, { contentType: 'x/y', maxBytes: 9 }, page)
    expect(await send({ fields: other })).toMatchObject({ status: 404 })
    expect([files(), received]).toEqual([[], [sentTo]])
  })

  it('waits for the fields a moment only, and says what may be done there', async () => {
    const sending = httpRequest(url, { method: 'POST', headers: { 'Content-Type': 'multipart/form-data; boundary=b' } })
    sending.write('--b\r\n')
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(422)
    sending.on('error', () => {}).destroy()
    const looked = await fetch(url)
    expect([looked.status, looked.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('keeps nothing of a file that breaks off, whether the line or only the form does', async () => {
    const { fields } = await formOf('incoming/ann/upl_5', 1_000_000)
    const head =
      `--b\r\nContent-Disposition: form-data; name="token"\r\n\r\n${fields['token']}\r\n` +
      `--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n`
    const headers = { 'Content-Type': 'multipart/form-data; boundary=b' }
    for (const body of [
      `${head}${'x'.repeat(100_000)}`,
      `${head}${'x'.repeat(100_000)}\r\n--`,
      `${head}abc\r\n--b`,
      `${head}abc\r\n--b\r\n`,
    ]) {
      const response = await fetch(url, { method: 'POST', headers, body })
      expect([response.status, detailIn(await response.text())]).toEqual([422, expect.stringContaining('broke off')])
    }
    expect(files()).toEqual([])

    const sending = httpRequest(url, { method: 'POST', headers: { ...headers, 'Content-Length': '900000' } })
    sending.on('error', () => {})
    sending.write(`${head}${'x'.repeat(300_000)}`)
    await vi.waitFor(() => expect(files()).toHaveLength(1))
    sending.destroy()
    await vi.waitFor(() => expect(files()).toEqual([]))
    expect([received, errors]).toEqual([[], []])
  })
})
