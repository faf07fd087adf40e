import { describe, expect, it } from 'vitest'
import { peakHourOf } from '../../../core/capacity/advise.ts'
import { arrivalsOf, capacityOf, scenarioOf } from '../../../core/capacity/scenario.ts'
import { type Scenario, simulate } from '../../../core/capacity/simulate.ts'
import { workload } from './workload.ts'

/** Nothing but what a test adds; times fixed and machines without end. */
const empty: Scenario = {
  before: [],
  gather: [],
  between: [],
  renderSeconds: [0],
  renderStartSeconds: 0,
  after: [],
  warmAfter: undefined,
  services: {},
  pools: [pool(10_000)],
  shape: { services: 0, render: 0 },
}

/** Always on, never lost. */
function pool(machines: number): Scenario['pools'][number] {
  return {
    most: machines,
    warm: machines,
    bootSeconds: [0, 0],
    scaleDownSeconds: 1200,
    lossPerHour: 0,
    noMachineShare: 0,
    patienceSeconds: Infinity,
  }
}

const unlimited = { requestsPerMinute: 100_000 }

/** Seconds that one waits on average in an M/M/c queue (Erlang C), with `load` = rate × service time. */
function erlangC(servers: number, load: number, serviceSeconds: number): number {
  let term = 1
  let sum = 0
  for (let i = 0; i < servers; i++) {
    sum += term
    term *= load / (i + 1)
  }
  const all = (term * servers) / (servers - load)
  return ((all / (sum + all)) * serviceSeconds) / (servers - load)
}

describe('the simulation against queueing theory', () => {
  it.each([
    [1, 0.5],
    [2, 1.2],
    [10, 7],
  ])('waits for %i exponential servers under a load of %f as Erlang has it', (concurrency, load) => {
    const seconds = 10
    const scenario: Scenario = {
      ...empty,
      before: [{ service: 'openai', seconds }],
      services: { openai: { concurrency, ...unlimited } },
      shape: { services: 1, render: 0 },
    }
    const perHour = (load / seconds) * 3600
    const { meanWaits } = simulate(
      scenario,
      [
        { hours: 2, perHour, isMeasured: false },
        { hours: 60_000 / perHour, perHour, isMeasured: true },
      ],
      { replications: 1, seed: 3 },
    )
    const expected = erlangC(concurrency, load, seconds)
    expect(Math.abs(meanWaits.openai / expected - 1)).toBeLessThan(0.05)
  })

  it('waits for one machine with fixed times as Pollaczek and Khinchine have it', () => {
    const scenario: Scenario = { ...empty, renderSeconds: [60], pools: [pool(1)] }
    const load = 0.6
    const { meanWaits } = simulate(
      scenario,
      [
        { hours: 10, perHour: load * 60, isMeasured: false },
        { hours: 1200, perHour: load * 60, isMeasured: true },
      ],
      { replications: 1, seed: 5 },
    )
    const expected = (60 * load) / (2 * (1 - load))
    expect(Math.abs(meanWaits.queue / expected - 1)).toBeLessThan(0.05)
  })

  it('begins no more requests in a minute than are allowed', () => {
    const scenario: Scenario = {
      ...empty,
      before: [{ service: 'gemini', seconds: 0.1 }],
      services: { gemini: { concurrency: 1000, requestsPerMinute: 30 } },
    }
    // 40 a minute for an hour: the last ones wait until the 30 a minute have worked off 2,400.
    const { videos, p95Seconds } = simulate(scenario, [{ hours: 1, perHour: 2400, isMeasured: true }], {
      replications: 1,
      seed: 1,
    })
    expect(videos.length).toBeGreaterThan(2200)
    expect(p95Seconds).toBeGreaterThan(900)
    expect(p95Seconds).toBeLessThan(1300)
  })
})

describe('the busiest hour', () => {
  const run = (wishes: Parameters<typeof workload>[0], seed = 1) => {
    const planned = workload(wishes)
    return simulate(scenarioOf(planned, capacityOf(planned)), arrivalsOf(planned), { replications: 20, seed })
  }

  it('finishes every video that arrives, in no less than its own work takes', () => {
    for (const peakPerHour of [1, 40, 200]) {
      const { arrived, videos } = run({ peakPerHour })
      expect(videos.length).toBe(arrived)
      for (const { seconds, waits } of videos) {
        const waited = Object.values(waits).reduce((sum, wait) => sum + wait, 0)
        expect(waited).toBeGreaterThanOrEqual(0)
        expect(seconds).toBeGreaterThan(waited)
      }
    }
  })

  it('is the same for the same seed, and another for another', () => {
    expect(run({ peakPerHour: 30 }, 4)).toEqual(run({ peakPerHour: 30 }, 4))
    expect(run({ peakPerHour: 30 }, 4).p95Seconds).not.toBe(run({ peakPerHour: 30 }, 5).p95Seconds)
  })

  it('is longer with more videos on the same machines', () => {
    const waits = [20, 60, 100, 200].map((peakPerHour) => run({ peakPerHour, size: 'small' }).p95Seconds)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(waits.at(-1)).toBeGreaterThan(3 * waits[0]!)
  })

  it('goes on where a machine is taken back, with what is left', () => {
    const planned = workload({ peakPerHour: 50, size: 'medium' })
    const scenario = scenarioOf(planned, capacityOf(planned))
    const lossy = { ...scenario, pools: scenario.pools.map((kind, i) => ({ ...kind, lossPerHour: i === 0 ? 20 : 0 })) }
    const often = simulate(lossy, arrivalsOf(planned), { replications: 10, seed: 1 })
    const never = simulate(scenario, arrivalsOf(planned), { replications: 10, seed: 1 })
    expect(often.videos.length).toBe(often.arrived)
    expect(often.meanWaits.again).toBeGreaterThan(5)
    expect(often.medianSeconds).toBeGreaterThan(never.medianSeconds)
  })

  it('goes to on-demand machines after ten minutes without a spot one, then to processors', () => {
    const planned = workload({ peakPerHour: 20, size: 'small' })
    const scenario = scenarioOf(planned, capacityOf(planned))
    const without = (...kinds: number[]) =>
      simulate(
        {
          ...scenario,
          pools: scenario.pools.map((kind, i) => (kinds.includes(i) ? { ...kind, noMachineShare: 1 } : kind)),
        },
        [{ hours: 1, perHour: 20, isMeasured: true }],
        { replications: 5, seed: 1 },
      )
    const onDemand = without(0)
    expect(onDemand.videos.every(({ pool: kind }) => kind === 1)).toBe(true)
    expect(Math.min(...onDemand.videos.map(({ seconds }) => seconds))).toBeGreaterThan(600)
    const processor = without(0, 1)
    expect(processor.videos.every(({ pool: kind }) => kind === 2)).toBe(true)
    expect(Math.min(...processor.videos.map(({ seconds }) => seconds))).toBeGreaterThan(1200)
  })
})

describe('the advice', () => {
  it('is to keep a machine on where people wait for its boot', () => {
    const { waits, advice, conclusion, p95Seconds } = peakHourOf(workload({ videosPerMonth: 100 }))
    expect(waits[0]!.what).toBe('boot')
    expect(advice[0]!.change).toBe('keep 1 GPU machine always on (warmVcpus 4)')
    expect(advice[0]!.costMicroUsdPerMonth).toBe(149_650_000)
    expect(advice[0]!.p95Seconds).toBeLessThan(p95Seconds / 2)
    expect(conclusion).toMatch(/^Most of the waiting is for a GPU machine to boot\. To change that, keep 1 GPU/)
  })

  it('is to raise a service’s limits where people wait for them', () => {
    const planned = workload({ peakPerHour: 200 })
    // Everybody's music from ElevenLabs, too: 200 × (7 + 15 s) an hour are 1.2 of 2 requests at once.
    const choices = { ...planned.choices, score: 'music_v2_5' }
    const { waits, conclusion, advice } = peakHourOf({ ...planned, choices, peakPerHour: 300 })
    expect(waits[0]!.what).toBe('elevenlabs')
    expect(advice[0]!.change).toBe('raise the limits of ElevenLabs from 2 to 10 at once (and from 120 to 600 a minute)')
    expect(conclusion).toContain("Most of the waiting is for ElevenLabs' limits.")
  })

  it('is nothing where nobody waits', () => {
    const { advice, conclusion } = peakHourOf(workload({ videosPerMonth: 10_000 }))
    expect(advice).toEqual([])
    expect(conclusion).toMatch(/nothing needs to change/)
  })
})
