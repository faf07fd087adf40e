import { describe, expect, it } from 'vitest'
import type { VideoEvent } from '../../core/ports.ts'
import { progressOf, stepsOf } from '../../core/progress.ts'

const event = (seconds: number, type: string, stage?: string, more: object = {}): VideoEvent => ({
  at: new Date(Date.parse('2026-11-23T05:00:00.000Z') + seconds * 1000).toISOString(),
  type,
  ...(stage !== undefined && { stage }),
  ...more,
})
const attempt = (number: number) => event(0, 'attempt', undefined, { attempt: number })
const frames = (seconds: number, done: number, more: object = {}) =>
  event(seconds, 'progress', 'compose', { done, total: 100, unit: 'frames', ...more })

/** A video of two scenes, event by event; a worker dies while it renders, and another goes on. */
const whole = [
  attempt(1),
  event(0, 'started', 'write'),
  event(1, 'done', 'write', { output: { scriptKey: 's' } }),
  event(1, 'started', 'narrate'),
  event(1, 'started', 'plan'),
  event(1, 'started', 'score'),
  event(2, 'done', 'plan', { output: { planKey: 'p', scenes: [0, 1] } }),
  event(2, 'started', 'illustrate', { scene: 0 }),
  event(2, 'started', 'illustrate', { scene: 1 }),
  event(4, 'done', 'illustrate', { scene: 1, output: {} }),
  event(5, 'done', 'narrate', { output: {} }),
  event(8, 'done', 'illustrate', { scene: 0, output: {} }),
  event(9, 'done', 'score', { output: {} }),
  event(9, 'started', 'compose'),
  frames(15, 30, { secondsLeft: 20 }),
  frames(20, 60, { secondsLeft: 12 }),
  event(21, 'retrying', 'compose', { inSeconds: 1 }),
  event(22, 'started', 'compose'),
  frames(23, 10, { secondsLeft: 2 }),
  frames(25, 90, { secondsLeft: 2 }),
  event(27, 'done', 'compose', { output: {} }),
  event(27, 'started', 'publish'),
]

describe('progress', () => {
  it('never falls within an attempt, and ends at 100', () => {
    const percents = whole.map((_, index) => progressOf('running', whole.slice(0, index + 1)).percent)
    expect(percents).toEqual(percents.toSorted((a, b) => a - b))
    expect([percents[0], percents.at(-1)]).toEqual([0, 92])
    expect(progressOf('done', whole)).toEqual({ percent: 100 })
  })

  it('tells step by step what is done of how much', () => {
    const steps = stepsOf('running', whole.slice(0, 10))
    expect(steps).toMatchObject([
      { step: 'write', state: 'done' },
      { step: 'narrate', state: 'running' },
      { step: 'plan', state: 'done' },
      { step: 'illustrate', state: 'running', done: 1, total: 2, unit: 'scenes' },
      { step: 'score', state: 'running' },
      { step: 'compose', state: 'waiting' },
      { step: 'publish', state: 'waiting' },
    ])
    expect(stepsOf('running', whole.slice(0, 19))[5]).toMatchObject({ state: 'running', done: 60, total: 100 })
  })

  it('estimates the time that is left once there is something to go by', () => {
    const leftAfter = (count: number) => progressOf('running', whole.slice(0, count)).secondsLeft
    expect(leftAfter(10)).toBeUndefined()
    expect(leftAfter(12)).toBeGreaterThan(8)
    // What is left of the frames, and the check that follows.
    expect(leftAfter(15)).toBeGreaterThan(20)
    expect(leftAfter(15)).toBeLessThan(30)
    expect(progressOf('failed', whole)).not.toHaveProperty('secondsLeft')
  })

  it('counts no time in which the machine was off', () => {
    const hoursLater = (from: VideoEvent[]) =>
      from.map((each) => ({ ...each, at: new Date(Date.parse(each.at) + 5 * 3600_000).toISOString() }))
    const stopped = [
      ...whole.slice(0, 11),
      ...hoursLater([event(6, 'started', 'illustrate', { scene: 0 }), whole[11]!]),
    ]
    expect(progressOf('running', stopped).secondsLeft ?? 0).toBeLessThan(70)
  })

  it('is not led astray by one slow picture, and says nothing that would be half a day', () => {
    const scenes = [0, 1, 2, 3, 4, 5, 6, 7]
    const begun = [
      ...whole.slice(0, 6),
      event(2, 'done', 'plan', { output: { planKey: 'p', scenes } }),
      event(5, 'done', 'narrate', { output: {} }),
      event(6, 'done', 'score', { output: {} }),
      ...scenes.slice(0, 4).map((scene) => event(8 + scene, 'done', 'illustrate', { scene, output: {} })),
    ]
    const [before, after] = [begun, [...begun, event(40, 'done', 'illustrate', { scene: 4, output: {} })]].map(
      (events) => progressOf('running', events).secondsLeft ?? 0,
    )
    expect(before).toBeGreaterThan(10)
    expect(after).toBeLessThan(before!)
    expect(progressOf('running', [...whole.slice(0, 14), frames(15, 1, { secondsLeft: 40_000 })])).not.toHaveProperty(
      'secondsLeft',
    )
  })

  it('begins anew with another attempt, where what is there counts at once', () => {
    const again = [...whole, attempt(2)]
    expect(progressOf('running', again).percent).toBe(0)
    const reused = [...again, event(40, 'reused', 'write'), event(40, 'reused', 'narrate')]
    expect(stepsOf('running', reused).slice(0, 2)).toEqual([
      { step: 'write', state: 'done' },
      { step: 'narrate', state: 'done' },
    ])
  })
})
