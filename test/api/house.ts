// A few routes on real SQLite stores, behind real keys, as a server on one machine has them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { OpenAPIHono } from '@hono/zod-openapi'
import { onTestFinished } from 'vitest'
import type { ApiEnv } from '../../api/app.ts'
import { keyCaller } from '../../api/caller.ts'
import { Problem, problemOf, respond } from '../../api/problem.ts'
import { newApiKey } from '../../core/api-keys.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { openDatabase } from '../../stores/sqlite.ts'
import { openSqliteVideos } from '../../stores/videos/sqlite.ts'

export function openHouse() {
  const dir = mkdtempSync(join(tmpdir(), 'house-'))
  const db = openDatabase(join(dir, 'clipforge.db'))
  onTestFinished(() => {
    db.close()
    rmSync(dir, { recursive: true })
  })
  const clock = { ms: Date.parse('2026-11-23T08:00:00.000Z') }
  const now = () => new Date(clock.ms)
  const [videos, keys] = [openSqliteVideos(db), openSqliteApiKeys(db)]
  const callerOf = keyCaller(keys, now)
  const app = new OpenAPIHono<ApiEnv>()
  app.use('/v1/*', async (context, next) => {
    const caller = await callerOf(context.req.raw.headers)
    if (!caller) throw new Problem('unauthorized', 'no valid key came with the request')
    context.set('caller', caller)
    await next()
  })
  app.onError((error, context) => respond(context, problemOf(error)))

  return {
    app,
    ports: { videos, keys, now },
    keys,
    videos,
    passMs: (ms: number) => void (clock.ms += ms),
    /** A key as an operator makes it. */
    keyOf: async (owner: string): Promise<string> => {
      const { key, ...made } = newApiKey()
      await keys.put({ ...made, owner, name: owner, plan: 'standard', createdAt: now().toISOString() })
      return key
    },
    ask: async (key: string, method: string, path: string, body?: unknown) => {
      const answer = await app.request(path, {
        method,
        headers: { Authorization: `Bearer ${key}`, ...(body !== undefined && { 'Content-Type': 'application/json' }) },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) }
    },
  }
}
