// What the API needs from where it runs: lambdas/api.ts makes it on AWS, local/server/ on one machine. No SDK here.
import type { ApiKeys } from '../core/api-keys.ts'
import type { ObjectStore, VideoRecord, VideoStore } from '../core/ports.ts'
import type { SubmitPorts } from '../core/submit.ts'
import type { ServiceId } from '../core/models.ts'
import type { UploadFacts, UploadKind } from '../core/uploads.ts'
import type { Webhooks } from '../core/webhooks.ts'

/** Who asks. Whoever checked the key says so. */
export type Caller = { owner: string; keyId?: string; plan?: string; usageIdentifier?: string }

/** What came with a request besides HTTP. `basePath`: what stands before '/v1' in its address ('' or '/live'). */
export type Surroundings = { caller: Caller | undefined; basePath: string }

/** A form to send a file with, straight to the storage. */
export type UploadForm = { url: string; fields: Record<string, string>; expiresAt: string }

/** By their keys, with the time (ISO 8601) until which they work; or the reason why there are none. */
export type Links = { links: Record<string, string>; expiresAt: string } | { notice: string }

/** Seconds until it may come again, when it may not now. */
export type Limited = { headers: Record<string, string>; retryAfterSeconds?: number }

/** How much one key may ask for. */
export type Rates = { requestsPerMinute: number; videosPerMinute: number }

export type ApiPorts = SubmitPorts & {
  videos: VideoStore
  objects: ObjectStore
  keys: ApiKeys
  /** Stops that attempt to make the video; what is not running any more counts as stopped. */
  stop: (videoId: string, attempt: number) => Promise<void>
  /** From 1 of a video that waits; undefined where there is no queue, or for one that does not wait. */
  queuePosition?: (videoId: string) => Promise<number | undefined>
  /** The same of a page of videos, by their ids; absent = one is asked for after the other. */
  queuePositions?: (videoIds: string[]) => Promise<Record<string, number>>
  /** The video that an Idempotency-Key made, where that can be looked up: then asking for it again is no new order. */
  createdWith?: (owner: string, idempotencyKey: string) => Promise<VideoRecord | undefined>
  /** Signed links to objects, by their keys (core/keys.ts). `downloadAs` by key: the name to save it under. */
  linksTo: (keys: string[]) => Promise<Links>
  /** Said of videos with HLS where a link is for one file alone, so that a player cannot follow the playlist. */
  hlsNotice?: string
  /** `of`: what the form belongs to, for storage that asks again when the file comes. */
  formFor: (
    key: string,
    file: { contentType: string; maxBytes: number },
    of: { uploadId: string; caller: Caller },
  ) => Promise<UploadForm>
  /** Signs and checks what is given out to be shown without a key. HMAC-SHA256 in base64url of `text`. */
  sign: (text: string) => Promise<string>
  /** The services that can be used here. */
  available: () => ServiceId[]
  /**
   * Looks into the file that was sent to `key`, and keeps it under uploadKey; `name` is what errors call it. Throws
   * InputError for one that cannot be used as that kind, NotFoundError when nothing is there.
   */
  inspectUpload: (key: string, kind: UploadKind, name: string) => Promise<UploadFacts>
  webhooks: Webhooks
  /** Hosts that webhooks may be at although they are private (core/webhooks/url.ts); absent = none. */
  webhookHosts?: string[]
  /** Where answers do not stream: an answer of events ends after so many seconds, and at once when there is something. */
  eventsMaxSeconds?: number
  /** A session's token for the code of a sign-in link; where nobody gives out such links, absent. */
  signIn?: (code: string) => Promise<string | undefined>
  /** Counts one request of that kind for the key; where the gateway counts, absent. */
  limit?: (caller: Caller, kind: 'request' | 'video') => Promise<Limited>
  /** What `limit` allows, for the catalogue; absent = as usual (api/rates.ts). */
  rates?: Rates
  /** How many videos wait and how many are being made, of all owners together; where nobody knows, absent. */
  gauges?: () => Promise<{ queued: number; running: number }>
  /** Whether /metrics is for whoever reaches the server; absent = for keys only. */
  areMetricsOpen?: boolean
  /** The page's address, for links to it ('http://127.0.0.1:8000'); '' = the one that the request came to. Read anew each time. */
  pageUrl: string
  /** Whose pages may call it. */
  corsOrigins: string[]
  surroundings: (request: Request, env: unknown) => Promise<Surroundings> | Surroundings
  /** Told of what nobody foresaw, before the answer 500. */
  onError: (error: unknown) => void
}
