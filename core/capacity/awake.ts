// How long GPU machines are awake in a month: rendering, booting, and waiting for the next video before they are ended.
import { rounded } from './bill/line.ts'
import { renderSeconds, type Workload } from './workload.ts'
import { render, sizes, traffic } from './usage.ts'

/**
 * One machine of those that a busy moment needs. `perHour`: videos that find all machines before it busy. It is awake
 * from the first of them until `windowHours` (a render and the scale-down delay) pass without another.
 */
export type AwakeMachine = { perHour: number; awakeHours: number; boots: number }
export type AwakeHours = {
  windowHours: number
  /** Of all videos, and the share of them on machines that are always on. */
  renderHours: number
  warmShare: number
  /** Rendering, and waiting afterwards: of machines that are not always on. */
  machines: AwakeMachine[]
  waitingHours: number
  boots: number
  bootHours: number
}

/**
 * Videos come at random (Poisson) in the active hours. With `rate` videos an hour for a machine and a window of W hours
 * it is awake a share of 1 − e^(−rate × W) of the time and boots rate × e^(−rate × W) times an hour (an M/G/∞ busy
 * period). Machines that are always on come first and boot never.
 */
export function awakeHours({ videosPerMonth, seconds, size }: Workload): AwakeHours {
  const { spotVcpus, warmVcpus, scaleDownMinutes } = sizes[size]
  const renderHours = renderSeconds(seconds) / 3600
  const windowHours = renderHours + scaleDownMinutes / 60
  const perHour = videosPerMonth / traffic.activeHours
  const warm = warmVcpus / render.vcpusPerJob
  const machines: AwakeMachine[] = []
  for (let busy = warm; busy < spotVcpus / render.vcpusPerJob; busy++) {
    const rate = perHour * atLeast(busy, perHour * renderHours)
    const nobody = Math.exp(-rate * windowHours)
    const awake = rounded(traffic.activeHours * (1 - nobody), 1)
    if (awake < 0.1) break
    machines.push({
      perHour: rounded(rate, 3),
      awakeHours: awake,
      boots: rounded(traffic.activeHours * rate * nobody, 1),
    })
  }
  const total = (of: (machine: AwakeMachine) => number) =>
    rounded(
      machines.reduce((sum, it) => sum + of(it), 0),
      1,
    )
  const boots = total((it) => it.boots)
  const rendered = rounded((videosPerMonth * renderSeconds(seconds)) / 3600, 1)
  const warmShare = rounded(shareOn(warm, perHour * renderHours))
  return {
    windowHours: rounded(windowHours, 4),
    renderHours: rendered,
    warmShare,
    machines,
    waitingHours: rounded(Math.max(0, total((it) => it.awakeHours) - rendered * (1 - warmShare)), 1),
    boots,
    bootHours: rounded((boots * bootSeconds()) / 3600, 1),
  }
}

/** From the order of a machine to its first job: boot and the image's download. */
export function bootSeconds(): number {
  const [least, most] = render.bootMinutes
  return ((least + most) / 2) * 60 + render.pullSeconds
}

/** The share of the work that the first `machines` do: each is busy while at least so many videos are rendered. */
function shareOn(machines: number, load: number): number {
  let busy = 0
  for (let i = 1; i <= machines; i++) busy += atLeast(i, load)
  return load === 0 ? 0 : Math.min(1, busy / load)
}

/** That a Poisson number with this mean is `count` or more. */
function atLeast(count: number, mean: number): number {
  let term = Math.exp(-mean)
  let below = 0
  for (let i = 0; i < count; i++) {
    below += term
    term *= mean / (i + 1)
  }
  return Math.max(0, 1 - below)
}
