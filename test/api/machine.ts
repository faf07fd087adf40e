// The whole API as one machine serves it, over real HTTP from real SQLite stores, but for the engine: videos wait until
// a test says what becomes of them.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { openLimits, usualRates } from '../../api/rates.ts'
import { newApiKey } from '../../core/api-keys.ts'
import { deliverableKey } from '../../core/keys.ts'
import { amend } from '../../core/records.ts'
import { createServerApp } from '../../local/server/app.ts'
import { listen } from '../../local/server/listen.ts'
import { originOfRequest } from '../../local/server/origin.ts'
import { apiPorts } from '../../local/server/ports.ts'
import { openSigner } from '../../local/server/secret.ts'
import { openSessions } from '../../local/server/sessions.ts'
import { openStores } from '../../local/stores.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { openSqliteWebhooks } from '../../stores/webhooks/sqlite.ts'

export type Machine = Awaited<ReturnType<typeof startMachine>>

export async function startMachine(rates = usualRates) {
  const home = mkdtempSync(join(tmpdir(), 'machine-'))
  const stores = openStores(home)
  const { db, videos, objects } = stores
  const [sign, keys] = [openSigner(home), openSqliteApiKeys(db)]
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const ports = apiPorts(
    {
      stores,
      keys,
      webhooks: openSqliteWebhooks(db),
      engine: { look: () => {}, stop: async () => {} },
      sessions: openSessions(sign),
      sign,
      limit: openLimits(rates),
      corsOrigins: [],
      webhookHosts: [],
      areMetricsOpen: true,
      onAccepted: () => {},
      onStopped: () => {},
      onError,
    },
    {
      formFor: async () => ({ url: originOfRequest(), fields: {}, expiresAt: '' }),
      inspectUpload: () => Promise.reject(new Error('nobody looks into files here')),
    },
  )
  const page = (_: unknown, next: () => Promise<void>) => next()
  const app = createServerApp({ ports, sign, page, forms: new Hono(), publicUrl: '', names: { publicUrl: '' } })
  const listening = await listen(app.fetch, { host: '127.0.0.1', port: 0 })
  return {
    home,
    url: `http://127.0.0.1:${listening.port}`,
    videos,
    keyOf: async (owner: string): Promise<string> => {
      const { key, ...made } = newApiKey()
      await keys.put({ ...made, owner, name: owner, plan: 'standard', createdAt: new Date().toISOString() })
      return key
    },
    /** As if it had been made. */
    finish: async (id: string): Promise<void> => {
      for (const [name, contentType] of Object.entries(files))
        await objects.put(deliverableKey(id, name), Buffer.from(name), { contentType })
      const made = { edition: 1, durationMs: 12_300, costMicroUsd: 50_000, at: new Date().toISOString() }
      await amend(videos, id, () => ({ status: 'done', made }))
    },
    fail: (id: string) =>
      amend(videos, id, () => ({ status: 'failed', error: { name: 'BudgetError', message: 'maxCostUsd: it is 0' } })),
    /** Throws what nobody foresaw in the API. */
    close: async () => {
      await listening.close()
      db.close()
      rmSync(home, { recursive: true })
      if (errors.length > 0) throw new AggregateError(errors, 'the API broke')
    },
  }
}

const files = { 'video.mp4': 'video/mp4', 'poster.jpg': 'image/jpeg', 'hls/0.ts': 'video/mp2t' }
