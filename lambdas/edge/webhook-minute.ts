// A minute of telling: how the videos that are being made stand, and whatever is to be sent. Invoked every minute; who
// has nothing to tell of ends at once, so that it costs next to nothing while no video with a webhook is made.
import { setTimeout as delay } from 'node:timers/promises'
import PQueue from 'p-queue'
import { deliverDue, type SenderPorts } from '../../api/webhooks/deliver.ts'
import { tellStanding } from '../../api/webhooks/tell.ts'
import type { VideoRecord } from '../../core/ports.ts'
import type { DynamoVideos } from '../../stores/videos/dynamodb.ts'

export type MinutePorts = SenderPorts & {
  videos: Pick<DynamoVideos, 'events' | 'listByState'>
  onError: (videoId: string, error: unknown) => void
}

/** A round of sending takes up to 20 s: the last begins while there is that much left of the minute and its margin. */
export const minute = { tellEveryMs: 10_000, sendEveryMs: 2000, lastRoundMs: 48_000 } as const
/** Videos whose events are read at once. */
const atOnce = 10

/** Gives how many attempts were made to send. */
export async function tellForAMinute(
  ports: MinutePorts,
  times: typeof minute | Record<keyof typeof minute, number> = minute,
): Promise<number> {
  const startedMs = performance.now()
  let [sent, toldMs, watched] = [0, -Infinity, 0]
  for (;;) {
    const passedMs = performance.now() - startedMs
    if (passedMs - toldMs >= times.tellEveryMs) {
      watched = await tellRunning(ports)
      toldMs = passedMs
    }
    const now = new Date()
    sent += await deliverDue(ports, now)
    const until = new Date(now.getTime() + times.lastRoundMs).toISOString()
    const hasMore = watched > 0 || (await ports.webhooks.due(until, 1)).length > 0
    if (!hasMore || performance.now() - startedMs + times.sendEveryMs > times.lastRoundMs) return sent
    await delay(times.sendEveryMs)
  }
}

/** Of every video that is being made; gives how many have a webhook. */
async function tellRunning(ports: MinutePorts): Promise<number> {
  const queue = new PQueue({ concurrency: atOnce })
  let [watched, after]: [number, string | undefined] = [0, undefined]
  const tell = async (video: VideoRecord) => {
    try {
      await tellStanding({ ...ports, now: () => new Date() }, video)
    } catch (error) {
      ports.onError(video.id, error)
    }
  }
  do {
    const page = await ports.videos.listByState('running', after === undefined ? {} : { after })
    const told = page.videos.filter(({ request }) => request.webhookUrl !== undefined)
    watched += told.length
    await queue.addAll(told.map((video) => () => tell(video)))
    after = page.next
  } while (after !== undefined)
  return watched
}
