import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenAPIHono } from '@hono/zod-openapi'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApiEnv } from '../../api/app.ts'
import { problemOf, respond } from '../../api/problem.ts'
import { uploadRoutes } from '../../api/routes/uploads.ts'
import { NewUpload, ProblemDetails, Upload, UploadList } from '../../api/schemas/house.ts'
import { inspectUploads } from '../../local/server/inspect-uploads.ts'
import { takeInboxFile } from '../../local/server/take-inbox.ts'
import { openSigner } from '../../local/server/secret.ts'
import { localForms, uploadFormRoutes } from '../../local/server/upload-form.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'
import { dots, writePicture } from '../render-container/media.ts'

const dir = mkdtempSync(join(tmpdir(), 'api-uploads-'))
const db = openDatabase(':memory:')
const objects = openDiskObjects({ dir: join(dir, 'objects'), db })
const videos = openSqliteVideos(db)
const sign = openSigner(dir)
const now = () => new Date()
const submitting = {
  videos,
  objects,
  now,
  start: async () => {},
  choose: () => ({ choices: {} as never, notices: [] }),
}
const ports = {
  objects,
  videos,
  now,
  formFor: localForms(sign, '/uploads'),
  inspectUpload: inspectUploads(objects),
  linksTo: async (keys: string[]) => ({
    links: Object.fromEntries(keys.map((key) => [key, `/files/${key}`])),
    expiresAt: '2026-11-24T05:00:00.000Z',
  }),
}
const app = new Hono<ApiEnv>()
let owner = 'ann'
let png: Buffer

beforeAll(async () => {
  app.use('/v1/*', async (context, next) => {
    context.set('caller', { owner })
    context.set('basePath', '')
    await next()
  })
  app.route('/v1/uploads', uploadRoutes(ports))
  const onReceived = async (key: string) => (key.startsWith('inbox/') ? takeInboxFile(key, submitting) : undefined)
  app.route(
    '/uploads',
    uploadFormRoutes({ objects, keys: openSqliteApiKeys(db), sign, onReceived, onError: console.error }),
  )
  app.onError((error, context) => respond(context, problemOf(error)))
  png = readFileSync(await writePicture(join(dir, 'a.png'), [64, 36], dots(1)))
})
beforeEach(() => {
  owner = 'ann'
})
afterAll(() => {
  db.close()
  rmSync(dir, { recursive: true })
})

async function ask(method: string, path: string, body?: unknown) {
  const response = await app.request(path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  })
  const text = await response.text()
  const parsed: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, body: parsed }
}
async function send({ form: { url, fields } }: NewUpload, file: Uint8Array | string) {
  const form = new FormData()
  for (const [field, value] of Object.entries(fields)) form.append(field, value)
  form.append('file', new Blob([file as never]), 'whatever')
  expect((await app.request(url, { method: 'POST', body: form })).status).toBe(204)
}
async function create(wish: object): Promise<NewUpload> {
  const { status, headers, body } = await ask('POST', '/v1/uploads', wish)
  expect(status).toBe(201)
  const upload = NewUpload.parse(body)
  expect(headers.get('location')).toBe(`/v1/uploads/${upload.id}`)
  return upload
}
const problemIn = ({ status, body }: { status: number; body: unknown }) => [status, ProblemDetails.parse(body).detail]

describe('uploads', () => {
  it('gives a form, takes the file, looks into it, shows it, lists it and deletes it', async () => {
    const upload = await create({ name: 'Mein Löwe 🦁.PNG' })
    expect(upload).toMatchObject({ kind: 'picture', state: 'waiting', maxBytes: 25_000_000, name: 'Mein Löwe 🦁.PNG' })
    const at = `/v1/uploads/${upload.id}`
    const early = problemIn(await ask('POST', `${at}/check`))
    expect(early).toEqual([409, expect.stringMatching(/^its file has not come yet/)])
    await send(upload, png)
    for (let time = 0; time < 2; time++) {
      const { status, body } = await ask('POST', `${at}/check`)
      expect([status, Upload.parse(body)]).toEqual([
        200,
        expect.objectContaining({ state: 'ready', width: 64, height: 36, bytes: png.length }),
      ])
    }
    const shown = Upload.parse((await ask('GET', at)).body)
    const key = shown.link!.replace('/files/', '')
    expect(Buffer.from(await objects.get(key))).toEqual(png)
    const { uploads } = UploadList.parse((await ask('GET', '/v1/uploads')).body)
    expect(uploads).toEqual([expect.objectContaining({ id: upload.id })])
    expect((await ask('DELETE', at)).status).toBe(204)
    expect((await ask('GET', at)).status).toBe(404)
    expect(await objects.head(key)).toBeUndefined()
  })

  it('refuses what only calls itself a picture, with the reason, and shows that', async () => {
    const upload = await create({ name: 'a.png' })
    await send(upload, '<!doctype html><script>alert(1)</script>')
    const reason = 'a.png is a web page; download the file itself and not the page around it'
    for (let time = 0; time < 2; time++)
      expect(await ask('POST', `/v1/uploads/${upload.id}/check`)).toMatchObject({
        status: 200,
        body: { state: 'refused', reason },
      })
    expect((await ask('GET', `/v1/uploads/${upload.id}`)).body).toMatchObject({ state: 'refused', reason })
  })

  it('makes videos of a file of requests, once, and says where that is told', async () => {
    const upload = await create({ name: 'goats.jsonl' })
    expect(upload.key).toMatch(/^inbox\/ann\/[\w-]{22}\/goats\.jsonl$/)
    for (let time = 0; time < 2; time++) await send(upload, '{"script": "A goat."}\n{"script": 3}\n')
    const manifest: unknown = JSON.parse(Buffer.from(await objects.get(upload.manifestKey!)).toString())
    expect(manifest).toMatchObject({ counts: { requests: 2, accepted: 1, refused: 1 } })
    expect((await videos.list('ann')).videos).toHaveLength(1)
    const { body } = await ask('POST', `/v1/uploads/${upload.id}/check`)
    expect(body).toMatchObject({ state: 'ready', kind: 'script' })
  })

  it('shows an upload to its owner alone', async () => {
    const { id } = await create({ name: 'a.mp4' })
    owner = 'ben'
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/check'],
    ] as const)
      expect((await ask(method, `/v1/uploads/${id}${path}`)).status).toBe(404)
    expect((await ask('GET', '/v1/uploads')).body).toEqual({ uploads: [] })
    for (const other of ['x', '..%2f..%2fann', 'upl_'.padEnd(27, '0')])
      expect((await ask('GET', `/v1/uploads/${other}`)).status).toBe(404)
  })

  it.each([
    [{}, /^name: /],
    [{ name: '' }, /^name: must have 1 to 200 characters/],
    [{ name: `${'🦁'.repeat(197)}.png` }, /^name: must have 1 to 200/],
    [{ name: 'a.exe' }, /^name: must end in one of \.jpg, .*, or 'kind' must say what it is/],
    [{ name: 'a', kind: 'film' }, /^kind: /],
    [{ name: 'a.png', key: 'owners/ben/x' }, /key/],
  ])('refuses %j', async (wish, detail) => {
    expect(problemIn(await ask('POST', '/v1/uploads', wish))).toEqual([422, expect.stringMatching(detail)])
  })

  it('takes any letters for a name, and whatever it is called when its kind is said', async () => {
    for (const wish of [
      { name: `${'🦁'.repeat(196)}.png` },
      { name: '../../../etc/passwd\u0000\r\n', kind: 'clip' },
      { name: '\ud800', kind: 'script' },
      { name: 'ノート.TXT' },
    ])
      expect(await create(wish)).toMatchObject({ state: 'waiting', name: wish.name.toWellFormed() })
  })

  it('says in its description exactly what it takes', () => {
    const whole = new OpenAPIHono()
    whole.route('/', uploadRoutes(ports) as never)
    const { components } = whole.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'x', version: '1' } })
    const wish = components!.schemas!['UploadWish'] as {
      anyOf: [object, { properties: { name: { pattern: string } } }]
    }
    expect(wish).toMatchObject({ type: 'object', required: ['name'], additionalProperties: false })
    expect(wish.anyOf[0]).toEqual({ required: ['kind'] })
    const pattern = new RegExp(wish.anyOf[1].properties.name.pattern, 'u')
    for (const name of ['a.png', 'a.PNG', 'b.JsonL', '.mp4']) expect(pattern.test(name)).toBe(true)
    for (const name of ['png', 'a.pngx', 'a.png/', 'apng']) expect(pattern.test(name)).toBe(false)
  })

  it('lists page by page', async () => {
    const seen: string[] = []
    for (let cursor = '', count = 0; count < 20; count++) {
      const page = UploadList.parse((await ask('GET', `/v1/uploads?limit=2${cursor}`)).body)
      seen.push(...page.uploads.map(({ id }) => id))
      if (page.next === undefined) break
      cursor = `&cursor=${page.next}`
    }
    expect(seen.length).toBeGreaterThan(4)
    expect(new Set(seen).size).toBe(seen.length)
    for (const query of ['limit=0', 'limit=0x10', 'limit=1e1', 'limit=101', 'limit=x', 'cursor=x'])
      expect((await ask('GET', `/v1/uploads?${query}`)).status).toBe(422)
  })
})
