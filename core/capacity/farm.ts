// The render farm: a queue of jobs for each kind of machine. A machine is started when jobs wait, takes one at a time,
// and is ended when it had nothing to do for the scale-down delay.
import { exponential } from './chance.ts'
import type { Clock } from './events.ts'

/** Of one kind of machine, times in seconds. */
export type PoolSpec = {
  most: number
  /** Always on. */
  warm: number
  bootSeconds: () => number
  scaleDownSeconds: number
  /** Machines taken back in an hour of work; 0 where that does not happen. */
  lossPerHour: number
  /** Orders for a machine that find none. */
  noMachineShare: number
  /** A job that waited so long while no machine was to be had goes to the next kind; Infinity for the last. */
  patienceSeconds: number
}
/** What a job waited for: machines that were not there yet, machines that were busy; and what it did twice. */
export type RenderWait = { bootSeconds: number; queueSeconds: number; againSeconds: number }
export type Job = {
  /** On each pool, by its place. */
  seconds: readonly number[]
  /** Of them, what every start takes again. */
  startSeconds: number
  done: (wait: RenderWait, pool: number) => void
}
export type Farm = { render: (job: Job) => void; busySeconds: () => number[] }

/** `pools` in the order in which they are tried. */
export function createFarm(clock: Clock, pools: readonly PoolSpec[], random: () => number): Farm {
  const made: Pool[] = []
  // The last one first, because each hands on to the one behind it.
  for (let i = pools.length - 1; i >= 0; i--) made[i] = createPool(clock, pools[i]!, i, made[i + 1], random)
  return {
    render: (job) => {
      const wait = { bootSeconds: 0, queueSeconds: 0, againSeconds: 0 }
      made[0]!.add({ job, wait, left: 1, since: clock.now() }, 'last')
    },
    busySeconds: () => made.map((pool) => pool.busySeconds()),
  }
}

/** `left`: the share of the work that is still to do; what was finished before a loss is kept. */
type Order = { job: Job; wait: RenderWait; left: number; since: number }
/** `readyAt`: when its boot, ordered at `orderedAt`, ended. `turn` counts its idle times, so that an old end is ignored. */
type Machine = { orderedAt: number; readyAt: number; isWarm: boolean; turn: number }
type Pool = {
  add: (order: Order, place: 'first' | 'last') => void
  busySeconds: () => number
}

function createPool(
  clock: Clock,
  spec: PoolSpec,
  place: number,
  nextPool: Pool | undefined,
  random: () => number,
): Pool {
  const queue: Order[] = []
  const free: Machine[] = []
  let alive = spec.warm
  let booting = 0
  let noneUntil = 0
  let busy = 0
  for (let i = 0; i < spec.warm; i++) free.push({ orderedAt: 0, readyAt: 0, isWarm: true, turn: 0 })

  function add(order: Order, at: 'first' | 'last') {
    order.since = clock.now()
    if (at === 'first') queue.unshift(order)
    else queue.push(order)
    if (nextPool && spec.patienceSeconds < Infinity)
      clock.schedule(clock.now() + spec.patienceSeconds, () => moveOn(order, clock.now() - spec.patienceSeconds))
    assign()
  }

  /** To the next kind of machine, when it still waits since then and not for machines that are busy. */
  function moveOn(order: Order, since: number) {
    if (order.since > since + 1e-6 || clock.now() >= noneUntil) return
    const at = queue.indexOf(order)
    if (at < 0) return
    queue.splice(at, 1)
    order.wait.bootSeconds += clock.now() - order.since
    nextPool!.add(order, 'last')
  }

  function assign() {
    while (queue.length > 0 && free.length > 0) run(queue.shift()!, free.pop()!)
    while (booting < queue.length && alive + booting < spec.most) boot(false)
  }

  function boot(isWarm: boolean) {
    booting++
    const orderedAt = clock.now()
    // That there are none is a state of the market: whoever orders meanwhile finds none either.
    if (orderedAt >= noneUntil && random() < spec.noMachineShare) noneUntil = orderedAt + 1.5 * spec.patienceSeconds
    const isUnmet = orderedAt < noneUntil
    const seconds = isUnmet ? noneUntil - orderedAt : spec.bootSeconds()
    clock.schedule(orderedAt + seconds, () => {
      booting--
      if (!isUnmet) {
        alive++
        idle({ orderedAt, readyAt: clock.now(), isWarm, turn: 0 })
      } else if (isWarm) boot(true)
      assign()
    })
  }

  function idle(machine: Machine) {
    free.push(machine)
    const turn = ++machine.turn
    if (machine.isWarm) return
    clock.schedule(clock.now() + spec.scaleDownSeconds, () => {
      if (machine.turn === turn) end(machine)
    })
  }

  function end(machine: Machine) {
    const at = free.indexOf(machine)
    if (at >= 0) free.splice(at, 1)
    alive--
  }

  function run(order: Order, machine: Machine) {
    machine.turn++
    const { job, wait, since } = order
    const forBoot = Math.max(0, machine.readyAt - Math.max(since, machine.orderedAt))
    wait.bootSeconds += forBoot
    wait.queueSeconds += clock.now() - since - forBoot
    const whole = job.seconds[place]! - job.startSeconds
    const seconds = job.startSeconds + order.left * whole
    const lostAfter = spec.lossPerHour > 0 ? exponential(3600 / spec.lossPerHour, random) : Infinity
    const lasts = Math.min(seconds, lostAfter)
    busy += lasts
    clock.schedule(clock.now() + lasts, () => {
      if (lostAfter < seconds) return lose(order, machine, { lasts, whole })
      idle(machine)
      job.done(wait, place)
      assign()
    })
  }

  /** What was finished is kept; the job starts again on another machine, before all others. */
  function lose(order: Order, machine: Machine, { lasts, whole }: { lasts: number; whole: number }) {
    end(machine)
    if (machine.isWarm) boot(true)
    const { startSeconds } = order.job
    order.left -= Math.max(0, lasts - startSeconds) / Math.max(whole, 1e-9)
    order.wait.againSeconds += Math.min(lasts, startSeconds)
    add(order, 'first')
  }

  return { add, busySeconds: () => busy }
}
