// The whole API on real stores in a folder of its own; only what renders, and who has which key, is decided by the test.
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createApi } from '../../api/app.ts'
import type { ApiPorts } from '../../api/ports.ts'
import { chooseModels, type ServiceId } from '../../core/models.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { openDiskObjects } from '../../stores/objects/disk.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'
import { openSqliteWebhooks } from '../../stores/webhooks/sqlite.ts'

export type Asked = { body?: unknown; owner?: string; headers?: Record<string, string> }
export type Answer = { status: number; headers: Headers; text: string; body: Record<string, unknown> }

/** `more` replaces ports. A request says in a header of its own whose it is: keys have tests of theirs. */
export function openWorld(more: Partial<ApiPorts> = {}, available: ServiceId[] = []) {
  const dir = mkdtempSync(join(tmpdir(), 'api-'))
  const db = openDatabase(join(dir, 'clipforge.db'))
  const seen = { started: [] as string[], stopped: [] as string[], errors: [] as unknown[] }
  const ports: ApiPorts = {
    videos: openSqliteVideos(db),
    objects: openDiskObjects({ dir: join(dir, 'objects'), db }),
    keys: openSqliteApiKeys(db),
    webhooks: openSqliteWebhooks(db),
    start: async (id, attempt) => void seen.started.push(`${id}-${attempt}`),
    stop: async (id, attempt) => void seen.stopped.push(`${id}-${attempt}`),
    choose: ({ models }) => chooseModels(models, { available, today: '2026-11-23' }),
    available: () => available,
    linksTo: async (keys) => ({
      links: Object.fromEntries(keys.map((key) => [key, `https://d.example/${key}`])),
      expiresAt: '2026-11-24T05:00:00.000Z',
    }),
    formFor: async (key) => ({ url: 'https://s3.example', fields: { key }, expiresAt: '2026-11-23T06:00:00.000Z' }),
    inspectUpload: () => Promise.reject(new Error('nothing is sent here')),
    sign: async (text) => createHmac('sha256', 'secret').update(text).digest('base64url'),
    pageUrl: 'https://page.example',
    corsOrigins: ['https://page.example'],
    surroundings: ({ headers }) => {
      const owner = headers.get('x-owner')
      return { caller: owner === null ? undefined : { owner }, basePath: '/live' }
    },
    onError: (error) => void seen.errors.push(error),
    now: () => new Date('2026-11-23T05:00:00.000Z'),
    ...more,
  }
  const app = createApi(ports)
  return {
    ...seen,
    ports,
    app,
    ask: async (method: string, path: string, { body, owner = 'ann', headers = {} }: Asked = {}): Promise<Answer> => {
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body)
      const response = await app.request(path, {
        method,
        headers: {
          ...(owner !== '' && { 'x-owner': owner }),
          ...(text !== undefined && { 'Content-Type': 'application/json' }),
          ...headers,
        },
        ...(text !== undefined && { body: text }),
      })
      const told = await response.text()
      const isJson = /json/.test(response.headers.get('content-type') ?? '')
      return {
        status: response.status,
        headers: response.headers,
        text: told,
        body: isJson && told !== '' ? (JSON.parse(told) as Answer['body']) : {},
      }
    },
    close: () => {
      db.close()
      rmSync(dir, { recursive: true })
    },
  }
}
export type World = ReturnType<typeof openWorld>
