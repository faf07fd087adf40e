// One machine's ClipForge behind one address: the API, the page, and the engine that makes what is accepted.
import type { Hono } from 'hono'
import type { ApiPorts } from '../../api/ports.ts'
import { openLimits } from '../../api/rates.ts'
import { isInboxKey } from '../../core/inbox.ts'
import { openSqliteApiKeys } from '../../stores/api-keys/sqlite.ts'
import { openSqliteWebhooks } from '../../stores/webhooks/sqlite.ts'
import type { EngineEvent } from '../engine/engine.ts'
import { startEngine } from '../engine/start.ts'
import { checkInbox, type InboxEvent, watchInbox } from '../inbox/watch.ts'
import { localOwner, openStores } from '../stores.ts'
import { createServerApp, formsPath, isUpload, type ServerEnv } from './app.ts'
import { inspectUploads } from './inspect-uploads.ts'
import { listen } from './listen.ts'
import { makeFirstKey } from './keys.ts'
import { pageFolder, pageFrom } from './page.ts'
import { originOfRequest } from './origin.ts'
import { apiPorts } from './ports.ts'
import { measurePace, withQueueLimit } from './queue-limit.ts'
import { openSigner, type Signer } from './secret.ts'
import { openSessions } from './sessions.ts'
import { startSweeping } from './sweep-incoming.ts'
import { takeInboxFile } from './take-inbox.ts'
import { localForms, uploadFormRoutes } from './upload-form.ts'
import { startWebhooks } from './webhooks.ts'

export type ServeOptions = {
  homeDir: string
  host: string
  /** 0 = any that is free. */
  port: number
  /** How many videos at once. */
  jobs: number
  /** How many of one owner may wait. */
  maxQueued: number
  corsOrigins: string[]
  /** Hosts that webhooks may call although they are private. */
  webhookHosts: string[]
  /** What it is called from outside, where something in front of it hides that ('https://example.com'); else ''. */
  publicUrl: string
  /** A folder whose files become videos. */
  inbox: string | undefined
  /** Told of what becomes of videos. */
  onEvent: (event: ServerEvent) => void
  /** What nobody foresaw. */
  onError: (error: unknown) => void
}
export type ServerEvent = EngineEvent | InboxEvent | { at: string; type: 'accepted'; videoId: string; attempt: number }

export type Served = {
  /** Without a slash at its end. */
  url: string
  signInLink: string
  /** Made at the very first start, and shown then only. */
  firstKey: string | undefined
  /** Gives how many videos were being made: they are gone on with at the next start. */
  close: () => Promise<number>
}

/** Throws InputError, one line that says what to do, when it cannot serve there. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { homeDir, host, port, inbox, onEvent, onError } = options
  const stores = openStores(homeDir)
  const sign = openSigner(homeDir)
  const keys = openSqliteApiKeys(stores.db)
  const sessions = openSessions(sign)
  if (inbox !== undefined) await checkInbox(inbox)
  const page = await pageFrom(await pageFolder())
  // First of all that there is an address: nothing is made by a server that cannot be reached. Who comes before the rest
  // is there waits for it.
  const app = Promise.withResolvers<Hono<ServerEnv>>()
  const listening = await listen(async (...request) => (await app.promise).fetch(...request), {
    host,
    port,
    mayTakeLong: isUpload,
  })
  const pace = measurePace()
  const webhooks = openSqliteWebhooks(stores.db)
  const sender = startWebhooks({ videos: stores.videos, webhooks, allowed: options.webhookHosts, onError })
  const onEngineEvent = (event: EngineEvent) => {
    if (event.type !== 'started' && event.type !== 'paused') pace.ended()
    sender.tell(event.videoId)
    onEvent(event)
  }
  const engine = await startEngine({ homeDir, jobs: options.jobs }, { onEvent: onEngineEvent, onError })
  const ports = apiPorts(
    {
      stores,
      keys,
      webhooks,
      engine,
      sessions,
      sign,
      limit: withQueueLimit(openLimits(), { videos: stores.videos, maxQueued: options.maxQueued, pace }),
      corsOrigins: options.corsOrigins,
      webhookHosts: options.webhookHosts,
      // Behind an address of its own, what stands in front hands on whatever it is asked.
      areMetricsOpen: isLoopback(host) && options.publicUrl === '',
      onAccepted: (videoId, attempt) => onEvent({ at: new Date().toISOString(), type: 'accepted', videoId, attempt }),
      onStopped: sender.tell,
      onError,
    },
    {
      formFor: (...asked) => localForms(sign, `${originOfRequest()}${formsPath}`)(...asked),
      inspectUpload: inspectUploads(stores.objects),
    },
  )
  const { publicUrl } = options
  const names = isLoopback(host) ? { publicUrl } : undefined
  app.resolve(createServerApp({ ports, sign, page, forms: formsFor(ports, sign, onError), publicUrl, names }))
  const endSweeping = startSweeping(stores.objects, onError)
  const endInbox = inbox === undefined ? undefined : watchInbox({ folder: inbox, ports, onEvent, onError })
  const url = addressOf(host, listening.port)
  return {
    url,
    signInLink: `${publicUrl || url}/#/sign-in/${sessions.newCode(localOwner)}`,
    firstKey: await makeFirstKey(keys, localOwner),
    close: async () => {
      endSweeping()
      await Promise.all([listening.close(), endInbox?.()])
      const [running] = await Promise.all([engine.close(), sender.close()])
      stores.db.close()
      return running.length
    },
  }
}

function formsFor(ports: ApiPorts, sign: Signer, onError: (error: unknown) => void): Hono {
  return uploadFormRoutes({
    objects: ports.objects,
    keys: ports.keys,
    sign,
    onReceived: async (key) => {
      // Other files are looked at when somebody asks for it.
      if (isInboxKey(key)) await takeInboxFile(key, ports)
    },
    onError,
  })
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

/** As a browser on this machine finds it. */
function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
