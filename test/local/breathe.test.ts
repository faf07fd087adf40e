import { expect, it } from 'vitest'
import type { VideoStore } from '../../core/ports.ts'
import { breathing } from '../../local/breathe.ts'

/** As SQLite does: it works, and nothing else can. */
function work(ms: number) {
  for (const until = performance.now() + ms; performance.now() < until;);
}

it('lets others have their turn while a store is asked for much', async () => {
  const get: VideoStore['get'] = async () => {
    work(4)
    return undefined
  }
  const { get: gently } = breathing({ get } as VideoStore)
  const turnsDuring = async (ask: VideoStore['get']) => {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    for (let n = 0; n < 40; n++) await ask('a')
    clearInterval(timer)
    return turns
  }
  expect(await turnsDuring(get)).toBe(0)
  expect(await turnsDuring(gently)).toBeGreaterThan(5)
})
