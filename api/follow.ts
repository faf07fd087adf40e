// What happens to a video, as messages for whoever follows it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { VideoRecord } from '../core/ports.ts'
import { progressOf, stepsOf } from '../core/progress.ts'
import type { Memory, SeenEvent } from './memory.ts'
import type { ApiPorts } from './ports.ts'
import type { VideoEvents } from './schemas/videos.ts'

/** `retry`: milliseconds until whoever follows comes again when the answer has ended. */
export type Message =
  | {
      [name in keyof VideoEvents]: { event: name; data: VideoEvents[name]; id: string; retry?: number }
    }[keyof VideoEvents]
  | { comment: string }

const pollMs = 400
const keepAliveMs = 15_000
const askAgainMs = 10_000
/** Where answers stream: then whoever follows comes again, and shows a key that still works. */
const longestMs = 600_000
const comeAgainMs = 1000

type Ports = Pick<ApiPorts, 'videos' | 'queuePosition' | 'eventsMaxSeconds'>
/** `mayStay`: asked now and then whether the key that came with the request still works. */
type Place = { after: number | undefined; signal: AbortSignal; mayStay: () => Promise<boolean> }

/** Until the video is over, the signal fires, the key works no more, or it is time to come again; from after the event number `after` on. */
export async function* follow(
  { videos, queuePosition, eventsMaxSeconds }: Ports,
  { eventsOf }: Memory,
  first: VideoRecord,
  { after, signal, mayStay }: Place,
): AsyncGenerator<Message> {
  const isShort = eventsMaxSeconds !== undefined
  const endsAt = Date.now() + (eventsMaxSeconds !== undefined ? eventsMaxSeconds * 1000 : longestMs)
  // Who comes again knows all up to there; where answers are short, that is no news to answer with.
  const told = new Map<string, string>()
  let seen = after ?? 0
  let quietSince = Date.now()
  let askedAt = Date.now()
  for (let video: VideoRecord | undefined = first; video; video = await videos.get(first.id)) {
    const events = await eventsOf(video)
    const isKnown = isShort && told.size === 0 && after !== undefined && events.length <= after
    const last = events.at(-1)?.seq ?? 0
    const isOver = video.status !== 'queued' && video.status !== 'running'
    const position = video.status === 'queued' ? await queuePosition?.(video.id) : undefined
    const state = {
      status: { status: video.status, ...(position !== undefined && { queuePosition: position }) },
      progress: { ...progressOf(video.status, events), steps: stepsOf(video.status, events) },
    }
    const isFirst = told.size === 0
    const isLastCall = Date.now() >= endsAt
    // Before it ends it says how things are, whether that is news or not.
    if (isLastCall) told.clear()
    // In the order of their ids: whoever is cut off in between goes on from the one before.
    const messages = [
      ...events.filter(({ seq }) => seq > seen).flatMap((event) => newsIn(event)),
      ...changed(state, told, String(last)),
    ]
    seen = Math.max(seen, last)
    if (isOver) {
      yield* messages
      yield { event: 'end', data: { status: video.status }, id: String(last) }
      return
    }
    if (!isKnown || isLastCall) {
      yield* messages.map((message, index) => (isFirst && index === 0 ? { ...message, retry: comeAgainMs } : message))
      if (messages.length > 0) quietSince = Date.now()
    }
    if (isLastCall || (isShort && !isKnown && messages.length > 0)) return
    if (Date.now() - quietSince >= keepAliveMs) {
      quietSince = Date.now()
      yield { comment: 'still here' }
    }
    await sleep(pollMs, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    if (Date.now() - askedAt < askAgainMs) continue
    if (!(await mayStay())) return
    askedAt = Date.now()
  }
}

/** What is not as it was told last. */
function changed(state: Pick<VideoEvents, 'status' | 'progress'>, told: Map<string, string>, id: string): Message[] {
  return (['status', 'progress'] as const).flatMap((event) => {
    const text = JSON.stringify(state[event])
    if (told.get(event) === text) return []
    told.set(event, text)
    return [{ event, data: state[event], id } as Message]
  })
}

function newsIn({ type, stage, scene, output, seq }: SeenEvent): Message[] {
  if (type !== 'done') return []
  const id = String(seq)
  if (stage === 'plan') {
    const { scenes = [] } = (output ?? {}) as { scenes?: unknown[] }
    return [{ event: 'plan', data: { scenes: scenes.length }, id }]
  }
  if (stage === 'illustrate' && typeof scene === 'number') return [{ event: 'scene', data: { number: scene + 1 }, id }]
  return stage === 'narrate' ? [{ event: 'narration', data: {}, id }] : []
}
