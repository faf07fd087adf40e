// Tells webhooks of this machine's videos: what happened is put among the messages, and what is due is sent. A server
// that died in between makes up for it at its next start.
import { deliverDue } from '../../api/webhooks/deliver.ts'
import { openPost } from '../../api/webhooks/post.ts'
import { tellStanding } from '../../api/webhooks/tell.ts'
import type { Webhooks } from '../../core/webhooks.ts'
import type { SqliteVideos } from '../../stores/videos/sqlite.ts'

type Parts = {
  videos: SqliteVideos
  webhooks: Webhooks
  /** Hosts that may be called although they are private. */
  allowed: readonly string[]
  onError: (error: unknown) => void
}
export type WebhookSender = {
  /** Something has happened to that video. */
  tell: (videoId: string) => void
  close: () => Promise<void>
}

const deliverEveryMs = 1000
const progressEveryMs = 5000
/** How far back it is looked, at the start, for what a server that died did not tell. */
const madeUpForMs = 7 * 24 * 60 * 60 * 1000

export function startWebhooks({ videos, webhooks, allowed, onError }: Parts): WebhookSender {
  const { post, close } = openPost({ allowed })
  const ports = { videos, webhooks, now: () => new Date() }
  const tellOf = async (id: string) => {
    const video = await videos.get(id)
    if (video) await tellStanding(ports, video)
  }
  const tellRunning = async () => {
    for (const id of await videos.withWebhook({ status: 'running' })) await tellOf(id)
  }
  const makeUp = async () => {
    const since = new Date(Date.now() - madeUpForMs).toISOString()
    for (const id of await videos.withWebhook({ since })) await tellOf(id)
  }
  const one = (work: () => Promise<unknown>) => {
    let running: Promise<unknown> | undefined
    return () =>
      (running ??= work()
        .catch(onError)
        .finally(() => (running = undefined)))
  }
  const deliver = one(() => deliverDue({ webhooks, post }))
  const progress = one(tellRunning)
  const timers = [setInterval(deliver, deliverEveryMs), setInterval(progress, progressEveryMs)]
  void one(makeUp)()

  return {
    tell: (videoId) => void tellOf(videoId).catch(onError),
    close: async () => {
      for (const timer of timers) clearInterval(timer)
      await Promise.all([deliver(), progress()])
      await close()
    },
  }
}
