// What a video's `webhookUrl` is told, in the form of Standard Webhooks (https://www.standardwebhooks.com).

export const webhookTypes = [
  'video.started',
  'video.progress',
  'video.completed',
  'video.failed',
  'video.cancelled',
] as const
export type WebhookType = (typeof webhookTypes)[number]

/** `id` is the message's 'webhook-id', the same in every attempt. `body` is what is signed. Times are ISO 8601. */
export type WebhookMessage = {
  id: string
  videoId: string
  owner: string
  url: string
  type: WebhookType
  body: string
  createdAt: string
  state: 'waiting' | 'delivered' | 'given-up'
  /** Counted when one begins: one that a sender died in counts too. */
  attempts: number
  /** Of one that waits; while it is being sent, the time at which somebody else may. */
  nextAttemptAt?: string
  deliveredAt?: string
  /** The status of the last answer, or why there was none. */
  lastAnswer?: string
}
/** A field that is there and undefined is removed. */
export type WebhookPatch = Partial<
  Pick<WebhookMessage, 'state' | 'attempts' | 'nextAttemptAt' | 'deliveredAt' | 'lastAnswer'>
>

/** Messages are kept for 30 days after they were made. */
export const keptSeconds = 30 * 24 * 60 * 60

export type Webhooks = {
  /** Keeps a message; one that is there under its id stays as it is. */
  put: (message: WebhookMessage) => Promise<void>
  get: (id: string) => Promise<WebhookMessage | undefined>
  /** Those that are to be sent by now, earliest first. One that was claimed a moment ago may still be among them. */
  due: (now: string, limit: number) => Promise<WebhookMessage[]>
  /** Of an owner, newest first; of one video when it is named. */
  list: (owner: string, page?: { videoId?: string; limit?: number }) => Promise<WebhookMessage[]>
  /**
   * Changes a message. With `dueAt`, only one that waits and whose `nextAttemptAt` is still that: so of several senders
   * one gets it. Gives whether it was changed.
   */
  update: (id: string, patch: WebhookPatch, dueAt?: string) => Promise<boolean>
  /** With the video they are about. */
  forget: (videoId: string) => Promise<void>
  /** The owner's signing secret ('whsec_…'), made when it is first asked for. */
  secret: (owner: string) => Promise<string>
  /** Gives the new one. The one before signs beside it for another 24 hours. */
  rotateSecret: (owner: string, now: string) => Promise<string>
  /** All that sign now, the newest first. */
  signingSecrets: (owner: string, now: string) => Promise<string[]>
}
