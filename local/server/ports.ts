// What the API needs, on this machine.
import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { keyCaller } from '../../api/caller.ts'
import type { ApiPorts } from '../../api/ports.ts'
import type { ApiKeys } from '../../core/api-keys.ts'
import { availableServices } from '../../providers/calls/keys.ts'
import type { Webhooks } from '../../core/webhooks.ts'
import { chosenFor } from '../choices.ts'
import type { EngineThread } from '../engine/start.ts'
import { holderOf } from '../lease.ts'
import type { Stores } from '../stores.ts'
import { breathing } from '../breathe.ts'
import { linksBy } from './links.ts'
import { originOfRequest } from './origin.ts'
import type { Signer } from './secret.ts'
import type { Sessions } from './sessions.ts'

type Parts = {
  stores: Stores
  keys: ApiKeys
  webhooks: Webhooks
  engine: Pick<EngineThread, 'look' | 'stop'>
  sessions: Sessions
  sign: Signer
  limit: NonNullable<ApiPorts['limit']>
  corsOrigins: string[]
  webhookHosts: string[]
  areMetricsOpen: boolean
  onAccepted: (videoId: string, attempt: number) => void
  onStopped: (videoId: string) => void
  onError: (error: unknown) => void
}
/** Where files come in (upload-form.ts). */
type Uploads = Pick<ApiPorts, 'formFor' | 'inspectUpload'>

export function apiPorts(
  { stores, keys, webhooks, engine, sessions, sign, ...rest }: Parts,
  uploads: Uploads,
): ApiPorts {
  const { db, videos, objects } = stores
  const callerOf = keyCaller(keys)
  const { limit, corsOrigins, webhookHosts, areMetricsOpen, onAccepted, onStopped, onError } = rest
  return {
    videos: breathing(videos),
    objects,
    keys,
    webhooks,
    ...uploads,
    // The queue is the table of videos: there is nothing more to put anywhere.
    start: async (videoId, attempt) => {
      onAccepted(videoId, attempt)
      engine.look()
      return 'waiting'
    },
    stop: async (videoId) => {
      await engine.stop(videoId)
      await freed(db, videoId)
      onStopped(videoId)
    },
    queuePosition: videos.queuePosition,
    queuePositions: videos.queuePositions,
    createdWith: videos.createdWith,
    choose: chosenFor,
    available: availableServices,
    now: () => new Date(),
    linksTo: linksBy(sign, originOfRequest),
    sign: async (text) => sign('share', text).toString('base64url'),
    signIn: (code) => sessions.signIn(code),
    limit,
    gauges: () => videos.countUnfinished(),
    areMetricsOpen,
    // Of the request that is being answered, by the name that was checked, whatever its first line says.
    get pageUrl() {
      return originOfRequest()
    },
    webhookHosts,
    corsOrigins,
    surroundings: async ({ headers }) => {
      const owner = sessionOwner(sessions, headers)
      return { caller: owner === undefined ? await callerOf(headers) : { owner }, basePath: '' }
    },
    onError,
  }
}

/** Another server or a command line notices within a second that its video is cancelled. */
const patienceMs = 5000

async function freed(db: DatabaseSync, videoId: string): Promise<void> {
  for (const until = Date.now() + patienceMs; holderOf(db, videoId) !== undefined && Date.now() < until;)
    await setTimeout(50)
}

/** The page sends its session's token in the place of a key. */
function sessionOwner(sessions: Sessions, headers: Headers): string | undefined {
  const [, token] = /^bearer +(cfs_\S+)$/i.exec(headers.get('authorization')?.trim() ?? '') ?? []
  return token === undefined ? undefined : sessions.ownerOf(token)
}
