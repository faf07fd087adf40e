/** A clock that jumps from one event to the next, in seconds; what is set for the same moment runs in the order it was set. */
export type Clock = {
  now: () => number
  /** `at` is a moment, never before now. */
  schedule: (at: number, run: () => void) => void
  /** Until nothing is left. */
  runAll: () => void
}

export function createClock(): Clock {
  const heap: Event[] = []
  let now = 0
  let order = 0
  return {
    now: () => now,
    schedule: (at, run) => push(heap, { at: Math.max(at, now), order: order++, run }),
    runAll: () => {
      for (let next = pop(heap); next; next = pop(heap)) {
        now = next.at
        next.run()
      }
    },
  }
}

type Event = { at: number; order: number; run: () => void }

function isBefore(a: Event, b: Event): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** A binary heap: the parent of i is (i − 1) / 2. */
function push(heap: Event[], event: Event) {
  let i = heap.length
  while (i > 0) {
    const parent = (i - 1) >> 1
    if (!isBefore(event, heap[parent]!)) break
    heap[i] = heap[parent]!
    i = parent
  }
  heap[i] = event
}

function pop(heap: Event[]): Event | undefined {
  const first = heap[0]
  const last = heap.pop()
  if (last === undefined || heap.length === 0) return first
  let i = 0
  for (;;) {
    let child = 2 * i + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1]!, heap[child]!)) child++
    if (!isBefore(heap[child]!, last)) break
    heap[i] = heap[child]!
    i = child
  }
  heap[i] = last
  return first
}
